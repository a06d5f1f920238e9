"""The schools of a region as a table outside the chat: the way to its page, and its rows."""

from bot.conversation import Reply
from bot.core.decision import Decision
from bot.core.one_time_links import Offered
from bot.core.oversight.figures import RegionSeen, SchoolSeen
from bot.dialogs import outside
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied
from bot.dialogs.region.cases import RegionCases
from bot.dialogs.region.words import count_word, share_word, totals_words
from bot.texts.catalog import Translate
from cards.actions import Button

_COLUMNS = (
    "region-column-code",
    "region-column-school",
    "region-column-town",
    "region-column-share",
    "region-column-of",
    "region-column-handed",
    "region-column-left",
    "region-column-open",
    "region-column-late",
    "region-column-week",
    "region-column-listed",
)
"""The text id of each head, from left to right."""


async def offer(cases: RegionCases, scene: Scene) -> Reply:
    """A link to the page from which the table is downloaded."""
    if not cases.public_url:
        return outside.no_pages(scene, *_back(scene))
    offered = await cases.table.offer(scene.actor, scene.language)
    if isinstance(offered, Decision):
        return denied(scene, offered)
    return way_out(scene, cases.table_page(offered.token), offered)


def way_out(scene: Scene, address: str, offered: Offered) -> Reply:
    """The link, and how long it works."""
    t = scene.t
    return outside.way_out(scene, t("region-table"), t("region-table-about"), address, offered, *_back(scene))


def rows_of(seen: RegionSeen, t: Translate) -> outside.Sheet:
    """All schools, the furthest behind first."""
    notes = (seen.region, *totals_words(seen, t), t("region-hidden"))
    rows = tuple(_row(one, t) for one in seen.schools)
    return outside.Sheet(t("command-region"), notes, tuple(map(t, _COLUMNS)), rows)


def _row(one: SchoolSeen, t: Translate) -> tuple[str, ...]:
    return (
        one.school.code,
        one.school.name,
        one.school.town,
        share_word(one, t),
        count_word(one.of, t),
        count_word(one.handed, t),
        count_word(one.left, t),
        count_word(one.open, t),
        count_word(one.late, t),
        one.week,
        t("region-listed" if one.listed else "region-school-unlisted"),
    )


def _back(scene: Scene) -> tuple[Button, ...]:
    return (Button(scene.t("region-back"), scene.press("region.open")),)
