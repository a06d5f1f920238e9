"""The state of an account: the table of cases, and the same question answered in another way for every combination."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.accounts.model import (
    HANDED_OVER,
    TO_HAND_OVER,
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
from bot.core.accounts.policy import noted, to_close
from bot.core.accounts.states import handed_over, has_first_password, is_new, state_of
from bot.core.handover.model import Recipient
from bot.core.people.model import Kind

MADE = datetime(2026, 8, 25, 6, tzinfo=UTC)
NOW = datetime(2026, 9, 16, 8, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TIMING = BoardTiming(same_change_minutes=10, new_days=60)
ACCOUNT = Account("p", "Мария Петрова Иванова", "mp02345678@edu.mon.bg", Kind.STUDENT, "1 а", True, MADE, MADE)
SET = datetime(2026, 9, 15, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SHOWN = GivenPassword(asked_at=SET - MINUTE, set_at=SET, shown_at=SET + 5 * MINUTE, elsewhere=False)
AT_ONCE = replace(SHOWN, shown_at=SET + 2 * SECOND)


def receipt(at: datetime) -> Receipt:
    return Receipt("r", at, Recipient.STUDENT, "s1")


CASES = {
    "Entra has not finished it": (BoardState.BEING_CREATED, BoardRow(replace(ACCOUNT, enabled=None))),
    "not finished, whatever was handed over": (
        BoardState.BEING_CREATED,
        BoardRow(replace(ACCOUNT, enabled=None), SHOWN, receipt(SET + HOUR)),
    ),
    "off": (BoardState.OFF, BoardRow(replace(ACCOUNT, enabled=False))),
    "off, though used before": (
        BoardState.OFF,
        BoardRow(replace(ACCOUNT, enabled=False, changed=MADE + DAY, signed_in=NOW)),
    ),
    "off and one of two: the other is the one": (
        BoardState.OFF,
        BoardRow(replace(ACCOUNT, enabled=False, twin=True)),
    ),
    "one of two in use": (BoardState.TWO, BoardRow(replace(ACCOUNT, twin=True), SHOWN, receipt(SET + HOUR))),
    "made, nothing since": (BoardState.NEW, BoardRow(ACCOUNT)),
    "changed nine minutes after it was made": (BoardState.NEW, BoardRow(replace(ACCOUNT, changed=MADE + 9 * MINUTE))),
    "made nine minutes after its password": (BoardState.NEW, BoardRow(replace(ACCOUNT, changed=MADE - 9 * MINUTE))),
    "changed eleven minutes after": (BoardState.CHANGED, BoardRow(replace(ACCOUNT, changed=MADE + 11 * MINUTE))),
    "changed years ago, nothing noted": (BoardState.CHANGED, BoardRow(replace(ACCOUNT, changed=MADE + 400 * DAY))),
    "the ministry's password handed over": (BoardState.HANDED, BoardRow(ACCOUNT, None, receipt(NOW))),
    "handed over, then changed": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=NOW), None, receipt(NOW - HOUR)),
    ),
    "changed in class, signed in the evening": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=NOW - HOUR), None, receipt(NOW)),
    ),
    "no date of making": (BoardState.UNTOLD, BoardRow(replace(ACCOUNT, created=None))),
    "no date of changing, handed over": (
        BoardState.HANDED,
        BoardRow(replace(ACCOUNT, changed=None), None, receipt(NOW)),
    ),
    "no date of changing, nothing noted": (BoardState.UNTOLD, BoardRow(replace(ACCOUNT, changed=None))),
    "no date at all, nothing noted": (BoardState.UNTOLD, BoardRow(replace(ACCOUNT, created=None, changed=None))),
    "changed before it was made: nonsense is no permission": (
        BoardState.UNTOLD,
        BoardRow(replace(ACCOUNT, changed=MADE - DAY)),
    ),
    "ours, on its way": (BoardState.NEW, BoardRow(ACCOUNT, GivenPassword(SET, elsewhere=False))),
    "ours, not seen": (BoardState.NEW, BoardRow(replace(ACCOUNT, changed=SET), replace(SHOWN, shown_at=None))),
    "ours, seen, not handed over": (BoardState.NEW, BoardRow(replace(ACCOUNT, changed=SET), SHOWN)),
    "ours, handed over": (
        BoardState.HANDED,
        BoardRow(replace(ACCOUNT, changed=SET + timedelta(seconds=3)), SHOWN, receipt(SET + HOUR)),
    ),
    "ours, handed over, then changed": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=SET + 2 * HOUR), SHOWN, receipt(SET + HOUR)),
    ),
    "ours, changed at once by who had seen it": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=SET + 6 * MINUTE), SHOWN, receipt(SET + HOUR)),
    ),
    "ours, noted late by the directory, before anybody saw it": (
        BoardState.HANDED,
        BoardRow(replace(ACCOUNT, changed=SET + 4 * MINUTE), SHOWN, receipt(SET + HOUR)),
    ),
    "ours, noted five seconds late by the directory, seen after two": (
        BoardState.HANDED,
        BoardRow(replace(ACCOUNT, changed=SET + 5 * SECOND), AT_ONCE, receipt(SET + HOUR)),
    ),
    "ours, changed after six seconds by who had seen it": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=SET + 6 * SECOND), AT_ONCE, receipt(SET + HOUR)),
    ),
    "signed in at the moment ours was set": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=SET, signed_in=SET), SHOWN),
    ),
    "ours, seen, changed, nothing noted": (BoardState.CHANGED, BoardRow(replace(ACCOUNT, changed=SET + HOUR), SHOWN)),
    "ours, changed by somebody though nobody saw ours": (
        BoardState.CHANGED,
        BoardRow(replace(ACCOUNT, changed=SET + HOUR), replace(SHOWN, shown_at=None)),
    ),
    "ours, found changed by the worker": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=SET), replace(SHOWN, ending=Ending.CHANGED), receipt(SET + HOUR)),
    ),
    "ours, its life over, handed over": (
        BoardState.HANDED,
        BoardRow(replace(ACCOUNT, changed=SET), replace(SHOWN, ending=Ending.EXPIRED), receipt(SET + HOUR)),
    ),
    "replaced by one nobody knows": (
        BoardState.NEW,
        BoardRow(replace(ACCOUNT, changed=NOW), replace(SHOWN, ending=Ending.REPLACED), receipt(SET + HOUR)),
    ),
    "handed over for an older password": (
        BoardState.NEW,
        BoardRow(replace(ACCOUNT, changed=SET), SHOWN, receipt(SET - DAY)),
    ),
    "may be set, nobody knows": (
        BoardState.NEW,
        BoardRow(replace(ACCOUNT, changed=SET), GivenPassword(SET, failed=True, elsewhere=False)),
    ),
    "may be set, and changed a day later": (
        BoardState.CHANGED,
        BoardRow(replace(ACCOUNT, changed=SET + DAY), GivenPassword(SET, failed=True, elsewhere=False)),
    ),
    "signed in with the first password": (BoardState.IN_USE, BoardRow(replace(ACCOUNT, signed_in=NOW))),
    "signed in just before changing it": (
        BoardState.IN_USE,
        BoardRow(replace(ACCOUNT, changed=NOW, signed_in=NOW - MINUTE)),
    ),
    "reset by somebody after the last sign-in": (
        BoardState.CHANGED,
        BoardRow(replace(ACCOUNT, changed=NOW, signed_in=NOW - HOUR)),
    ),
    "signed in just before ours was set: with the old one": (
        BoardState.NEW,
        BoardRow(replace(ACCOUNT, changed=SET, signed_in=SET - MINUTE), SHOWN),
    ),
}


@pytest.mark.parametrize(("expected", "row"), CASES.values(), ids=CASES)
def test_the_table_of_cases(expected: BoardState, row: BoardRow):
    assert state_of(row, TIMING) is expected


def told(row: BoardRow) -> BoardState:
    """The same as a story told in order of time, from the marks of what happened: written without looking at
    `states.py`, by events and not by conditions.
    """
    account, given, noted = row.account, row.given, row.receipt
    if account.enabled is not True:
        return BoardState.BEING_CREATED if account.enabled is None else BoardState.OFF
    if account.twin:
        return BoardState.TWO
    lag = timedelta(minutes=TIMING.same_change_minutes)
    known = noted is not None
    # Whose password is it? "ours", "first", or "somebody's"; and from when it is.
    if given is None:
        born = account.created
        if account.created is None or account.changed is None:
            owner = "untold"
        elif abs(account.changed - account.created) <= lag:
            owner = "first"
        else:
            owner = "somebody's" if account.changed > account.created else "untold"
    else:
        born = given.set_at
        known = noted is not None and noted.at >= given.asked_at
        if given.ending is Ending.REPLACED:
            return BoardState.NEW
        if given.set_at is None:
            late = account.changed is not None and account.changed - given.asked_at > timedelta(hours=3)
            return BoardState.CHANGED if given.failed and late else BoardState.NEW
        age = timedelta(0) if account.changed is None else account.changed - given.set_at
        unseen = given.shown_at is None or (account.changed is not None and account.changed < given.shown_at)
        grace = lag if unseen else timedelta(seconds=5)
        owner = "somebody's" if age > max(grace, timedelta(seconds=5)) or given.ending is Ending.CHANGED else "ours"
    after = [moment for moment in (born, account.changed and account.changed - lag) if moment is not None]
    if account.signed_in is not None and born is not None and account.signed_in >= max(after):
        return BoardState.IN_USE
    match owner:
        case "somebody's":
            return BoardState.IN_USE if known else BoardState.CHANGED
        case "untold":
            return BoardState.HANDED if known else BoardState.UNTOLD
        case "ours" if given is not None and given.shown_at is None:
            return BoardState.NEW
        case _:
            return BoardState.HANDED if known else BoardState.NEW


def every_row():
    lag = timedelta(minutes=10)
    moments = (
        None,
        MADE - DAY,
        MADE - lag,
        MADE,
        MADE + lag,
        MADE + lag + MINUTE,
        SET - MINUTE,
        SET,
        SET + 5 * MINUTE,
    )
    changes = (*moments, SET + timedelta(seconds=5), SET + timedelta(seconds=6), SET + lag, SET + HOUR, SET + DAY)
    given = [
        None,
        *(
            GivenPassword(SET - MINUTE, set_at, shown, ending, failed=failed, elsewhere=False)
            for set_at, shown, ending, failed in itertools.product(
                (None, SET), (None, SET + 5 * MINUTE), Ending, (False, True)
            )
            if set_at is not None or (shown is None and ending is Ending.NOT_YET)
        ),
    ]
    receipts = (None, SET - DAY, SET - MINUTE, SET + HOUR)
    for enabled, twin in ((None, False), (False, True), (True, True), (True, False)):
        for created, changed, one, handed, signed in itertools.product(
            (None, MADE), changes, given, receipts, (None, MADE + HOUR, SET - 2 * MINUTE, SET + 6 * MINUTE)
        ):
            account = replace(ACCOUNT, enabled=enabled, twin=twin, created=created, changed=changed, signed_in=signed)
            yield BoardRow(account, one, None if handed is None else receipt(handed))


def test_every_combination_is_what_the_story_says():
    rows = list(every_row())
    wrong = [(row, state_of(row, TIMING), told(row)) for row in rows if state_of(row, TIMING) is not told(row)]
    assert not wrong, wrong[:3]
    assert {state_of(row, TIMING) for row in rows} == set(BoardState)
    assert len(rows) > 20_000


def test_a_receipt_never_makes_less_of_an_account_and_one_taken_back_is_as_if_it_had_never_been():
    order = {
        BoardState.NEW: 0,
        BoardState.UNTOLD: 0,
        BoardState.CHANGED: 1,
        BoardState.HANDED: 1,
        BoardState.IN_USE: 2,
    }
    for row in every_row():
        without = state_of(replace(row, receipt=None), TIMING)
        if without in order:
            assert order[state_of(row, TIMING)] >= order[without]
        else:
            assert state_of(row, TIMING) is without


def test_new_is_made_not_long_ago_and_has_its_first_password():
    assert is_new(ACCOUNT, NOW, TIMING)
    assert not is_new(replace(ACCOUNT, changed=MADE + HOUR), NOW, TIMING)
    assert not is_new(ACCOUNT, MADE + 60 * DAY, TIMING)
    assert not is_new(replace(ACCOUNT, created=None), NOW, TIMING)
    assert not is_new(replace(ACCOUNT, changed=None), NOW, TIMING)
    assert has_first_password(replace(ACCOUNT, changed=None), TIMING) is None


@pytest.mark.parametrize("minutes", [1, 10, 60])
def test_how_soon_a_change_is_the_making_itself_is_a_setting(minutes: int):
    timing = BoardTiming(same_change_minutes=minutes)
    at = MADE + timedelta(minutes=minutes)
    assert has_first_password(replace(ACCOUNT, changed=at), timing) is True
    assert has_first_password(replace(ACCOUNT, changed=at + timedelta(seconds=1)), timing) is False


def test_a_receipt_counts_for_the_password_it_was_noted_for():
    assert handed_over(BoardRow(ACCOUNT, None, receipt(MADE))) is not None
    assert handed_over(BoardRow(ACCOUNT, SHOWN, receipt(SHOWN.asked_at))) is not None
    assert handed_over(BoardRow(ACCOUNT, SHOWN, receipt(SHOWN.asked_at - MINUTE))) is None


def test_of_a_password_that_was_replaced_unused_state_and_receipt_agree_that_nobody_has_it():
    """It had been handed over; the account has one now that nobody knows."""
    row = BoardRow(replace(ACCOUNT, changed=SHOWN.set_at), SHOWN, receipt(NOW))
    assert state_of(row, TIMING) is BoardState.HANDED
    assert handed_over(row) is not None
    replaced = replace(row, given=replace(SHOWN, ending=Ending.REPLACED))
    assert state_of(replaced, TIMING) is BoardState.NEW
    assert handed_over(replaced) is None
    assert noted(replaced, TIMING) is ReceiptOutcome.REPLACED


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (None, ReceiptOutcome.DONE),
        (SHOWN, ReceiptOutcome.DONE),
        (replace(SHOWN, shown_at=None), ReceiptOutcome.UNSEEN),
        (GivenPassword(SET, elsewhere=False), ReceiptOutcome.UNSEEN),
        (replace(SHOWN, ending=Ending.REPLACED), ReceiptOutcome.REPLACED),
    ],
)
def test_a_password_that_nobody_has_seen_was_handed_to_nobody(given: GivenPassword | None, outcome: ReceiptOutcome):
    changed = MADE if given is None or given.set_at is None else given.set_at
    assert noted(BoardRow(replace(ACCOUNT, changed=changed), given), TIMING) is outcome


def test_of_whom_nothing_is_known_a_handing_over_can_be_noted_and_is_not_taken_for_granted():
    row = BoardRow(replace(ACCOUNT, changed=None))
    untold = BoardPerson(row, state_of(row, TIMING))
    assert untold.state in TO_HAND_OVER - HANDED_OVER
    assert noted(row, TIMING) is ReceiptOutcome.DONE
    assert to_close([untold], TIMING).people == (untold,)
    assert noted(replace(row, receipt=receipt(NOW)), TIMING) is ReceiptOutcome.BEFORE


@pytest.mark.parametrize(
    ("given", "receipt_", "outcome"),
    [
        (None, None, ReceiptOutcome.DONE),
        (SHOWN, None, ReceiptOutcome.DONE),
        (replace(SHOWN, shown_at=None), None, ReceiptOutcome.UNSEEN),
        (SHOWN, receipt(SHOWN.asked_at - MINUTE), ReceiptOutcome.DONE),
        (SHOWN, receipt(SHOWN.asked_at), ReceiptOutcome.BEFORE),
    ],
)
def test_who_has_signed_in_was_noted_before_only_where_somebody_noted_it(
    given: GivenPassword | None, receipt_: Receipt | None, outcome: ReceiptOutcome
):
    changed = MADE if given is None or given.set_at is None else given.set_at
    row = BoardRow(replace(ACCOUNT, changed=changed, signed_in=changed + 2 * DAY), given, receipt_)
    assert state_of(row, TIMING) is BoardState.IN_USE
    assert noted(row, TIMING) is outcome
