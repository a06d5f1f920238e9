"""Who is taken in, when, and how what was pasted is read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.decision import ALLOWED, Reason
from bot.core.intake.lines import lines_of_text
from bot.core.intake.model import Charged, IntakeLimits
from bot.core.intake.policy import is_guessing, left, pause_ends, within_budget
from bot.core.intake.season import DayOfYear, Season, grade_entered, may_enter
from bot.core.people.identifiers import Identifier
from bot.runtime.parsing import season_of
from tests.conversations.bot import EGN_MOVED, EGN_OWN, LNCH_OWN, UTRO, person

TODAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 8, tzinfo=UTC)


def read(text: str) -> list[tuple[int, str]]:
    lines = lines_of_text(text, TODAY, admit_synthetic=True)
    return [(one.number, one.wanted.digits if isinstance(one.wanted, Identifier) else "") for one in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{EGN_OWN}\n\n{LNCH_OWN}", [(1, EGN_OWN), (3, LNCH_OWN)]),
        (f"1\tИван Пробен\t{EGN_OWN}\t8 а\t2990001", [(1, EGN_OWN)]),
        (f"{EGN_OWN} {EGN_MOVED}; {LNCH_OWN}", [(1, EGN_OWN), (1, EGN_MOVED), (1, LNCH_OWN)]),
        ("Иван Пробен\n4146054047", [(1, ""), (2, "")]),
        ("12345", [(1, "12345")]),
        (" \n\t\n", []),
    ],
)
def test_what_was_pasted_is_read_by_its_lines(text, lines):
    assert read(text) == lines


def test_the_season_has_both_its_days_and_comes_every_year():
    season = season_of("06-01", "09-14")

    assert [season.open_on(date(2027, *day)) for day in ((5, 31), (6, 1), (9, 14), (9, 15))] == [
        False,
        True,
        True,
        False,
    ]
    assert season.opens_after(date(2027, 5, 31)) == date(2027, 6, 1)
    assert season.opens_after(date(2027, 9, 15)) == date(2028, 6, 1)
    assert Season(DayOfYear(2, 1), DayOfYear(2, 28)).open_on(date(2028, 2, 29))


@pytest.mark.parametrize(
    ("first", "last"), [("09-14", "06-01"), ("02-29", "09-14"), ("6/1", "09-14"), ("", ""), ("13-01", "14-01")]
)
def test_what_is_no_season_is_refused(first, last):
    with pytest.raises(ValueError, match=r"."):
        season_of(first, last)


@pytest.mark.parametrize(
    ("known", "enters"),
    [
        ("7", {"8"}),
        ("8", {"8"}),
        ("", {"1", "5", "8", "11"}),
        ("1", {"1"}),
        ("3", set()),
        ("10", {"11"}),
        ("4", {"5"}),
    ],
)
def test_a_student_enters_the_next_grade_or_that_of_which_nothing_says_otherwise(known, enters):
    student = person(1, "Пробен", "", UTRO, grade=known, teams=())

    assert {grade for grade in ("1", "5", "8", "11") if may_enter(student, grade)} == enters
    assert grade_entered(student) in (enters - {"1"} or {""}) | ({""} if not known else set())


def test_half_of_the_last_twenty_missed_is_guessing_and_no_less():
    limits = IntakeLimits()
    lists = [Charged(NOW, 10, 5), Charged(NOW + timedelta(minutes=1), 10, 5)]

    assert is_guessing(lists, NOW, limits)
    assert pause_ends(lists, NOW, limits) == NOW + timedelta(minutes=61)
    assert not is_guessing([Charged(NOW, 10, 5), Charged(NOW, 10, 4)], NOW, limits)
    assert not is_guessing(lists[:1], NOW, limits), "too few to say"
    assert is_guessing([Charged(NOW, 20)], NOW, limits), "one under way counts as missed"
    more = [*lists, Charged(NOW + timedelta(minutes=2), 10, 0)]
    assert pause_ends(more, NOW, limits) is not None, "a hit ends no pause"


def test_a_list_whose_look_up_never_ended_is_no_guessing_but_stays_charged():
    """The process ended while it was looked up: the director sends the class again, on a new form."""
    limits, later = IntakeLimits(), NOW + timedelta(minutes=6)
    killed = [Charged(NOW, 26)]

    assert within_budget(killed, 26, NOW + timedelta(minutes=1), limits).denied_because is Reason.INTAKE_MISSES
    assert within_budget(killed, 26, later, limits) == ALLOWED
    assert not is_guessing([*killed, Charged(later, 26, 2)], later, limits)
    assert left(killed, limits) == limits.per_school - 26
