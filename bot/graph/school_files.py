"""The port `SchoolFiles` over Microsoft Graph: the folder in the OneDrive of the school's own account.

The addresses are written here and not by msgraph-sdk's builders: those have none for `users/{id}/drive/root:/path:`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote

from bot.core.class_links.ports import RosterFiles
from bot.core.errors import DirectoryMisunderstood
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.describing import Call
from bot.graph.downloads import download
from bot.graph.identities import is_school_code, is_username
from bot.graph.reading_accounts import moment
from bot.graph.transport import GraphTransport

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


class FileCalls:
    """Each raises ValueError for an argument outside its grammar. `account`: a user principal name."""

    def children(self, account: str, path: tuple[str, ...]) -> Call:
        """What lies in a folder."""
        return self._of(account, path, "children", "?$top=200")

    def content(self, account: str, path: tuple[str, ...]) -> Call:
        """A file: answered with the address of its bytes."""
        return self._of(account, path, "content", "")

    def _of(self, account: str, path: tuple[str, ...], what: str, query: str) -> Call:
        if not is_username(account) or not path or any(part in {"", ".", ".."} for part in path):
            raise ValueError("not an account, or not a path")
        written = "/".join(quote(part, safe="") for part in path)
        return Call(
            intent="school-files",
            method="GET",
            template="GET /users/{id}/drive/root:/{id}:/" + what,
            url=f"/users/{quote(account, safe='@')}/drive/root:/{written}:/{what}{query}",
            priority="low",
        )


class GraphSchoolFiles:
    """Reads only. `domain` is that of the accounts, `folder` the path below the drive's root."""

    def __init__(self, transport: GraphTransport, domain: str, folder: str) -> None:
        self._transport = transport
        self._calls = FileCalls()
        self._domain = domain
        self._folder = tuple(part for part in folder.split("/") if part)
        if not self._folder or any(part in {".", ".."} for part in self._folder):
            raise ValueError("not a folder")

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        """See `SchoolFiles`. One request for each 200 files of the folder and two for each file that is
        fetched; the first alone when nothing has changed.
        """
        account = f"{school.code}@{self._domain}"
        if not is_school_code(school.code) or not is_username(account):
            return None
        answer = await self._transport.send(self._calls.children(account, self._folder))
        if (found := answer.found()) is None:
            return None
        everything = await self._transport.completed(self._calls.children(account, self._folder), found)
        listed = [one for one in map(_file, everything) if one is not None]
        files = {one.name: one for one in listed}
        if not files:
            return None
        mark = sha256("\n".join(f"{name} {files[name].mark}" for name in sorted(files)).encode()).hexdigest()
        dated = max(one.changed for one in files.values())
        if mark == known:
            return RosterFiles({}, dated, mark)
        got: dict[str, bytes] = {}
        too_large = b" " * (MOST_BYTES + 1)  # one byte too many is what the reader needs to say so
        left = MOST_IN_ALL
        for name in sorted(files):
            call, most = self._calls.content(account, (*self._folder, name)), min(MOST_BYTES, left)
            content = await download(self._transport, call, most) if files[name].size <= most else None
            left -= len(content or b"")
            got[name] = too_large if content is None else content
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
