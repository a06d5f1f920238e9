"""The region on a card: its sums, its schools in a bar, and a list of them by what is wanted."""

from bot.conversation import Action, Reply
from bot.core.decision import Decision
from bot.core.oversight.figures import RegionSeen, RegionView, SchoolSeen
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.menu import denied, help_button
from bot.dialogs.paging import Page
from bot.dialogs.region.cases import RegionCases
from bot.dialogs.region.words import (
    STYLES,
    listed_word,
    requests_word,
    share_word,
    shares,
    totals_words,
    view_word,
)
from cards.actions import Button, Press
from cards.region import MOST_SCHOOLS, SchoolRow, region_card


async def open_(cases: RegionCases, scene: Scene) -> Reply:
    """A page of a view."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    word = scene.action.id("what")
    view = RegionView(word) if word in set(RegionView) else RegionView.BEHIND
    return overview(scene, seen, view, scene.action.number("page"), pages=bool(cases.public_url))


def follows(action: Action) -> Handler[RegionCases] | None:
    """All schools of the country may take longer than a turn."""
    return open_ if action.verb == "region.open" else None


def overview(
    scene: Scene, seen: RegionSeen, view: RegionView = RegionView.BEHIND, number: int = 0, *, pages: bool = True
) -> Reply:
    """The card. `pages`: there are pages for what the chat cannot carry."""
    t = scene.t
    schools = seen.of_view(view)
    page = Page.of(schools, MOST_SCHOOLS, number)
    buttons = list(page.ways(t, lambda to: _press(scene, view, to), t("region-next"), t("region-previous")))
    others = (other for other in RegionView if other is not view and seen.of_view(other))
    buttons += (Button(view_word(seen, other, t), _press(scene, other)) for other in others)
    if pages and seen.schools:
        buttons.append(Button(t("region-table"), scene.press("region.table")))
    card = region_card(
        t,
        region=seen.region,
        lead=totals_words(seen, t),
        shares=shares(seen, t),
        list_title=view_word(seen, view, t),
        schools=tuple(_row(scene, one) for one in page.some),
        empty=t("region-none" if seen.schools else "region-empty"),
        hidden_note=t("region-hidden") if seen.schools else "",
        page_note=page.note(t),
        buttons=(*buttons, *(() if seen.schools else help_button(scene))),
    )
    return Reply(card=card)


def _press(scene: Scene, view: RegionView, page: int = 0) -> Press:
    return scene.press("region.open", ids={"what": view.value, "page": str(page)})


def _row(scene: Scene, one: SchoolSeen) -> SchoolRow:
    t = scene.t
    name = ", ".join(filter(None, (one.school.name, one.school.town)))
    more = " · ".join(filter(None, (requests_word(one, t), listed_word(one, t))))
    return SchoolRow(name, (share_word(one, t), more), STYLES[one.progress])
