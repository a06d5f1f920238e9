"""The port `SchoolFiles` over Microsoft Graph: the folder in the OneDrive of the school's own account.

The drive is addressed by its site: Sites.Selected is documented for `/sites/{id}/drive…`, and not for
`/users/{id}/drive…` (docs/adr/0057). The addresses are written here and not by msgraph-sdk's builders, which have
none for a path below the root.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from bot.core.actors.memory import Memory
from bot.core.class_links.ports import RosterFiles
from bot.core.clock import Clock
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

SITE_KNOWN_FOR = timedelta(hours=24)
"""A site is found again after this, and when its folder is not there."""

_MOST_SITES = 3_000
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_GUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_SITE = re.compile(rf"[0-9A-Za-z.-]{{1,253}},{_GUID},{_GUID}")
"""Host, site collection, site (learn.microsoft.com/graph/api/resources/site)."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    size: int
    changed: datetime
    mark: str


class FileCalls:
    """Each raises ValueError for an argument outside its grammar. `host` is that of the tenant's OneDrive sites."""

    def __init__(self, host: str) -> None:
        if not _HOST.fullmatch(host):
            raise ValueError("not a host")
        self._host = host

    def site(self, account: str) -> Call:
        """The site of a user principal name's OneDrive."""
        return _read(f"/sites/{self._host}:{place_of(account)}?$select=id,webUrl", "GET /sites/{id}:/personal/{id}")

    def children(self, site_id: str, path: tuple[str, ...]) -> Call:
        """What lies in a folder of the site's drive."""
        return self._of(site_id, path, "children", "?$top=200")

    def content(self, site_id: str, path: tuple[str, ...]) -> Call:
        """A file: answered with the address of its bytes."""
        return self._of(site_id, path, "content", "")

    def _of(self, site_id: str, path: tuple[str, ...], what: str, query: str) -> Call:
        if not _SITE.fullmatch(site_id) or not path or any(part in {"", ".", ".."} for part in path):
            raise ValueError("not a site, or not a path")
        written = "/".join(quote(part, safe="") for part in path)
        url = f"/sites/{quote(site_id, safe=',')}/drive/root:/{written}:/{what}{query}"
        return _read(url, "GET /sites/{id}/drive/root:/{id}:/" + what)


def place_of(account: str) -> str:
    """Where on the host the OneDrive of a user principal name is: its marks are underscores there
    (learn.microsoft.com/sharepoint/list-onedrive-urls). Errors: ValueError.
    """
    if not is_username(account):
        raise ValueError("not an account")
    return "/personal/" + quote(re.sub(r"[.,@ ]", "_", account), safe="")


def _read(url: str, template: str) -> Call:
    return Call(intent="school-files", method="GET", template=template, url=url, priority="low")


class GraphSchoolFiles:
    """Reads only. `domain` is that of the accounts, `host` that of their OneDrive sites, `folder` the path below the
    drive's root.
    """

    def __init__(self, transport: GraphTransport, clock: Clock, *, domain: str, host: str, folder: str) -> None:
        self._transport = transport
        self._clock = clock
        self._calls = FileCalls(host)
        self._domain = domain
        self._folder = tuple(part for part in folder.split("/") if part)
        self._sites: Memory[str, str] = Memory(SITE_KNOWN_FOR, _MOST_SITES)
        if not self._folder or any(part in {".", ".."} for part in self._folder):
            raise ValueError("not a folder")

    async def export_of(self, school: School, known: str) -> RosterFiles | None:
        """See `SchoolFiles`. One request for the site, once a day; one for each 200 files of the folder and two for
        each file that is fetched; none of these when nothing has changed.
        """
        account = f"{school.code}@{self._domain}"
        if not is_school_code(school.code) or not is_username(account):
            return None
        remembered = self._sites.get(account, self._clock())
        site = remembered or await self._site(account)
        if site is None:
            return None
        found = await self._listed(site)
        if found is None and remembered is not None:  # there is no folder, or the site is another by now
            self._sites.drop(account)
            site = await self._site(account)
            found = await self._listed(site) if site is not None and site != remembered else None
        if site is None or found is None:
            return None
        return await self._files(site, found, known)

    async def _site(self, account: str) -> str | None:
        """The id of the account's OneDrive site, None when it has none."""
        answer = await self._transport.send(self._calls.site(account))
        if (found := answer.found()) is None:
            return None
        site = reading.thing(found, "site")
        identifier, address = reading.text(site.get("id")), reading.text(site.get("webUrl"))
        if not _SITE.fullmatch(identifier) or not address.lower().endswith(place_of(account).lower()):
            raise DirectoryMisunderstood("site-of-another")
        self._sites.put(account, identifier, self._clock())
        return identifier

    async def _listed(self, site: str) -> object | None:
        """The first page of the folder, None when there is no such folder."""
        return (await self._transport.send(self._calls.children(site, self._folder))).found()

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
        too_large = b" " * (MOST_BYTES + 1)  # one byte too many is what the reader needs to say so
        left = MOST_IN_ALL
        for name in sorted(files):
            call, most = self._calls.content(site, (*self._folder, name)), min(MOST_BYTES, left)
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


class NoFiles:
    """`SchoolFiles` where no folder is configured: there are no lists."""

    async def export_of(self, school: School, known: str) -> RosterFiles | None:  # noqa: ARG002 -- the port's shape
        """None."""
        return None
