"""The lists of a school at a glance, and the way to the page for uploads."""

from collections.abc import Iterator
from datetime import datetime

from bot.conversation import Action, Reply
from bot.core.decision import Decision
from bot.core.lists.hold import HeldState
from bot.core.one_time_links import Offered
from bot.dialogs import outside
from bot.dialogs.account_lists.cases import HeldBoard, ListCases
from bot.dialogs.account_lists.words import ORDER, STYLES, amiss, no_folder, state_word
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.menu import denied
from bot.texts.moments import day, moment
from cards.account_lists import account_list_card
from cards.accounts import PartRow
from cards.actions import Button, Press

_READ = frozenset({"listed.open", "listed.state", "listed.person", "listed.files", "listed.file"})


async def open_(cases: ListCases, scene: Scene) -> Reply:
    """How many of the list are in which state."""
    seen = await cases.seen(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    woken = await cases.wake(seen.board.school.id, seen.listed.kept, scene.now)
    return overview(scene, seen, folder=cases.folder, woken=woken, pages=bool(cases.public_url))


async def offer(cases: ListCases, scene: Scene) -> Reply:
    """The address of the page, for this person."""
    if not cases.public_url:
        return outside.no_pages(scene, to_list(scene))
    offered = await cases.upload.offer(scene.actor, scene.language)
    if isinstance(offered, Decision):
        return denied(scene, offered)
    return way_out(scene, cases.page(offered.token), offered)


def follows(action: Action) -> Handler[ListCases] | None:
    """A school that is looked at for the first time takes longer than a turn. As a message the counts alone."""
    return open_ if action.verb in _READ else None


def way_out(scene: Scene, address: str, offered: Offered) -> Reply:
    """The link, and how long it works."""
    t = scene.t
    words, back = (t("listed-upload"), t("listed-upload-about")), to_list(scene)
    return outside.way_out(scene, *words, address, offered, back, once=False)


def overview(scene: Scene, seen: HeldBoard, *, folder: str = "", woken: bool = False, pages: bool = True) -> Reply:
    """The counts. `folder`: where lists arrive; `woken`: it is being looked into; `pages`: there are pages."""
    t, listed = scene.t, seen.listed
    kept = listed.kept
    upload = (Button(t("listed-upload"), scene.press("listed.upload"), "positive"),) if pages else ()
    again = (Button(t("listed-refresh"), scene.press("listed.open")),) if woken or listed.resolving else ()
    files = (Button(t("listed-files"), scene.press("listed.files")),) if kept is not None and kept.removable else ()
    told = []
    if woken:
        told.append(t("listed-arriving", folder=folder))
    elif kept is not None and kept.checked_at is not None and kept.trouble is None and folder:
        told.append(t("listed-checked", folder=folder, at=moment(kept.checked_at, scene.language)))
        if not kept.told_of and not kept.asked:
            told.append(t("listed-folder-ended", folder=folder))
    elif kept is not None and (nothing := no_folder(kept, folder, t)):
        told.append(nothing)
    if listed.people and listed.unlisted:
        told.append(t("listed-unlisted", count=listed.unlisted))
    lead = [t("listed-none"), *([t("listed-none-upload")] if pages else [])]
    if kept is not None and kept.people:
        lead = [_lead(kept.files, len(kept.people), kept.dated, scene)]
    card = account_list_card(
        t,
        school=seen.board.school.name,
        lead=tuple(lead),
        notices=(
            *([t("listed-resolving")] if listed.resolving else []),
            *(amiss(kept, folder, t) if kept is not None else ()),
        ),
        states=tuple(_states(scene, seen)),
        told=tuple(told),
        buttons=(*upload, *again, *files, *scene.to("accounts.open", t("listed-to-board"))),
    )
    return Reply(card=card)


def _lead(files: tuple[str, ...], people: int, dated: datetime, scene: Scene) -> str:
    return scene.t("listed-lead", people=people, files=len(files), at=day(dated, scene.language))


def _states(scene: Scene, seen: HeldBoard) -> Iterator[PartRow]:
    counts = seen.listed.counts
    for state in ORDER:
        if count := counts.get(state):
            title = scene.t("listed-state-count", state=state_word(state, scene.t), count=count)
            yield PartRow(title, scene.t(f"listed-do-{state}"), state_press(scene, state), STYLES[state])


def state_press(scene: Scene, state: HeldState, page: int = 0) -> Press:
    """To a page of those in this state."""
    return scene.press("listed.state", ids={"state": state.value, "page": str(page)})


def to_list(scene: Scene) -> Button:
    """Back to the counts."""
    return Button(scene.t("listed-back"), scene.press("listed.open"))
