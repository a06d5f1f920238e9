"""A day is a day in Bulgaria: for two or three hours of every night it is another one in UTC.

Ages, deadlines and school years count in it. Whoever makes a day of a moment goes to the zone first, or to
`day_in_sofia` (the pretend tenant and the tests: `day_in_bulgaria`), which does.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

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
    ("deploy/provision/certificates.py", "certificate.not_valid_after_utc"): "as the certificate itself says it",
}
DAYS = ("day_in_sofia", "day_in_bulgaria", "day_of")
"""Who gives a day of the zone."""


_A_DAY = re.compile(r"%[a-zA-Z]")
_NOW = re.compile(r"\b(\w*_)?now(\(.*\))?|.*clock\(\)")
"""What is called so is a moment, not a day."""


def days_without_zone(source: str) -> Iterator[tuple[str, int]]:
    """(what a day is made of without going to the zone, line)."""
    for node in ast.walk(ast.parse(source)):
        made_of = _made_of(node)
        if made_of is not None:
            yield ast.unparse(made_of), made_of.lineno


def _made_of(node: ast.AST) -> ast.expr | None:
    """What this makes a day of (or the week, the year, the beginning of it); None: nothing, or what is in a zone."""
    match node:
        case ast.Call(func=ast.Attribute(attr="today" | "gmtime" | "localtime" | "utcnow") as made_of):
            return made_of
        case ast.Call(func=ast.Attribute(attr="astimezone") as made_of, args=[]):  # the machine's zone
            return made_of
        case ast.Call(func=ast.Attribute(attr="date" | "isocalendar" | "timetuple", value=of), args=[]):
            pass
        case ast.Call(func=ast.Attribute(attr="replace", value=of), keywords=changes) if _sets_the_hour(changes):
            pass
        case ast.Call(func=ast.Attribute(attr="strftime", value=of), args=[form, *_]) if _is_of_a_day(form):
            pass
        case ast.FormattedValue(value=of, format_spec=ast.JoinedStr() as form) if _is_of_a_day(form):
            pass
        case ast.Subscript(
            value=ast.Call(func=ast.Attribute(attr="isoformat", value=of)),
            slice=ast.Slice(upper=ast.Constant(value=10)),
        ):
            pass
        case ast.Call(
            func=ast.Attribute(
                attr="partition" | "split", value=ast.Call(func=ast.Attribute(attr="isoformat", value=of))
            )
        ):
            pass
        case ast.Attribute(attr="year" | "month" | "day" | "weekday" | "isoweekday", value=of) if _is_now(of):
            pass
        case _:
            return None
    return None if _in_a_zone(of) else of


def _sets_the_hour(changes: list[ast.keyword]) -> bool:
    return any(one.arg == "hour" for one in changes)


def _is_of_a_day(form: ast.expr) -> bool:
    """Whether it has a day and no hour: with the hour the whole moment is said."""
    written = ast.unparse(form)
    return bool(_A_DAY.search(written)) and "%H" not in written


def _is_now(of: ast.expr) -> bool:
    return bool(_NOW.fullmatch(ast.unparse(of).rpartition(".")[2]) or _NOW.fullmatch(ast.unparse(of)))


def _in_a_zone(of: ast.expr) -> bool:
    """UTC is none: that is where the day is another."""
    match of:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in DAYS:
            return True
        case ast.Call(func=ast.Attribute(attr="astimezone"), args=[zone]):
            return "utc" not in ast.unparse(zone).lower()
        case _:
            return False


@cache
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
        "day = moment.astimezone(UTC).date()",
        "day = moment.astimezone(timezone.utc).date()",
        "day = moment.astimezone(ZoneInfo('Etc/UTC')).date()",
        "day = moment.isoformat()[:10]",
        "day = moment.isoformat().partition('T')[0]",
        "day = f'{moment:%Y-%m-%d}'",
        "day = f'{moment.astimezone(UTC):%d.%m.}'",
        "day = moment.strftime('%Y-%m-%d')",
        "week = moment.isocalendar()",
        "week = now.isocalendar().week",
        "week = self._clock().weekday()",
        "year = datetime.now(UTC).year",
        "year = utc_now().year",
        "year = now.year",
        "begins = moment.replace(hour=0, minute=0)",
    ],
)
def test_the_walk_sees_what_it_is_for(line):
    assert list(days_without_zone(line))


@pytest.mark.parametrize(
    "line",
    [
        "day = moment.astimezone(zone).date()",
        "week = moment.astimezone(sofia()).isocalendar()",
        "year = day_in_sofia(now).year",
        "week = day.weekday()",
        "begins = moment.astimezone(zone).replace(hour=0)",
        "key = f'{now:%Y-%m-%dT%H}'",
        "share = f'{part:.0%}'",
        "at = moment.isoformat()",
    ],
)
def test_the_walk_lets_a_day_of_the_zone_and_a_whole_moment_pass(line):
    assert not list(days_without_zone(line))


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
