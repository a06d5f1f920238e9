"""States of listed people, and what stands in the way of a list → texts and colours."""

from collections.abc import Iterator, Mapping

from bot.core.lists.changes import TakenFile
from bot.core.lists.hold import HeldState
from bot.core.lists.kept import FolderTrouble, KeptAccountList
from bot.core.lists.model import ListFault, ListFileFault, ListFileNote, ListNote
from bot.texts.catalog import Translate

STYLES: Mapping[HeldState, str] = {
    HeldState.ONLY_LISTED: "warning",
    HeldState.FOUND: "good",
    HeldState.DISABLED: "emphasis",
    HeldState.OTHER_SCHOOL: "accent",
    HeldState.TWO: "attention",
    HeldState.FORMER_USERNAME: "accent",
    HeldState.OTHER_USERNAME: "accent",
    HeldState.BY_NAME: "warning",
    HeldState.UNSURE: "attention",
}
"""Said in words too: no meaning rests on a colour."""

ORDER = (
    HeldState.ONLY_LISTED,
    HeldState.FORMER_USERNAME,
    HeldState.OTHER_USERNAME,
    HeldState.BY_NAME,
    HeldState.UNSURE,
    HeldState.TWO,
    HeldState.OTHER_SCHOOL,
    HeldState.DISABLED,
    HeldState.FOUND,
)
"""With whom something is to be done stands first."""

_NOTHING_THERE = frozenset({FolderTrouble.ABSENT, FolderTrouble.EMPTY})


def state_word(state: HeldState, t: Translate) -> str:
    """The state."""
    return t(f"listed-state-{state}")


def who_word(state: HeldState, t: Translate) -> str:
    """Who must act; nothing where nobody must."""
    if state is HeldState.FOUND:
        return ""
    return t("listed-who-neispuo" if state is HeldState.TWO else "listed-who-director")


def next_word(state: HeldState, t: Translate) -> str:
    """What is to be done."""
    return t(f"listed-next-{state}")


def fault_word(fault: ListFileFault, t: Translate) -> str:
    """What is wrong with a file, or with all of them."""
    said = t(f"listed-fault-{fault.fault}")
    return t("listed-of-file", file=fault.file, said=said) if fault.file else said


def note_word(note: ListFileNote, t: Translate) -> str:
    """What else is said of a file."""
    if note.note is ListNote.REPEATED:
        said = t("listed-note-repeated", count=note.count)
    else:
        said = t(f"listed-note-{note.note}")
    where = t("listed-file-sheet", file=note.file, sheet=note.sheet) if note.sheet else note.file
    return t("listed-of-file", file=where, said=said)


def file_taken_word(one: TakenFile, t: Translate) -> str:
    """What was done with a file that is called like one that was there; nothing where it is as anybody expects."""
    if one.beside:
        return t("listed-page-beside", file=one.file, others=", ".join(one.beside), name=one.name)
    others = ", ".join(other for other in one.replaced if other != one.file)
    return t("listed-page-replaced", file=one.file, others=others) if others else ""


def no_folder(kept: KeptAccountList, folder: str, t: Translate) -> str:
    """That nothing lies in the folder, where nothing need lie: the school uploads its lists."""
    if not folder or not kept.people or kept.trouble not in _NOTHING_THERE:
        return ""
    return t(f"listed-trouble-{kept.trouble}", folder=folder)


def amiss(kept: KeptAccountList, folder: str, t: Translate) -> Iterator[str]:
    """What stands in the way, in ready words; at most four."""
    if kept.trouble is not None and folder and not no_folder(kept, folder, t):
        yield t(f"listed-trouble-{kept.trouble}", folder=folder)
    if kept.asked:
        yield t("listed-asked", count=kept.asked)
    if kept.bad_rows:
        yield t("listed-bad", count=kept.bad_rows)
    wrong = [one for one in kept.faults if one.fault is not ListFault.NO_FILES]
    if wrong:
        said = fault_word(wrong[0], t)
        yield said if len(wrong) == 1 else t("listed-fault-more", said=said, more=len(wrong) - 1)
