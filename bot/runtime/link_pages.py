"""The pages of class links: the table to download, the list to upload. Opened with a link from the chat.

As with slips, looking uses nothing up and needs no right; only the button does, by POST.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from html import escape

from aiohttp import BodyPartReader, web

from bot.core.class_links.errands import Errand, RunErrand
from bot.core.class_links.expected import ExpectedList, Fault, RosterFault, RosterUnusable
from bot.core.errors import DirectoryError, StoreUnavailable
from bot.dialogs.class_links.table import table_of
from bot.dialogs.class_links.words import fault_word
from bot.documents.link_table import link_table_xlsx
from bot.documents.roster_tables import MOST_IN_ALL
from bot.runtime.pages import HEADERS, TOKEN, Pages, paragraph
from bot.texts.catalog import Catalog, Translate

log = logging.getLogger(__name__)

LINKS = "/links/"
_MOST_FILES = 32
_PIECE = 64 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Wrong(Exception):
    """Not what the form sends."""


def link_address(public_url: str) -> Callable[[Errand, str], str] | None:
    """Under which address an errand is run; None for a bot that browsers cannot reach."""
    base = public_url.rstrip("/")
    return (lambda errand, token: f"{base}{LINKS}{errand.value}/{token}") if base else None


def add_link_routes(app: web.Application, run: RunErrand, catalog: Catalog) -> None:
    """Adds the pages."""
    pages = _LinkPages(run, catalog)
    for errand in Errand:
        app.router.add_route("*", f"{LINKS}{errand.value}/{{token}}", partial(pages.handle, errand))


class _LinkPages:
    def __init__(self, run: RunErrand, catalog: Catalog) -> None:
        self._run = run
        self._catalog = catalog
        self._pages = {errand: Pages(catalog, partial(_title, errand)).page for errand in Errand}

    async def handle(self, errand: Errand, request: web.Request) -> web.Response:
        """Every method is answered here, so that each answer has the same headers."""
        page, token = self._pages[errand], request.match_info["token"]
        if not TOKEN.fullmatch(token):
            return page(410, _gone)
        if request.method in {"GET", "HEAD"}:
            return page(200, partial(_offer, errand=errand, token=token))
        if request.method != "POST":
            return page(405, _wrong, {"Allow": "GET, HEAD, POST"})
        try:
            return await (self._table(token) if errand is Errand.TABLE else self._list(token, request))
        except (DirectoryError, StoreUnavailable) as error:
            log.warning("class links could not be read: %s", type(error).__name__)
        except Exception:  # the last wall: whoever pressed the button gets a page
            log.exception("the page of class links failed")
            return page(500, _trouble)
        return page(503, _trouble, {"Retry-After": "30"})

    async def _table(self, token: str) -> web.Response:
        table = await self._run.table(token)
        if table is None:
            return self._pages[Errand.TABLE](410, _gone)
        sheet = table_of(table.seen, table.school, self._catalog.speak(table.language), table.language)
        body = await asyncio.to_thread(link_table_xlsx, sheet.title, sheet.notes, sheet.heads, sheet.rows)
        disposition = {"Content-Disposition": 'attachment; filename="klasove.xlsx"'}
        return web.Response(body=body, content_type=_XLSX, headers={**HEADERS, **disposition})

    async def _list(self, token: str, request: web.Request) -> web.Response:
        page = self._pages[Errand.LIST]
        # Asked before a byte is read: nobody else makes us take megabytes.
        if await self._run.director(token, Errand.LIST) is None:
            return page(410, _gone)
        again = partial(_offer, errand=Errand.LIST, token=token)
        try:
            taken = await self._run.take(token, await _files(request))
        except _Wrong:
            return page(400, _wrong)
        except RosterUnusable as error:
            return page(422, partial(_unusable, faults=error.faults, again=again))
        if taken is None:
            return page(410, _gone)
        return page(200, partial(_taken, taken=taken))


async def _files(request: web.Request) -> dict[str, bytes]:
    """What was chosen in the form, in memory. Errors: _Wrong, RosterUnusable (too large)."""
    if not request.content_type.startswith("multipart/"):
        raise _Wrong
    files: dict[str, bytes] = {}
    left = MOST_IN_ALL
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name != "files" or len(files) >= _MOST_FILES:
                raise _Wrong
            content = bytearray()
            while piece := await part.read_chunk(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE, (part.filename or "")[:80]))
                content += piece
            if part.filename and content:
                files[part.filename[:200]] = bytes(content)
    except (ValueError, AssertionError):
        raise _Wrong from None
    return files


def _title(errand: Errand, t: Translate) -> str:
    return t(f"link-page-{errand.value}-title")


def _gone(t: Translate) -> str:
    return paragraph(t("link-page-gone"))


def _wrong(t: Translate) -> str:
    return paragraph(t("link-page-wrong"))


def _trouble(t: Translate) -> str:
    return paragraph(t("link-page-trouble"))


def _offer(t: Translate, *, errand: Errand, token: str) -> str:
    action = escape(f"{LINKS}{errand.value}/{token}")
    button = f"<button>{escape(t(f'link-page-{errand.value}-button'))}</button>"
    about = paragraph(t(f"link-page-{errand.value}-about"))
    if errand is Errand.TABLE:
        return f'{about}<form method="post" action="{action}">{button}</form>'
    return (
        f'{about}<form method="post" action="{action}" enctype="multipart/form-data">'
        f"<label>{escape(t('link-page-list-files'))}<br>"
        f'<input type="file" name="files" multiple required accept=".csv,.zip"></label><br>{button}</form>'
    )


def _unusable(t: Translate, *, faults: tuple[RosterFault, ...], again: Callable[[Translate], str]) -> str:
    return paragraph(t("link-page-list-unusable"), *(_fault(fault, t) for fault in faults)) + again(t)


def _taken(t: Translate, *, taken: ExpectedList) -> str:
    return paragraph(
        t("link-page-list-taken", count=len(taken.classes)), *(_fault(fault, t) for fault in taken.faults)
    )


def _fault(fault: RosterFault, t: Translate) -> str:
    if fault.fault is Fault.NO_FILES:
        return t("link-page-list-missing", where=fault.where)
    return fault_word(fault, "", t)
