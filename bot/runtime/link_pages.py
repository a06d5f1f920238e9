"""The pages of class links: the table to download, the list to upload. Opened with a link from the chat."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import ClientError, web
from aiohttp.http import HttpProcessingError

from bot.core.class_links.expected import BadRow, ExpectedList, Fault, RosterFault, RosterUnusable, RowFault
from bot.core.class_links.one_time_links import DownloadedLinks, LinkPage, OneTimePages
from bot.core.class_links.ports import UploadedForm
from bot.dialogs.class_links.cases import LINKS
from bot.dialogs.class_links.table import table_of
from bot.dialogs.class_links.words import fault_word
from bot.documents.roster_tables import NEEDED, STATUSES
from bot.documents.tables import XLSX, table_xlsx
from bot.runtime.pages import Content, Download, OneTimePage, Press, download_form, paragraph, steps, table
from bot.runtime.receiving import Receiving, receiving_of
from bot.runtime.upload_form import upload_form
from bot.texts.catalog import Catalog, Translate
from bot.texts.support import Asker

_MOST_ROWS = 30
"""Of those left out, that are named."""

_NEEDED = tuple(name for name in NEEDED if name != STATUSES)
_STEPS: Mapping[LinkPage, tuple[str, ...]] = {
    LinkPage.TABLE: ("link-page-table-step-download", "link-page-table-step-open", "link-page-table-step-again"),
    LinkPage.LIST: ("link-page-list-step-get", "link-page-list-step-choose", "link-page-list-step-send"),
}
_HEADS = ("link-page-head-file", "link-page-head-row", "link-page-head-what", "link-page-head-do")
_AGAIN, _TOGETHER = "link-page-do-again", "link-page-do-together"
_TO_DO: Mapping[Fault, str] = {
    Fault.NO_FILES: _TOGETHER,
    Fault.TOO_LARGE: "link-page-do-own",
    Fault.TOO_MANY: _TOGETHER,
    Fault.NOT_TEXT: _AGAIN,
    Fault.NO_COLUMN: _AGAIN,
    Fault.EMPTY: _AGAIN,
}
"""Of those with a file. The others say themselves what to do."""
_ROW_TO_DO: Mapping[RowFault, str] = {
    RowFault.QUOTES: _AGAIN,
    RowFault.LETTERS: _AGAIN,
    RowFault.ID: _AGAIN,
    RowFault.NO_CLASS: _TOGETHER,
    RowFault.NO_PERSON: _TOGETHER,
    RowFault.ROLE: "link-page-do-role",
}
"""Where mending it in НЕИСПУО is not what helps."""
_SCRIPT_WORDS = {
    "chosen": "link-page-list-chosen",
    "drop": "link-page-list-drop",
    "ready": "link-page-list-ready",
    "missing": "link-page-list-lacking",
    "large": "link-page-list-large",
    "stray": "link-page-list-stray",
    "tooLarge": "links-fault-too-large",
    "tooMany": "links-fault-too-many",
    "nothing": "link-page-list-incomplete",
    "remove": "link-page-list-remove",
    "incomplete": "link-page-list-incomplete",
    "complete": "link-page-list-complete",
    "sending": "link-page-list-sending",
    "reading": "link-page-list-reading",
    "cut": "link-page-list-cut",
}


def add_link_routes(app: web.Application, run: OneTimePages, catalog: Catalog) -> None:
    """Adds the pages."""

    async def write(links: DownloadedLinks) -> bytes:
        t = catalog.speak(links.language, Asker.DIRECTOR)
        sheet = table_of(links.seen, links.school, t, links.language)
        return await asyncio.to_thread(table_xlsx, sheet.title, sheet.notes, sheet.heads, sheet.rows)

    presses: Mapping[LinkPage, Press] = {
        LinkPage.TABLE: Download(lambda token: run.table(token, write), XLSX, "klasove.xlsx").press,
        LinkPage.LIST: _Upload(run, receiving_of(app)).press,
    }
    for link_page, press in presses.items():
        page = OneTimePage(
            catalog=catalog,
            texts="link-page",
            title=partial(_title, link_page),
            offer=partial(_offer, link_page),
            press=press,
            script="upload.js" if link_page is LinkPage.LIST else "",
        )
        app.router.add_route("*", f"{LINKS}{link_page}/{{token}}", page.handle)


@dataclass(frozen=True, slots=True)
class _Upload:
    run: OneTimePages
    receiving: Receiving

    async def press(self, page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        # Asked before a byte is read: nobody else makes us take megabytes.
        if await self.run.director(token, LinkPage.LIST) is None:
            return None
        if request.content_type != "multipart/form-data" or "Content-Encoding" in request.headers:
            return page.wrong(400)
        try:
            taken = await self._taken(token, request)
        except RosterUnusable as error:
            return _refused(page, error, lambda t: _form(LinkPage.LIST, t, token))
        except (ClientError, HttpProcessingError, ConnectionError):  # cut off, or not what its own head says
            return page.wrong(400)
        if taken is None:
            return None
        return page.page(
            200,
            lambda t: _report(taken.faults, taken.rows, t),
            said=lambda t: paragraph(t("link-page-list-taken", count=len(taken.classes))),
        )

    async def _taken(self, token: str, request: web.Request) -> ExpectedList | None:
        """Errors: RosterUnusable."""
        async with self.receiving.form(token, request) as (content, media_type):
            return await self.run.take(token, UploadedForm(content, media_type))


def _refused(page: OneTimePage, error: RosterUnusable, again: Content) -> web.Response:
    faults = {fault.fault for fault in error.faults}
    if Fault.NOT_A_FORM in faults:
        return page.wrong(400)

    def said(t: Translate) -> str:
        whole = (fault_word(fault, "", t) for fault in error.faults if not fault.where)
        return paragraph(t("link-page-list-unusable"), *whole)

    def content(t: Translate) -> str:
        return _report(error.faults, error.rows, t) + again(t)

    if Fault.BUSY in faults:
        return page.page(503, content, {"Retry-After": "60"}, said=said)
    return page.page(422, content, said=said)


def _title(link_page: LinkPage, t: Translate) -> str:
    return t(f"link-page-{link_page}-title")


def _offer(link_page: LinkPage, t: Translate, token: str) -> str:
    return (
        paragraph(t(f"link-page-{link_page}-about")) + steps(*map(t, _STEPS[link_page])) + _form(link_page, t, token)
    )


def _form(link_page: LinkPage, t: Translate, token: str) -> str:
    action, button = f"{LINKS}{link_page}/{token}", t(f"link-page-{link_page}-button")
    if link_page is LinkPage.TABLE:
        return download_form(action, button)
    *first, last = _NEEDED
    return upload_form(
        t,
        action,
        label=t("link-page-list-files"),
        note=t("link-page-list-needed", first=", ".join(first), last=last),
        button=button,
        says=_SCRIPT_WORDS,
        endings=(".csv", ".zip"),
        needed=_NEEDED,
    )


def _report(faults: Sequence[RosterFault], rows: Sequence[BadRow], t: Translate) -> str:
    """A table of what is wrong: with a file as a whole, then row by row, and beside each what to do."""
    whole = [
        (fault.where.partition(":")[0], t("link-page-whole"), _fault(fault, t), t(_TO_DO.get(fault.fault, _AGAIN)))
        for fault in faults
        if fault.where and fault.fault is not Fault.ROW
    ]
    left_out = max(sum(fault.count for fault in faults if fault.fault is Fault.ROW), len(rows))
    shown = rows[:_MOST_ROWS]
    named = [
        (row.where, str(row.line), t(f"link-page-row-{row.why}"), t(_ROW_TO_DO.get(row.why, "link-page-do-neispuo")))
        for row in shown
    ]
    if not whole and not named:
        return ""
    caption = t("link-page-list-rows", count=left_out) if left_out else t("link-page-list-faults")
    more = paragraph(t("link-page-list-more", count=left_out - len(shown))) if left_out > len(shown) else ""
    return table(caption, tuple(map(t, _HEADS)), (*whole, *named)) + more


def _fault(fault: RosterFault, t: Translate) -> str:
    if fault.fault is Fault.NO_FILES:
        return t("link-page-list-missing", where=fault.where)
    return fault_word(fault, "", t)
