"""The pages from which the протокол and the sheets for parents are downloaded: opened with a link from the chat."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from bot.core.accounts.papers import HandOutPapers, MadeProtocol, Paper, ParentSheets
from bot.core.one_time_links import MadeFile
from bot.core.people.free_text import on_paper
from bot.dialogs.accounts.cases import PAPERS
from bot.documents.parent_sheet import Child, parent_sheets_pdf
from bot.documents.protocol import protocol_pdf
from bot.runtime.pages import Download, OneTimePage, download_form, paragraph, steps
from bot.runtime.paper_words import parent_words, protocol_words
from bot.texts.catalog import Catalog, Translate

_FILES = {Paper.PROTOCOL: "protokol.pdf", Paper.PARENTS: "roditeli.pdf"}

Make = Callable[[str], Awaitable[MadeFile | None]]
"""The file of a token, drawn in a thread of its own; None for a link that is not good."""


def add_paper_routes(app: web.Application, papers: HandOutPapers, catalog: Catalog) -> None:
    """Adds the pages."""

    async def protocol(made: MadeProtocol) -> bytes:
        return await asyncio.to_thread(_protocol, made, catalog)

    async def parents(sheets: ParentSheets) -> bytes:
        return await asyncio.to_thread(_parents, sheets, catalog)

    makes: dict[Paper, Make] = {
        Paper.PROTOCOL: lambda token: papers.protocol(token, protocol),
        Paper.PARENTS: lambda token: papers.parents(token, parents),
    }
    for paper, make in makes.items():
        page = OneTimePage(
            catalog=catalog,
            texts="paper-page",
            title=partial(_title, paper),
            offer=partial(_offer, paper),
            press=Download(make, "application/pdf", _FILES[paper]).press,
        )
        app.router.add_route("*", f"{PAPERS}{paper}/{{token}}", page.handle)


def _protocol(made: MadeProtocol, catalog: Catalog) -> bytes:
    words = protocol_words(catalog, of="class" if made.of_class else "group" if made.of_group else "list")
    return protocol_pdf(made.protocol, words)


def _parents(sheets: ParentSheets, catalog: Catalog) -> bytes:
    children = [Child(on_paper(one.name), on_paper(one.class_), one.row.account.username) for one in sheets.pupils]
    return parent_sheets_pdf(children, sheets.school.name, sheets.sentence, parent_words(catalog))


def _title(paper: Paper, t: Translate) -> str:
    return t("paper-page-protocol-title" if paper is Paper.PROTOCOL else "paper-page-parents-title")


def _offer(paper: Paper, t: Translate, token: str) -> str:
    of_protocol = paper is Paper.PROTOCOL
    about = t("paper-page-protocol-about" if of_protocol else "paper-page-parents-about")
    todo = steps(t("paper-page-step-download"), t("paper-page-step-print"))
    button = t("paper-page-protocol-button" if of_protocol else "paper-page-parents-button")
    return paragraph(about) + todo + download_form(f"{PAPERS}{paper}/{token}", button)
