"""Invented regions for the gallery: what an office sees of them. Nothing in the product imports this."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.conversation import Reply
from bot.core.actors.model import Actor, Role
from bot.core.one_time_links import Offered
from bot.core.oversight.figures import RegionSeen, RegionView, SchoolFigures, region_seen
from bot.core.people.model import School
from bot.dialogs.dialog import Scene
from bot.dialogs.region import screens, table

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_EXPERT = Actor("expert", "tenant", Role.REGIONAL_OFFICE, region="Варна")
_MONDAY = "2056-11-20"
_KINDS = (
    SchoolFigures(_MONDAY, 700, 700, 0, 0),
    SchoolFigures(_MONDAY, 690, 700, 12, 6),
    SchoolFigures(_MONDAY, 699, 700, 3, 1),
    SchoolFigures(_MONDAY, 400, 700, 15, 14),
    SchoolFigures(_MONDAY, 90, 700, 8, 8),
    SchoolFigures(_MONDAY, 2, 700, 0, 0),
    SchoolFigures(_MONDAY, 3, 7, 0, 0),
    SchoolFigures(_MONDAY, 0, 0, 0, 0),
    SchoolFigures("", 0, 0, 20, 0),
)
_LONG = "Профилирана езикова гимназия с преподаване на чужди езици „Проф. д-р Примерко Образцов“"
_SCHOOLS = tuple(
    School(
        f"school-{number}", str(2_990_000 + number), f"ОУ „Пример {number}“" if number % 9 else _LONG, "гр. Примерово"
    )
    for number in range(1, 151)
)
_FIGURES = {one.id: _KINDS[number % len(_KINDS)] for number, one in enumerate(_SCHOOLS)}
_SEEN = region_seen("Варна", _SCHOOLS, _FIGURES, [one.id for one in _SCHOOLS[::2]])
_SMALL = region_seen("Варна", _SCHOOLS[:3], {}, ())
_EMPTY = region_seen("Варна", (), {}, ())


def _as_expert(scene: Scene) -> Scene:
    return replace(scene, actor=_EXPERT)


def _overview(scene: Scene, seen: RegionSeen = _SEEN, view: RegionView = RegionView.BEHIND, number: int = 0) -> Reply:
    return screens.overview(_as_expert(scene), seen, view, number)


def _way_out(scene: Scene) -> Reply:
    address = f"https://bot.example/links/region/{'t' * 43}"
    return table.way_out(_as_expert(scene), address, Offered("t" * 43, _AT + timedelta(minutes=10)))


SAMPLES = (
    ("region", _overview),
    ("region-second-page", partial(_overview, number=1)),
    *((f"region-{view}", partial(_overview, view=view)) for view in RegionView),
    ("region-small", partial(_overview, seen=_SMALL)),
    ("region-empty", partial(_overview, seen=_EMPTY)),
    ("region-table", _way_out),
)
