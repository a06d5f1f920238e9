"""The files of a school's lists: which there are, until when each counts, and out with one."""

from bot.conversation import Reply
from bot.core.clock import day_in_sofia
from bot.core.decision import Decision
from bot.core.lists.kept import KeptAccountList
from bot.core.lists.remove import Removal, file_mark, file_of
from bot.core.school_year import ends_on
from bot.dialogs.account_lists.cases import HeldBoard, ListCases
from bot.dialogs.account_lists.screens import to_list
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, notice
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.texts.moments import date_of, day
from cards.account_lists import account_list_card
from cards.accounts import PartRow
from cards.actions import Button, Press

MOST_FILES_SHOWN = 8


async def list_(cases: ListCases, scene: Scene) -> Reply:
    """The files of the school."""
    seen = await cases.seen(scene.actor)
    return denied(scene, seen) if isinstance(seen, Decision) else listed(scene, seen)


async def one(cases: ListCases, scene: Scene) -> Reply:
    """Out with it?"""
    seen = await cases.seen(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    kept = seen.listed.kept
    file = file_of(kept, scene.action.id("file"))
    if kept is None or file is None:
        return listed(scene, seen, scene.t("listed-file-gone"))
    return sure(scene, seen, kept, file, cases.folder)


async def removed(cases: ListCases, scene: Scene) -> Reply:
    """Takes it out."""
    done = await cases.remove(scene.actor, scene.action.id("school"), scene.action.id("file"))
    if isinstance(done, Decision):
        return denied(scene, done)
    seen = await cases.seen(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    said = scene.t("listed-file-removed" if done is Removal.DONE else "listed-file-gone")
    if done is Removal.IN_FOLDER:
        said = scene.t("listed-file-in-folder", folder=cases.folder)
    return listed(scene, seen, said)


def listed(scene: Scene, seen: HeldBoard, said: str = "") -> Reply:
    """A page of the files; `said`: what became of one."""
    t, kept = scene.t, seen.listed.kept
    files = kept.removable if kept is not None else ()
    page = Page.of(files, MOST_FILES_SHOWN, scene.action.number("files"))
    about = t("listed-files-about") if files else t("listed-files-none")
    card = account_list_card(
        t,
        school=seen.board.school.name,
        lead=tuple(filter(None, (said, about))),
        states=tuple(_row(scene, kept, file) for file in page.some if kept is not None),
        told=tuple(filter(None, (page.note(t),))),
        buttons=(*page.ways(t, lambda to: _page(scene, to)), to_list(scene)),
    )
    return Reply(card=card)


def sure(scene: Scene, seen: HeldBoard, kept: KeptAccountList, file: str, folder: str) -> Reply:
    """Is it to be taken out? What lies in the folder would come again."""
    t = scene.t
    back = Button(t("listed-files-back"), _page(scene, 0))
    if file in kept.from_folder:
        words = t("listed-file-in-folder", folder=folder)
        return notice(scene, t("listed-files"), file, _told(scene, kept, file), words, buttons=(back,))
    ids = {"file": file_mark(kept, file), "school": seen.board.school.id}
    press = scene.press("listed.removed", STEP_LIFETIME, ids=ids)
    return notice(
        scene,
        t("listed-remove-title"),
        file,
        _told(scene, kept, file),
        t("listed-remove-sure"),
        buttons=(Button(t("listed-remove"), press, "destructive"), back),
    )


def _row(scene: Scene, kept: KeptAccountList, file: str) -> PartRow:
    press = scene.press("listed.file", FORM_LIFETIME, ids={"file": file_mark(kept, file)})
    return PartRow(file, _told(scene, kept, file), press)


def _told(scene: Scene, kept: KeptAccountList, file: str) -> str:
    came = kept.came_at(file)
    return scene.t(
        "listed-file-told",
        people=sum(one.place.file == file for one in kept.rows),
        at=day(came, scene.language),
        until=date_of(ends_on(day_in_sofia(came)), scene.language),
    )


def _page(scene: Scene, number: int) -> Press:
    return scene.press("listed.files", ids={"files": str(number)})
