"""The OneDrive of a school's own account: where it is, and what lies in a folder of it.

The drive is addressed by its site: Sites.Selected is documented for `/sites/{id}/drive…`, and not for
`/users/{id}/drive…` (docs/adr/0057). The addresses are written here and not by msgraph-sdk's builders, which have
none for a path below the root.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from bot.core.clock import Clock
from bot.core.errors import DirectoryMisunderstood
from bot.core.memory import Memory
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.describing import Call
from bot.graph.downloads import NotHad, download
from bot.graph.identities import is_school_code, is_username
from bot.graph.reading_accounts import moment
from bot.graph.transport import GraphTransport

SITE_KNOWN_FOR = timedelta(hours=24)
"""A site is found again after this, and when its folder is not there."""

MOST_BYTES = 8 * 1024 * 1024
"""Of one file: a school of 3,000 people has 2 MB of enrolments."""

MOST_IN_ALL = 24 * 1024 * 1024
"""Of all: they are held in memory on their way."""

_MOST_SITES = 3_000
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_GUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_SITE = re.compile(rf"[0-9A-Za-z.-]{{1,253}},{_GUID},{_GUID}")
"""Host, site collection, site (learn.microsoft.com/graph/api/resources/site)."""


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


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A file of a folder. `infected`: the listing says that Microsoft has found malware in it."""

    name: str
    size: int
    changed: datetime
    mark: str
    infected: bool


@dataclass(frozen=True, slots=True)
class DriveFiles:
    """Files by name, and why others were not had."""

    files: Mapping[str, bytes]
    not_had: Mapping[str, NotHad]


def mark_of(listed: Mapping[str, DriveFile]) -> str:
    """What tells this state of the files from another."""
    return sha256("\n".join(f"{name} {listed[name].mark}" for name in sorted(listed)).encode()).hexdigest()


def _file(record: object, wanted: Callable[[str], str]) -> DriveFile | None:
    one: Mapping[str, object] = reading.thing(record, "file")
    name = wanted(reading.text(one.get("name")))
    if "file" not in one or not name:
        return None
    size, changed = one.get("size"), moment(one.get("lastModifiedDateTime"))
    if isinstance(size, bool) or not isinstance(size, int) or changed is None:
        raise DirectoryMisunderstood("file-without-size-or-time")
    mark = f"{reading.text(one.get('eTag'))} {size} {changed.astimezone(UTC).isoformat()}"
    return DriveFile(name, size, changed, mark, one.get("malware") is not None)


class SchoolFolder:
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

    async def _found(self, school: School) -> tuple[str, object] | None:
        """The school's site and the first page of the folder; None where there is no such folder. One request for the
        site, once a day.
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
        return None if site is None or found is None else (site, found)

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

    async def _files(self, site: str, page: object, wanted: Callable[[str], str]) -> Mapping[str, DriveFile]:
        """The files of the folder, by what `wanted` calls them; it calls others nothing."""
        everything = await self._transport.completed(self._calls.children(site, self._folder), page)
        return {one.name: one for record in everything if (one := _file(record, wanted)) is not None}

    async def _fetched(
        self, site: str, listed: Mapping[str, DriveFile], wanted: Callable[[str], str]
    ) -> DriveFiles | None:
        """These files; one that is not had leaves the others. None when the folder is another one by then: half a
        file may have been read.
        """
        files: dict[str, bytes] = {}
        not_had: dict[str, NotHad] = {}
        left = MOST_IN_ALL
        for name, one in sorted(listed.items()):
            got = await self._one(site, one, min(MOST_BYTES, left))
            if isinstance(got, NotHad):
                not_had[name] = got
            else:
                files[name] = got
                left -= len(got)
        page = None if NotHad.GONE in not_had.values() else await self._listed(site)
        same = page is not None and mark_of(await self._files(site, page, wanted)) == mark_of(listed)
        return DriveFiles(files, not_had) if same else None

    async def _one(self, site: str, one: DriveFile, most: int) -> bytes | NotHad:
        if one.infected:
            return NotHad.REFUSED
        if one.size > most:
            return NotHad.TOO_LARGE
        return await download(self._transport, self._calls.content(site, (*self._folder, one.name)), most)
