"""A day is a day in Bulgaria: for two or three hours of every night it is another one in UTC.

Ages, deadlines and school years count in it. Whoever makes a day of a moment goes to the zone first, or to
`day_in_sofia` (the pretend tenant and the tests: `day_in_bulgaria`), which does.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.core.clock import day_in_sofia
from simulator.days import day_in_bulgaria
from tests.architecture.tree import ROOT, tracked

WALKED = ("app.py", "bot/", "cards/", "simulator/", "demo/", "benchmarks/", "deploy/", "tools/")
TESTS_BY_THE_CLOCK = ("tests/integration/", "tests/guide/", "tests/e2e/")
"""Tests that meet the machine's own clock; in the others it stands."""

ALLOWED = {
    ("bot/core/accounts/look.py", "local"): "brought to the zone a line before; the next three also",
    ("bot/core/calendar.py", "local"): "",
    ("bot/core/class_links/compare.py", "local"): "",
    ("bot/core/passwords/lapse.py", "local"): "",
    ("bot/core/calendar.py", "start"): "what `_next_open` answers is in the zone",
    ("bot/texts/moments.py", "_local(at)"): "in the zone",
    ("bot/documents/answers.py", "read"): "asks only whether the year is to be believed",
    ("bot/documents/dates.py", "datetime.fromisoformat(written)"): "a cell in which a day is written",
    ("bot/documents/dates.py", "read"): "the same",
    (
        "bot/dialogs/accounts/samples.py",
        "datetime(2056, 9, 11, tzinfo=UTC) + timedelta(weeks=number)",
    ): "a made-up Monday",
}


def days_without_zone(source: str) -> Iterator[tuple[str, int]]:
    """(what a day is made of without going to the zone, line)."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        of = call.func.value
        match call.func.attr:
            case "today" | "gmtime" | "localtime" | "utcnow":
                yield ast.unparse(call.func), call.lineno
            case "astimezone" if not call.args:  # the machine's zone
                yield ast.unparse(call.func), call.lineno
            case "date" if not call.args and not _in_a_zone(of):
                yield ast.unparse(of), call.lineno
            case _:
                pass


def _in_a_zone(made_of: ast.expr) -> bool:
    return (
        isinstance(made_of, ast.Call)
        and isinstance(made_of.func, ast.Attribute)
        and made_of.func.attr == "astimezone"
    )


def found() -> dict[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = {}
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and name.startswith((*WALKED, *TESTS_BY_THE_CLOCK)):
            for made_of, line in days_without_zone(path.read_text(encoding="utf-8")):
                places.setdefault((name, made_of), []).append(line)
    return places


def test_nobody_takes_the_day_of_utc_for_the_day():
    assert {place: lines for place, lines in found().items() if place not in ALLOWED} == {}


def test_what_is_allowed_is_there():
    assert set(ALLOWED) - set(found()) == set()


@pytest.mark.parametrize(
    "line",
    [
        "day = datetime.now(UTC).date()",
        "day = self._clock().date()",
        "day = date.today()",
        "day = datetime.now().astimezone().date()",
        "day = time.strftime('%Y-%m-%d', time.gmtime())",
    ],
)
def test_the_walk_sees_what_it_is_for(line):
    assert list(days_without_zone(line))


def test_the_walk_lets_a_day_of_the_zone_pass():
    assert not list(days_without_zone("day = moment.astimezone(zone).date()"))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 30, 21, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 22, 0, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 9, 14, 20, 59, tzinfo=UTC), date(2026, 9, 14)),  # summer time
        (datetime(2026, 9, 14, 21, 0, tzinfo=UTC), date(2026, 9, 15)),
    ],
)
def test_product_and_pretend_tenant_have_the_same_day(moment, day):
    assert day_in_sofia(moment) == day_in_bulgaria(moment) == day
