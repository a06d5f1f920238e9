"""The board of a director's school: how far it is, its views, its classes, its weeks."""

from collections.abc import Iterator
from datetime import date

from bot.conversation import Action, Reply
from bot.core.accounts.board import Board, Counts, counted
from bot.core.accounts.model import BoardState, BoardTiming, View, Week
from bot.core.decision import Decision
from bot.core.lists.hold import HeldState
from bot.core.lists.show import SeenList
from bot.dialogs.accounts import places
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.accounts.words import (
    APART,
    as_of,
    class_word,
    handed_word,
    old_word,
    part_style,
    part_word,
    selection_word,
    shares,
    view_word,
)
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.menu import denied, help_button
from bot.dialogs.paging import Page
from bot.texts.moments import date_of
from cards.accounts import MOST_BESIDE, MOST_CLASSES, PartRow, WeekShown, accounts_board_card, accounts_weeks_card
from cards.actions import Button, Press

_VIEWS = (View.NEW, View.NOT_HANDED, View.UNUSED, View.TEACHERS, View.APART)
_STYLES = {View.NEW: "warning", View.NOT_HANDED: "warning", View.UNUSED: "accent", View.APART: "emphasis"}

_TO_BE_DONE = (
    HeldState.ONLY_LISTED,
    HeldState.UNSURE,
    HeldState.TWO,
    HeldState.FORMER_USERNAME,
    HeldState.OTHER_USERNAME,
    HeldState.BY_NAME,
    HeldState.OTHER_SCHOOL,
    HeldState.DISABLED,
)
"""Of the list, the most pressing first."""
_AMISS = frozenset(_TO_BE_DONE[:3])
_MOST_STATES = 3
_NO_LIST = SeenList(None)

_READ = frozenset({"accounts.open", "new-accounts.open", "accounts.list", "accounts.person"})
"""What shows the board or part of it."""


async def open_(cases: AccountsCases, scene: Scene) -> Reply:
    """The school at a glance, with a page of its classes."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    number, pages = scene.action.number("classes"), bool(cases.public_url)
    listed = await cases.hold(seen.school.id, [one.row.account for one in seen.people])
    opens = cases.season.open_on(scene.today)
    return overview(scene, seen, cases.timing, number=number, pages=pages, intake=opens, listed=listed)


async def weeks(cases: AccountsCases, scene: Scene) -> Reply:
    """How far the school was in each of the last weeks."""
    seen = await cases.show(scene.actor)
    return denied(scene, seen) if isinstance(seen, Decision) else of_weeks(scene, seen)


def follows(action: Action) -> Handler[AccountsCases] | None:
    """A school that is looked at for the first time takes longer than a turn. As a message the board, or its weeks,
    alone: they name nobody.
    """
    if action.verb == "accounts.weeks":
        return weeks
    return open_ if action.verb in _READ else None


def overview(
    scene: Scene,
    seen: Board,
    timing: BoardTiming,
    *,
    number: int = 0,
    pages: bool = True,
    intake: bool = False,
    listed: SeenList = _NO_LIST,
) -> Reply:
    """The board with a page of its classes. `pages`: there are pages for what the chat cannot carry; `intake`: it is
    the time of intake; `listed`: the ministry's lists held against it.
    """
    t, now, language = scene.t, scene.now, scene.language
    classes = tuple(seen.classes().items())
    last = max(0, -(-(len(classes) - MOST_BESIDE) // MOST_CLASSES))
    number = min(number, last)
    start = MOST_BESIDE + (number - 1) * MOST_CLASSES
    page = Page(classes[start : start + MOST_CLASSES] if number else classes[:MOST_BESIDE], number, last)
    counts = seen.counts
    next_, previous = t("accounts-next-classes"), t("accounts-previous-classes")
    buttons = list(page.ways(t, lambda to: _classes(scene, to), next_, previous))
    if pages and seen.people:
        buttons.append(Button(t("accounts-table"), scene.press("accounts.table")))
    if seen.weeks and number == 0:  # beside both ways to other classes a card has no room for it
        buttons.append(Button(t("accounts-weeks"), scene.press("accounts.weeks")))
    card = accounts_board_card(
        t,
        school=seen.school.name,
        lead=" ".join(filter(None, (handed_word(counts, t), as_of(seen, now, language, t)))),
        shares=shares(counts, t),
        told=(_untold(counts, scene), _apart(counts, scene)),
        notice=old_word(seen, now, timing, language, t),
        views=tuple(_first(scene, seen, timing, listed, intake=intake)) if number == 0 else (),
        classes=tuple(_class(scene, name, each) for name, each in page.some),
        page_note=t("accounts-classes-page", page=number + 1, pages=last + 1) if last else "",
        buttons=(*buttons, *places.of_school(scene), *(() if seen.people else help_button(scene))),
    )
    return Reply(card=card)


def _classes(scene: Scene, number: int) -> Press:
    return scene.press("accounts.open", ids={"classes": str(number)})


def _views(scene: Scene, seen: Board, timing: BoardTiming) -> Iterator[PartRow]:
    """Only those in which somebody is."""
    for view in _VIEWS:
        selection = Selection(view)
        people = selection.of(seen, scene.now, timing)
        if not people:
            continue
        title = scene.t("accounts-view-count", view=selection_word(selection, scene.t), count=len(people))
        told = part_word(counted(people), scene.t) if view is View.TEACHERS else view_word(selection, people, scene.t)
        style = part_style(counted(people)) if view is View.TEACHERS else _STYLES[view]
        yield PartRow(title, told, list_press(scene, selection), style)


def _first(scene: Scene, seen: Board, timing: BoardTiming, listed: SeenList, *, intake: bool) -> Iterator[PartRow]:
    """What stands above the classes."""
    yield from _views(scene, seen, timing)
    yield from _listed(scene, listed)
    if intake:
        yield from _intake(scene)


def _listed(scene: Scene, listed: SeenList) -> Iterator[PartRow]:
    """The way to the ministry's lists, where something is to be done about somebody in them."""
    t = scene.t
    counts = listed.counts
    some = [state for state in _TO_BE_DONE if state in counts]
    told = [t("accounts-apart-one", state=t(f"listed-state-{state}"), count=counts[state]) for state in some]
    for button in scene.to("listed.open", t("accounts-listed")) if told else ():
        title = t("accounts-view-count", view=button.title, count=len(listed.people))
        yield PartRow(
            title, "; ".join(told[:_MOST_STATES]), button.press, "warning" if some[0] in _AMISS else "accent"
        )


