"""The port `ListFolders` over Microsoft Graph: lists of accounts in the OneDrive of the school's own account."""

from bot.core.lists.kept import FolderTrouble
from bot.core.lists.model import ListFault
from bot.core.lists.ports import FolderFiles
from bot.core.people.model import School
from bot.graph.downloads import NotHad
from bot.graph.school_drive import SchoolFolder, mark_of

ENDINGS = (".xlsx", ".xlsm", ".csv", ".txt", ".xls", ".zip")
"""Also those of which can only be said what to do with them."""

MOST_FILES = 100
"""Lists of one folder: a school has some sixty classes."""

_FAULTS = {
    NotHad.TOO_LARGE: ListFault.TOO_LARGE,
    NotHad.LOCKED: ListFault.LOCKED,
    NotHad.REFUSED: ListFault.REFUSED,
}


class GraphListFolders(SchoolFolder):
    """The lists of accounts."""

    async def lists_in(self, school: School, known: str) -> FolderFiles:
        """See `ListFolders`. One request for each 200 files of the folder, and two for each list that is fetched; no
        more than the first where nothing has changed. What was fetched is compared with the folder as it is then.
        """
        found = await self._found(school)
        if found is None:
            return FolderFiles(trouble=FolderTrouble.ABSENT)
        site, page = found
        listed = await self._files(site, page, _wanted)
        if not listed:
            return FolderFiles(trouble=FolderTrouble.EMPTY)
        if len(listed) > MOST_FILES:
            return FolderFiles(trouble=FolderTrouble.TOO_MANY)
        mark, dated = mark_of(listed), max(one.changed for one in listed.values())
        if mark == known:
            return FolderFiles(dated=dated, mark=mark)
        fetched = await self._fetched(site, listed, _wanted)
        if fetched is None:
            return FolderFiles(trouble=FolderTrouble.CHANGING)
        left_out = {name: _FAULTS[why] for name, why in fetched.not_had.items()}
        changed = {name: one.changed for name, one in listed.items()}
        return FolderFiles(fetched.files, dated, mark, left_out, changed=changed)


def _wanted(name: str) -> str:
    """Excel leaves a `~$…` beside a workbook that is open."""
    return name if name.lower().endswith(ENDINGS) and not name.startswith(("~$", "._")) else ""


class NoListFolders:
    """`ListFolders` where no folder is configured."""

    async def lists_in(self, school: School, known: str) -> FolderFiles:  # noqa: ARG002 -- the port's shape
        """Nothing."""
        return FolderFiles(trouble=FolderTrouble.ABSENT)
