"""The pages of class links: the table to download, the list to upload. Opened with a link from the chat."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from html import escape

from aiohttp import ClientError, web
from aiohttp.http import HttpProcessingError

from bot.core.class_links.expected import BadRow, ExpectedList, Fault, RosterFault, RosterUnusable
from bot.core.class_links.one_time_links import LinkPage, OneTimePages
from bot.core.class_links.ports import UploadedForm
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.class_links.table import table_of
from bot.dialogs.class_links.words import fault_word
from bot.documents.link_table import link_table_xlsx
from bot.documents.uploads import MOST_FORM, received
from bot.runtime.body_limits import BodyLate, BodyTooLarge
from bot.runtime.pages import HEADERS, Content, OneTimePage, Press, paragraph
from bot.texts.catalog import Catalog, Translate

_MOST_UPLOADS = 4
"""On their way at once, one of each link: they lie in files, up to 100 MB in all."""

_LONGEST_TYPE = 256
_MOST_ROWS = 30
"""Of those left out, that are named."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_link_routes(app: web.Application, run: OneTimePages, catalog: Catalog) -> None:
    """Adds the pages."""
    presses: Mapping[LinkPage, Press] = {
        LinkPage.TABLE: _Download(run, catalog).press,
        LinkPage.LIST: _Upload(run).press,
    }
    for link_page, press in presses.items():
        page = OneTimePage(
            catalog=catalog,
            texts="link-page",
            title=partial(_title, link_page),
            offer=partial(_offer, link_page),
            press=press,
        )
        app.router.add_route("*", f"{LINKS}{link_page}/{{token}}", page.handle)


@dataclass(frozen=True, slots=True)
class _Download:
    run: OneTimePages
    catalog: Catalog

    async def press(self, _: OneTimePage, token: str, __: web.Request) -> web.Response | None:
        table = await self.run.table(token)
        if table is None:
            return None
        sheet = table_of(table.seen, table.school, self.catalog.speak(table.language), table.language)
        body = await asyncio.to_thread(link_table_xlsx, sheet.title, sheet.notes, sheet.heads, sheet.rows)
        disposition = {"Content-Disposition": 'attachment; filename="klasove.xlsx"'}
        return web.Response(body=body, content_type=_XLSX, headers={**HEADERS, **disposition})


@dataclass(frozen=True, slots=True)
class _Upload:
    """`uploading`: the links whose list is on its way or being read."""

    run: OneTimePages
    uploading: set[str] = field(default_factory=set)

    async def press(self, page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        # Asked before a byte is read: nobody else makes us take megabytes.
        if await self.run.director(token, LinkPage.LIST) is None:
            return None
        if request.content_type != "multipart/form-data" or "Content-Encoding" in request.headers:
            return page.wrong(400)
        try:
            taken = await self._taken(token, request)
        except RosterUnusable as error:
            return _refused(page, error, lambda t: page.offer(t, token))
        except (ClientError, HttpProcessingError, ConnectionError):  # cut off, or not what its own head says
            return page.wrong(400)
        return None if taken is None else page.page(200, partial(_accepted, taken=taken))

    async def _taken(self, token: str, request: web.Request) -> ExpectedList | None:
        """Errors: RosterUnusable."""
        if (request.content_length or 0) > MOST_FORM:
            raise RosterUnusable(RosterFault(Fault.TOO_LARGE))
        if token in self.uploading or len(self.uploading) >= _MOST_UPLOADS:
            raise RosterUnusable(RosterFault(Fault.BUSY))
        self.uploading.add(token)
        try:
            async with AsyncExitStack() as stack:
                try:  # how long it may take and how large it may be is the server's to say, for every address
                    content = await stack.enter_async_context(received(request.content.iter_any()))
                except BodyLate:
                    raise RosterUnusable(RosterFault(Fault.TOO_SLOW)) from None
                except BodyTooLarge:
                    raise RosterUnusable(RosterFault(Fault.TOO_LARGE)) from None
                form = UploadedForm(content, request.headers["Content-Type"][:_LONGEST_TYPE])
                return await self.run.take(token, form)
        finally:
            self.uploading.discard(token)


def _refused(page: OneTimePage, error: RosterUnusable, again: Content) -> web.Response:
    faults = {fault.fault for fault in error.faults}
    if Fault.NOT_A_FORM in faults:
        return page.wrong(400)
    shown = partial(_unusable, error=error, again=again)
    if Fault.BUSY in faults:
        return page.page(503, shown, {"Retry-After": "60"})
    return page.page(422, shown)


def _title(link_page: LinkPage, t: Translate) -> str:
    return t(f"link-page-{link_page}-title")


def _offer(link_page: LinkPage, t: Translate, token: str) -> str:
    action = escape(f"{LINKS}{link_page}/{token}")
    button = f"<button>{escape(t(f'link-page-{link_page}-button'))}</button>"
    about = paragraph(t(f"link-page-{link_page}-about"))
    if link_page is LinkPage.TABLE:
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
        t("link-page-list-row", where=row.where, line=str(row.line), why=t(f"link-page-row-{row.why}"))
        for row in shown
    ]
    heading = [t("link-page-list-rows", count=left_out)] if left_out else []
    more = [t("link-page-list-more", count=left_out - len(shown))] if left_out > len(shown) else []
    return (*whole, *heading, *named, *more)


def _fault(fault: RosterFault, t: Translate) -> str:
    if fault.fault is Fault.NO_FILES:
        return t("link-page-list-missing", where=fault.where)
    return fault_word(fault, "", t)
