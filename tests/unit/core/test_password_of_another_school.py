"""What a board makes of a temporary password that another school had made: it is signed for and noted there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.accounts.model import (
    Account,
    BoardPerson,
    BoardRow,
    BoardState,
    BoardTiming,
    Ending,
    GivenPassword,
    Receipt,
    ReceiptOutcome,
)
from bot.core.accounts.papers import for_paper
from bot.core.accounts.policy import is_ours_to_note, noted, to_close, to_sign
from bot.core.accounts.states import state_of
from bot.core.handover.model import Recipient
from bot.core.people.model import Kind

NOW = datetime(2026, 9, 16, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MADE = NOW - 30 * DAY
TIMING = BoardTiming()
THEIRS = GivenPassword(asked_at=NOW - DAY, set_at=NOW - DAY, shown_at=NOW - DAY + 5 * MINUTE, elsewhere=True)
WAYS = {
    "shown": THEIRS,
    "unseen": replace(THEIRS, shown_at=None),
    "on its way": replace(THEIRS, set_at=None, shown_at=None),
    "in doubt": replace(THEIRS, set_at=None, shown_at=None, failed=True),
    "expired": replace(THEIRS, ending=Ending.EXPIRED),
    "replaced": replace(THEIRS, ending=Ending.REPLACED),
}


def one(
    person: str, given: GivenPassword | None = None, receipt: Receipt | None = None, **more: object
) -> BoardPerson:
    changed = MADE if given is None or given.set_at is None else given.set_at
    account = Account(person, f"Име {person}", f"{person}@edu.mon.bg", Kind.STUDENT, "1 а", True, MADE, changed)
    row = BoardRow(replace(account, **more), given, receipt)  # type: ignore[arg-type]  # fields by name
    return BoardPerson(row, state_of(row, TIMING))


@pytest.mark.parametrize("given", WAYS.values(), ids=WAYS)
def test_it_is_not_noted_here_nor_signed_for(given: GivenPassword):
    theirs = one("theirs", given)
    assert theirs.state is BoardState.NEW
    assert noted(theirs.row, TIMING) is ReceiptOutcome.ELSEWHERE
    assert not to_sign(theirs)
    assert not is_ours_to_note(theirs)


@pytest.mark.parametrize("theirs", [one("theirs", THEIRS, changed=NOW), one("theirs", THEIRS, signed_in=NOW)])
def test_nor_when_it_is_in_use(theirs: BoardPerson):
    assert theirs.state in {BoardState.CHANGED, BoardState.IN_USE}
    assert noted(theirs.row, TIMING) is ReceiptOutcome.ELSEWHERE
    assert not to_sign(theirs)


def test_what_that_school_noted_is_noted():
    theirs = one("theirs", THEIRS, Receipt("r", NOW, Recipient.PARENT, "another"))
    assert theirs.state is BoardState.HANDED
    assert noted(theirs.row, TIMING) is ReceiptOutcome.BEFORE


def test_the_form_of_a_class_is_of_the_others_as_if_nobody_had_been_given_one():
    class_ = [one("theirs", THEIRS), one("a"), one("b")]
    assert [each.id for each in to_close(class_, TIMING).people] == ["a", "b"]
    assert (to_close(class_, TIMING).given, to_close(class_, TIMING).left_out) == (False, 0)
    ours = one("ours", replace(THEIRS, elsewhere=False))
    found = to_close([*class_, ours], TIMING)
    assert (found.people, found.given, found.left_out) == ((ours,), True, 2)


def test_no_paper_asks_for_a_signature_for_it():
    assert for_paper([one("theirs", THEIRS), one("a")]) == (one("a"),)


def test_whoever_was_given_none_or_one_of_ours_is_ours_to_note():
    assert is_ours_to_note(one("a"))
    assert is_ours_to_note(one("unseen", replace(WAYS["unseen"], elsewhere=False)))
    assert is_ours_to_note(one("used", replace(THEIRS, elsewhere=False), changed=NOW))
    assert not is_ours_to_note(one("long used", changed=NOW))
