"""The pages of class links: the table to download, the list to upload. Opened with a link from the chat.

As with slips, looking uses nothing up and needs no right; only the button does, by POST.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from html import escape

from aiohttp import ClientError, web
from aiohttp.http import HttpProcessingError

from bot.core.class_links.errands import Errand, RunErrand
from bot.core.class_links.expected import BadRow, ExpectedList, Fault, RosterFault, RosterUnusable
from bot.core.class_links.ports import UploadedForm
from bot.core.errors import DirectoryError, StoreUnavailable
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.class_links.table import table_of
from bot.dialogs.class_links.words import fault_word
from bot.documents.link_table import link_table_xlsx
from bot.documents.uploads import MOST_FORM, received
from bot.runtime.body_limits import BodyLate, BodyTooLarge
from bot.runtime.pages import HEADERS, TOKEN, Content, Pages, paragraph
from bot.texts.catalog import Catalog, Translate

log = logging.getLogger(__name__)

Page = Callable[..., web.Response]

_MOST_UPLOADS = 4
"""On their way at once, one of each link: they lie in files, up to 100 MB in all."""

_LONGEST_TYPE = 256
_MOST_ROWS = 30
"""Of those left out, that are named."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_link_routes(app: web.Application, run: RunErrand, catalog: Catalog) -> None:
    """Adds the pages."""
    pages = _LinkPages(run, catalog)
    for errand in Errand:
        app.router.add_route("*", f"{LINKS}{errand.value}/{{token}}", partial(pages.handle, errand))


class _LinkPages:
    def __init__(self, run: RunErrand, catalog: Catalog) -> None:
        self._run = run
        self._catalog = catalog
        self._uploading: set[str] = set()
        """Links whose list is on its way or being read."""
        self._pages: dict[Errand, Page] = {errand: Pages(catalog, partial(_title, errand)).page for errand in Errand}

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
        if request.content_type != "multipart/form-data" or "Content-Encoding" in request.headers:
            return page(400, _wrong)
        again = partial(_offer, errand=Errand.LIST, token=token)
        try:
            taken = await self._taken(token, request)
        except RosterUnusable as error:
            return _refused(page, error, again)
        except (ClientError, HttpProcessingError, ConnectionError):  # cut off, or not what its own head says
            return page(400, _wrong)
        if taken is None:
            return page(410, _gone)
        return page(200, partial(_accepted, taken=taken))

    async def _taken(self, token: str, request: web.Request) -> ExpectedList | None:
        """Errors: RosterUnusable."""
        if (request.content_length or 0) > MOST_FORM:
            raise RosterUnusable(RosterFault(Fault.TOO_LARGE))
        if token in self._uploading or len(self._uploading) >= _MOST_UPLOADS:
            raise RosterUnusable(RosterFault(Fault.BUSY))
        self._uploading.add(token)
        try:
            async with AsyncExitStack() as stack:
                try:  # how long it may take and how large it may be is the server's to say, for every address
                    content = await stack.enter_async_context(received(request.content.iter_any()))
                except BodyLate:
                    raise RosterUnusable(RosterFault(Fault.TOO_SLOW)) from None
                except BodyTooLarge:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE)) from None
                form = UploadedForm(content, request.headers["Content-Type"][:_LONGEST_TYPE])
                return await self._run.take(token, form)
        finally:
            self._uploading.discard(token)


def _refused(page: Page, error: RosterUnusable, again: Content) -> web.Response:
    faults = {fault.fault for fault in error.faults}
    if Fault.NOT_A_FORM in faults:
        return page(400, _wrong)
    shown = partial(_unusable, error=error, again=again)
    if Fault.BUSY in faults:
        return page(503, shown, {"Retry-After": "60"})
    return page(422, shown)


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


def _unusable(t: Translate, *, error: RosterUnusable, again: Content) -> str:
    return paragraph(t("link-page-list-unusable"), *_faults(error.faults, error.rows, t)) + again(t)


def _accepted(t: Translate, *, taken: ExpectedList) -> str:
    return paragraph(t("link-page-list-taken", count=len(taken.classes)), *_faults(taken.faults, taken.rows, t))


def _faults(faults: Sequence[RosterFault], rows: Sequence[BadRow], t: Translate) -> tuple[str, ...]:
    """What is wrong with the whole, then row by row."""
    whole = [_fault(fault, t) for fault in faults if fault.fault is not Fault.ROW]
    left_out = max(sum(fault.count for fault in faults if fault.fault is Fault.ROW), len(rows))
    shown = rows[:_MOST_ROWS]
    named = [
        t("link-page-list-row", where=row.where, line=str(row.line), why=t(f"link-page-row-{row.why.value}"))
        for row in shown
    ]
    heading = [t("link-page-list-rows", count=left_out)] if left_out else []
    more = [t("link-page-list-more", count=left_out - len(shown))] if left_out > len(shown) else []
    return (*whole, *heading, *named, *more)


def _fault(fault: RosterFault, t: Translate) -> str:
    if fault.fault is Fault.NO_FILES:
        return t("link-page-list-missing", where=fault.where)
    return fault_word(fault, "", t)
