"""The OneDrive of a school's own account: where it is, and what lies in a folder of it.

The drive is addressed by its site: Sites.Selected is documented for `/sites/{id}/drive…`, and not for
`/users/{id}/drive…` (docs/adr/0057). The addresses are written here and not by msgraph-sdk's builders, which have
none for a path below the root.
"""

import re
from datetime import timedelta
from urllib.parse import quote

from bot.core.clock import Clock
from bot.core.errors import DirectoryMisunderstood
from bot.core.memory import Memory
from bot.core.people.model import School
from bot.graph import reading
from bot.graph.describing import Call
from bot.graph.identities import is_school_code, is_username
from bot.graph.transport import GraphTransport

SITE_KNOWN_FOR = timedelta(hours=24)
"""A site is found again after this, and when its folder is not there."""

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
