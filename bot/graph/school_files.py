"""The port `SchoolFiles` over Microsoft Graph: the folder in the OneDrive of the school's own account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from bot.core.class_links.ports import RosterFiles
from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.downloads import download
from bot.graph.reading_accounts import moment
from bot.graph.school_drive import SchoolFolder

NAMES = frozenset(
    {
        "orgs.csv",
        "users.csv",
        "roles.csv",
        "classes.csv",
        "enrollments.csv",
        "courses.csv",
        "academicsessions.csv",
        "manifest.csv",
        "statuses.csv",
    }
)
"""What is fetched: the files of School Data Sync v2.1 and OneRoster 1.1 that we read. Others may hold more than we
should have (demographics).
"""

MOST_BYTES = 8 * 1024 * 1024
"""Of one file: a school of 3,000 people has 2 MB of enrolments."""

MOST_IN_ALL = 24 * 1024 * 1024
"""Of all: they are held in memory on their way."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    size: int
    changed: datetime
    mark: str


class GraphSchoolFiles(SchoolFolder):
    """The lists of classes."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        """See `SchoolFiles`. One request for each 200 files of the folder and two for each file that is fetched; none
        of these when nothing has changed.
        """
        found = await self._found(school)
        return None if found is None else await self._files(*found, known)

    async def _files(self, site: str, found: object, known: str) -> RosterFiles | None:
        everything = await self._transport.completed(self._calls.children(site, self._folder), found)
        listed = [one for one in map(_file, everything) if one is not None]
        files = {one.name: one for one in listed}
        if not files:
            return None
        mark = sha256("\n".join(f"{name} {files[name].mark}" for name in sorted(files)).encode()).hexdigest()
        dated = max(one.changed for one in files.values())
        if mark == known:
            return RosterFiles({}, dated, mark)
        got: dict[str, bytes] = {}
        left = MOST_IN_ALL
        for name in sorted(files):
            call, most = self._calls.content(site, (*self._folder, name)), min(MOST_BYTES, left)
            content = await download(self._transport, call, most) if files[name].size <= most else None
            left -= len(content or b"")
            # One byte too many is what the reader needs to say so.
            got[name] = b" " * (MOST_BYTES + 1) if content is None else content
        return RosterFiles(got, dated, mark)


def _file(record: object) -> _File | None:
    one: Mapping[str, object] = reading.thing(record, "file")
    name = reading.text(one.get("name")).lower()
    if "file" not in one or name not in NAMES:
        return None
    size, changed = one.get("size"), moment(one.get("lastModifiedDateTime"))
    if isinstance(size, bool) or not isinstance(size, int) or changed is None:
        raise DirectoryMisunderstood("file-without-size-or-time")
    mark = f"{reading.text(one.get('eTag'))} {size} {changed.astimezone(UTC).isoformat()}"
    return _File(name, size, changed, mark)


class NoFiles:
    """`SchoolFiles` where no folder is configured: there are no lists."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:  # noqa: ARG002 -- the port's shape
        """None."""
        return None
