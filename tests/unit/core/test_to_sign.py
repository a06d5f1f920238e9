"""Of whom a handing over can be noted, by which school, and for how many a paper is printed."""

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
from bot.core.accounts.papers import MOST_LINES, MOST_SHEETS, Paper, PaperProblem, for_paper, of_paper
from bot.core.accounts.policy import ToClose, is_ours_to_note, noted, to_close, to_sign
from bot.core.accounts.states import state_of
from bot.core.handover.model import Recipient
from bot.core.people.model import Kind

NOW = datetime(2026, 9, 16, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MADE = NOW - 30 * DAY
TIMING = BoardTiming()
PRINTED = GivenPassword(asked_at=NOW - DAY, set_at=NOW - DAY, shown_at=NOW - DAY + 5 * MINUTE, elsewhere=False)
THEIRS = replace(PRINTED, elsewhere=True)
"""Another school had it made: it is signed for and noted there."""
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


NEW, GIVEN = one("new"), one("given", PRINTED)
LONG_USED = one("long used", changed=NOW - 10 * DAY)
CHANGED_OURS = one("changed ours", PRINTED, changed=NOW)
UNSEEN = one("unseen", replace(PRINTED, shown_at=None))
REPLACED = one("replaced", replace(PRINTED, ending=Ending.REPLACED))
OFF = one("off", PRINTED, enabled=False)
TWO = one("two", PRINTED, twin=True)
SIGNED_IN = one("signed in", PRINTED, signed_in=NOW)
NOTED = one("noted", PRINTED, Receipt("r", NOW, Recipient.STUDENT, "s1"))
NOTED_EARLIER = one("noted earlier", PRINTED, Receipt("r", NOW - 5 * DAY, Recipient.STUDENT, "s1"))


def test_the_cases_are_what_they_are_called():
    assert LONG_USED.state is BoardState.CHANGED
    assert CHANGED_OURS.state is BoardState.CHANGED
    assert SIGNED_IN.state is BoardState.IN_USE
    assert NOTED.state is BoardState.HANDED
    assert NOTED_EARLIER.state is BoardState.NEW


def test_those_who_were_given_a_password_are_to_sign_and_the_others_are_counted():
    everybody = (NEW, GIVEN, LONG_USED, CHANGED_OURS, UNSEEN, REPLACED, OFF, NOTED, NOTED_EARLIER)
    found = to_close(everybody, TIMING)
    assert found.people == (GIVEN, CHANGED_OURS, NOTED_EARLIER)
    assert (found.given, found.left_out) == (True, 3)


def test_who_signed_in_with_a_password_that_nobody_noted_is_to_sign_as_who_changed_it():
    """The list is signed in class; where the tenant tells sign-ins the first comes before it is closed."""
    assert to_close((SIGNED_IN,), TIMING) == ToClose((SIGNED_IN,), given=True, left_out=0)


@pytest.mark.parametrize(
    "person", [NEW, GIVEN, LONG_USED, CHANGED_OURS, SIGNED_IN, UNSEEN, REPLACED, OFF, TWO, NOTED]
)
def test_who_is_to_sign_can_be_noted(person: BoardPerson):
    """A button that asks who signed is offered for nobody else."""
    assert (person in to_close((person, GIVEN), TIMING).people) is to_sign(person)


def test_where_nobody_was_given_one_all_who_have_not_received_theirs_are_there_and_nobody_who_uses_one_of_long_ago():
    assert to_close((NEW, LONG_USED, OFF, NOTED, UNSEEN), TIMING) == ToClose((NEW,), given=False, left_out=1)
    assert to_close((LONG_USED, OFF, NOTED), TIMING) == ToClose((), given=False, left_out=0)


def test_a_long_list_is_not_cut():
    assert len(to_close([one(str(number), PRINTED) for number in range(200)], TIMING).people) == 200


def test_a_receipt_of_before_the_password_is_none_for_it():
    assert to_sign(GIVEN)
    assert to_sign(NOTED_EARLIER)
    assert not to_sign(NOTED)
    assert not to_sign(NEW)
    assert not to_sign(UNSEEN)


def test_a_paper_asks_for_the_signature_of_nobody_whose_account_cannot_be_handed_over():
    assert for_paper((GIVEN, OFF, TWO, SIGNED_IN)) == (GIVEN, SIGNED_IN)


def test_a_paper_has_so_many_people_and_no_more():
    some = [one(str(number)) for number in range(MOST_LINES + 1)]
    assert of_paper(Paper.PARENTS, some[:MOST_SHEETS]) == tuple(some[:MOST_SHEETS])
    assert of_paper(Paper.PARENTS, some[: MOST_SHEETS + 1]) is PaperProblem.TOO_MANY
    assert of_paper(Paper.PROTOCOL, some[:MOST_LINES]) == tuple(some[:MOST_LINES])
    assert of_paper(Paper.PROTOCOL, some) is PaperProblem.TOO_MANY
    assert of_paper(Paper.PROTOCOL, ()) == ()
    assert of_paper(Paper.PARENTS, (one("old", class_="7 а"),)) is PaperProblem.NOBODY


@pytest.mark.parametrize("given", WAYS.values(), ids=WAYS)
def test_what_another_school_had_made_is_not_noted_here_nor_signed_for(given: GivenPassword):
    theirs = one("theirs", given)
    assert theirs.state is BoardState.NEW
    assert noted(theirs.row, TIMING) is ReceiptOutcome.ELSEWHERE
    assert not to_sign(theirs)
    assert not is_ours_to_note(theirs)


@pytest.mark.parametrize("theirs", [one("theirs", THEIRS, changed=NOW), one("theirs", THEIRS, signed_in=NOW)])
def test_what_another_school_had_made_is_not_ours_when_it_is_in_use(theirs: BoardPerson):
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


def test_no_paper_asks_for_a_signature_for_what_another_school_had_made():
    assert for_paper([one("theirs", THEIRS), one("a")]) == (one("a"),)


def test_whoever_was_given_none_or_one_of_ours_is_ours_to_note():
    assert is_ours_to_note(one("a"))
    assert is_ours_to_note(one("unseen", replace(WAYS["unseen"], elsewhere=False)))
    assert is_ours_to_note(one("used", replace(THEIRS, elsewhere=False), changed=NOW))
    assert not is_ours_to_note(one("long used", changed=NOW))
