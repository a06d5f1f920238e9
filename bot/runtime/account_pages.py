"""The page from which a school's board is downloaded as a table: opened with a link from the chat, used once."""

import asyncio

from aiohttp import web

from bot.core.accounts.model import BoardTiming
from bot.core.accounts.pages import BoardTable, DownloadedBoard
from bot.dialogs.accounts.cases import ACCOUNTS
from bot.dialogs.accounts.table import rows_of
from bot.documents.tables import XLSX, table_xlsx
from bot.runtime.pages import Download, OneTimePage, download_form, paragraph, steps
from bot.texts.catalog import Catalog, Translate
from bot.texts.support import Asker


def add_account_routes(app: web.Application, table: BoardTable, catalog: Catalog) -> None:
    """Adds the page."""

    async def write(downloaded: DownloadedBoard) -> bytes:
        return await asyncio.to_thread(_written, downloaded, table.read.timing, catalog)

    page = OneTimePage(
        catalog=catalog,
        texts="accounts-page",
        title=lambda t: t("accounts-title"),
        offer=_offer,
        press=Download(lambda token: table.table(token, write), XLSX, "profili.xlsx").press,
    )
    app.router.add_route("*", ACCOUNTS + "{token}", page.handle)


def _written(downloaded: DownloadedBoard, timing: BoardTiming, catalog: Catalog) -> bytes:
    language = downloaded.language
    sheet = rows_of(downloaded.board, timing, catalog.speak(language, Asker.DIRECTOR), language)
    return table_xlsx(sheet.title, sheet.notes, sheet.heads, sheet.rows)


def _offer(t: Translate, token: str) -> str:
    todo = steps(t("accounts-page-step-download"), t("accounts-page-step-open"), t("accounts-page-step-again"))
    return paragraph(t("accounts-page-about")) + todo + download_form(ACCOUNTS + token, t("accounts-page-button"))