def _intake(scene: Scene) -> Iterator[PartRow]:
    """The way to whom the school takes in."""
    for button in scene.to("intake.open", scene.t("accounts-intake")):
        yield PartRow(button.title, scene.t("accounts-intake-do"), button.press, "accent")


def list_press(scene: Scene, selection: Selection, page: int = 0) -> Press:
    """To a page of a list."""
    return scene.press("accounts.list", ids={"what": selection.word, "page": str(page)})


def _class(scene: Scene, name: str, counts: Counts) -> PartRow:
    press = list_press(scene, Selection(View.CLASS, name))
    return PartRow(class_word(name, scene.t), part_word(counts, scene.t), press, part_style(counts))


def _apart(counts: Counts, scene: Scene) -> str:
    """Those that are not counted, by state."""
    some = [
        scene.t("accounts-apart-one", state=_within(scene.t(f"account-state-{state}")), count=counts.by_state[state])
        for state in APART
        if counts.by_state.get(state)
    ]
    return scene.t("accounts-apart", states="; ".join(some)) if some else ""


def _untold(counts: Counts, scene: Scene) -> str:
    """Those who are counted as not handed over because nothing is told of them."""
    count = counts.by_state.get(BoardState.UNTOLD, 0)
    return scene.t("accounts-untold", count=count) if count else ""


def _within(state: str) -> str:
    """A state's words within a sentence."""
    return state[:1].lower() + state[1:]


def of_weeks(scene: Scene, seen: Board) -> Reply:
    """The weeks of the school, in a chart and in words."""
    shown = tuple(_week(scene, week) for week in seen.weeks)
    back = Button(scene.t("accounts-back"), scene.press("accounts.open"))
    return Reply(card=accounts_weeks_card(scene.t, school=seen.school.name, weeks=shown, buttons=(back,)))


def _week(scene: Scene, week: Week) -> WeekShown:
    monday = date.fromisoformat(week.monday)
    percent = 100 * week.handed // week.of if week.of else 100
    words = scene.t(
        "accounts-week",
        monday=date_of(monday, scene.language),
        handed=week.handed,
        of=week.of,
        percent=percent,
        used=week.used,
    )
    return WeekShown(week.handed, max(week.of - week.handed, 0), words)
