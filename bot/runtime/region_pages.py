"""The page from which the schools of a region are downloaded as a table: opened with a link, used once."""

import asyncio

from aiohttp import web

from bot.core.oversight.region import DownloadedRegion, RegionTable
from bot.dialogs.region.cases import REGION
from bot.dialogs.region.table import rows_of
from bot.documents.tables import XLSX, table_xlsx
from bot.runtime.pages import Download, OneTimePage, download_form, paragraph, steps
from bot.texts.catalog import Catalog, Translate
from bot.texts.support import Asker


def add_region_routes(app: web.Application, table: RegionTable, catalog: Catalog) -> None:
    """Adds the page."""

    async def write(downloaded: DownloadedRegion) -> bytes:
        sheet = rows_of(downloaded.region, catalog.speak(downloaded.language, Asker.REGIONAL_OFFICE))
        return await asyncio.to_thread(table_xlsx, sheet.title, sheet.notes, sheet.heads, sheet.rows)

    page = OneTimePage(
        catalog=catalog,
        texts="region-page",
        title=lambda t: t("command-region"),
        offer=_offer,
        asker=Asker.REGIONAL_OFFICE,
        press=Download(lambda token: table.table(token, write), XLSX, "uchilishta.xlsx").press,
    )
    app.router.add_route("*", REGION + "{token}", page.handle)


def _offer(t: Translate, token: str) -> str:
    todo = steps(t("region-page-step-download"), t("region-page-step-open"), t("region-page-step-again"))
    return paragraph(t("region-page-about")) + todo + download_form(REGION + token, t("region-page-button"))
