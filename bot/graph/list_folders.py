"""The port `ListFolders` over Microsoft Graph: lists of accounts in the OneDrive of the school's own account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from bot.core.errors import DirectoryMisunderstood
from bot.core.lists.kept import FolderTrouble
from bot.core.lists.ports import FolderFiles
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.downloads import download
from bot.graph.reading_accounts import moment
from bot.graph.school_drive import SchoolFolder

ENDINGS = (".xlsx", ".xlsm", ".csv", ".txt", ".xls", ".zip")
"""Also those of which can only be said what to do with them."""

MOST_FILES = 100
"""Lists of one folder: a school has some sixty classes."""

MOST_BYTES = 8 * 1024 * 1024
"""Of one file."""

MOST_IN_ALL = 24 * 1024 * 1024
"""Of all: they are held in memory on their way."""

_LOCKED = frozenset({"resourcelocked", "locked", "http423", "notallowed"})
_GONE = frozenset({"itemnotfound", "http404"})
"""Codes of a file that cannot be had now, or not any more (learn.microsoft.com/graph/errors)."""


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    size: int
    changed: datetime
    mark: str


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
        listed = await self._lists(site, page)
        if not listed:
            return FolderFiles(trouble=FolderTrouble.EMPTY)
        if len(listed) > MOST_FILES:
            return FolderFiles(trouble=FolderTrouble.TOO_MANY)
        mark, dated = _mark(listed), max(one.changed for one in listed.values())
        if mark == known:
            return FolderFiles(dated=dated, mark=mark)
        try:
            files, too_large = await self._fetched(site, listed)
        except DirectoryMisunderstood as error:
            code = error.code.lower()
            if code in _LOCKED | _GONE:
                return FolderFiles(trouble=FolderTrouble.LOCKED if code in _LOCKED else FolderTrouble.CHANGING)
            raise
        again = await self._listed(site)
        if again is None or _mark(await self._lists(site, again)) != mark:
            return FolderFiles(trouble=FolderTrouble.CHANGING)
        return FolderFiles(files, dated, mark, too_large, changed={name: one.changed for name, one in listed.items()})

    async def _lists(self, site: str, page: object) -> Mapping[str, _Listed]:
        everything = await self._transport.completed(self._calls.children(site, self._folder), page)
        return {one.name: one for one in map(_listed, everything) if one is not None}

    async def _fetched(self, site: str, listed: Mapping[str, _Listed]) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
        files: dict[str, bytes] = {}
        too_large: list[str] = []
        left = MOST_IN_ALL
        for name in sorted(listed):
            call, most = self._calls.content(site, (*self._folder, name)), min(MOST_BYTES, left)
            content = await download(self._transport, call, most) if listed[name].size <= most else None
            if content is None:
                too_large.append(name)
            else:
                files[name] = content
                left -= len(content)
        return files, tuple(too_large)


def _mark(listed: Mapping[str, _Listed]) -> str:
    return sha256("\n".join(f"{name} {listed[name].mark}" for name in sorted(listed)).encode()).hexdigest()


def _listed(record: object) -> _Listed | None:
    """A list; None for anything else. Excel leaves a `~$…` beside a workbook that is open."""
    one: Mapping[str, object] = reading.thing(record, "file")
    name = reading.text(one.get("name"))
    if "file" not in one or not name.lower().endswith(ENDINGS) or name.startswith(("~$", "._")):
        return None
    size, changed = one.get("size"), moment(one.get("lastModifiedDateTime"))
    if isinstance(size, bool) or not isinstance(size, int) or changed is None:
        raise DirectoryMisunderstood("file-without-size-or-time")
    mark = f"{reading.text(one.get('eTag'))} {size} {changed.astimezone(UTC).isoformat()}"
    return _Listed(name, size, changed, mark)


class NoListFolders:
    """`ListFolders` where no folder is configured."""

    async def lists_in(self, school: School, known: str) -> FolderFiles:  # noqa: ARG002 -- the port's shape
        """Nothing."""
        return FolderFiles(trouble=FolderTrouble.ABSENT)
