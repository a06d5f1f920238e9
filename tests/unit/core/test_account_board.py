"""The board: counts, classes, views, the share handed over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.accounts.board import Counts, board, counted
from bot.core.accounts.model import Account, BoardRow, BoardState, BoardTiming, Receipt, View, Week
from bot.core.handover.model import Recipient
from bot.core.people.model import Kind, School

SCHOOL = School("s1", "2990001", "ОУ „Пример“")
MADE = datetime(2026, 8, 25, 6, tzinfo=UTC)
NOW = MADE + timedelta(days=20)
TIMING = BoardTiming()


def account(person: str, class_: str = "1 а", kind: Kind = Kind.STUDENT, **other: object) -> Account:
    base = Account(person, f"Име {person}", f"{person}@edu.mon.bg", kind, class_, True, MADE, MADE)
    return replace(base, **other)  # type: ignore[arg-type]


def handed(one: Account) -> BoardRow:
    return BoardRow(one, None, Receipt(f"r{one.person}", NOW - timedelta(hours=1), Recipient.STUDENT, SCHOOL.id))


ROWS = (
    BoardRow(account("т1", class_="", kind=Kind.TEACHER)),
    BoardRow(account("б2", "10 а")),
    BoardRow(account("б1", "10 а", changed=MADE + timedelta(days=2))),
    handed(account("в", "2 б")),
    handed(account("г", "2 а", changed=NOW)),
    BoardRow(account("д", "2 а", enabled=False)),
    BoardRow(account("е", "2 а", enabled=None)),
    BoardRow(account("ж", "")),
    BoardRow(account("з", "1 а", created=MADE - timedelta(days=400), changed=MADE - timedelta(days=400))),
    BoardRow(account("и", "1 а", twin=True)),
)


def test_people_stand_by_class_and_name_classes_by_number_teachers_and_those_without_class_last():
    shown = board(SCHOOL, NOW, ROWS, TIMING)
    assert [one.id for one in shown.people] == ["з", "и", "г", "д", "е", "в", "б1", "б2", "ж", "т1"]
    assert list(shown.classes()) == ["1 а", "2 а", "2 б", "10 а", ""]


def test_counts_of_states_add_up_and_leave_nobody_out():
    shown = board(SCHOOL, NOW, ROWS, TIMING)
    counts = shown.counts
    assert counts.by_state == {
        BoardState.BEING_CREATED: 1, BoardState.OFF: 1, BoardState.NEW: 4, BoardState.HANDED: 1, BoardState.IN_USE: 1, BoardState.CHANGED: 1,
        BoardState.TWO: 1,
    }  # fmt: skip
    assert counts.all == len(ROWS)
    by_class = [each.all for each in shown.classes().values()]
    assert sum(by_class) + len(shown.teachers()) == counts.all
    assert (counts.left, counts.handed, counts.of, counts.used) == (4, 3, 7, 2)


def test_the_classes_of_a_large_school_are_counted_in_one_pass():
    class Counting(tuple):
        __slots__ = ()
        passes = 0

        def __iter__(self):
            Counting.passes += 1
            return super().__iter__()

    shown = board(SCHOOL, NOW, ROWS, TIMING)
    whole = replace(shown, people=Counting(shown.people))
    Counting.passes = 0
    assert whole.classes() == shown.classes()
    assert Counting.passes == 1


def test_each_view_has_those_and_only_those():
    shown = board(SCHOOL, NOW, ROWS, TIMING)

    def ids(view: View, class_: str = "") -> list[str]:
        return [one.id for one in shown.view(view, NOW, TIMING, class_)]

    assert ids(View.NOT_HANDED) == ["з", "б2", "ж", "т1"]
    assert ids(View.NEW) == ["б2", "ж", "т1"], "who has had the account for a year is not new"
    assert ids(View.UNUSED) == ["в"]
    assert ids(View.CLASS, "2 а") == ["г", "д", "е"]
    assert ids(View.CLASS) == ["ж"]
    assert ids(View.CLASS, "9 я") == []
    assert ids(View.TEACHERS) == ["т1"]
    assert ids(View.APART) == ["и", "д", "е"]
    assert [one.id for one in shown.among(["т1", "в", "другаде"])] == ["в", "т1"]
    assert shown.one("в") is not None
    assert shown.one("другаде") is None


@pytest.mark.parametrize(
    ("states", "percent"),
    [
        ({}, 100),
        ({BoardState.OFF: 3, BoardState.TWO: 1, BoardState.BEING_CREATED: 2}, 100),
        ({BoardState.NEW: 1}, 0),
        ({BoardState.NEW: 1, BoardState.IN_USE: 999}, 99),
        ({BoardState.UNTOLD: 3}, 0),
        ({BoardState.UNTOLD: 1, BoardState.CHANGED: 1}, 50),
        ({BoardState.IN_USE: 999}, 100),
        ({BoardState.NEW: 2, BoardState.CHANGED: 1}, 33),
    ],
)
def test_a_hundred_per_cent_is_said_when_nothing_is_left_and_only_then(states: dict[BoardState, int], percent: int):
    counts = Counts(states)
    assert counts.percent == percent
    assert (counts.percent == 100) == (counts.left == 0)


def test_an_empty_school_and_one_never_looked_at_have_a_board():
    empty = board(SCHOOL, None, (), TIMING)
    assert (empty.at, empty.counts.all, dict(empty.classes())) == (None, 0, {})
    assert counted(()).by_state == {}


def test_weeks_stand_in_order():
    weeks = (Week("2026-09-21", 5, 9, 2), Week("2026-09-14", 1, 9, 0))
    assert [week.monday for week in board(SCHOOL, NOW, (), TIMING, weeks).weeks] == ["2026-09-14", "2026-09-21"]
