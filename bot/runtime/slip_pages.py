"""The page from which printed slips are downloaded: opened with the link from the chat, used once.

Looking never uses the link up: mail scanners, link previews and Teams itself fetch links before people do. Only the
button does, by POST. Nothing is said about why a link does not work, and nothing of it is logged.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from html import escape

from aiohttp import web

from bot.core.errors import DirectoryError, StoreUnavailable
from bot.core.passwords.slips import SlipSheet
from bot.dialogs.password.cases import SLIPS
from bot.documents.slips import SlipWords, slips_pdf
from bot.runtime.pages import HEADERS, TOKEN, Pages, paragraph
from bot.texts.catalog import Catalog, Translate
from bot.texts.moments import moment

log = logging.getLogger(__name__)

_MOST_BYTES = 1024
"""What a form with one button and no field may send."""
_PAPER = "bg"
"""What is printed is read by students and parents in Bulgaria, whatever the director's language."""

Collect = Callable[[str, str], Awaitable[SlipSheet | None]]
"""Redeems a token in a tenant (`bot.core.passwords.slips.CollectSlips`)."""
Render = Callable[[SlipSheet, SlipWords], bytes]


def add_slip_routes(
    app: web.Application, collect: Collect, catalog: Catalog, tenant: str, *, render: Render = slips_pdf
) -> None:
    """Adds the page. `render` runs in a thread of its own: a class takes it tenths of a second."""
    app.router.add_route("*", SLIPS + "{token}", _SlipPage(collect, catalog, tenant, render).handle)


class _SlipPage:
    def __init__(self, collect: Collect, catalog: Catalog, tenant: str, render: Render) -> None:
        self._collect = collect
        self._page = Pages(catalog, lambda t: t("slip-page-title")).page
        self._tenant = tenant
        self._render = render
        self._words = _words(catalog.speak(_PAPER))

    async def handle(self, request: web.Request) -> web.Response:
        """Every method is answered here, so that each answer has the same headers."""
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            return self._page(410, _gone)
        if request.method in {"GET", "HEAD"}:
            return self._page(200, partial(_offer, action=SLIPS + token))
        if request.method != "POST":
            return self._page(405, _wrong, {"Allow": "GET, HEAD, POST"})
        if request.body_exists and (request.content_length is None or request.content_length > _MOST_BYTES):
            return self._page(413, _wrong)
        try:
            return await self._download(token)
        except (DirectoryError, StoreUnavailable) as error:
            log.warning("slips could not be prepared: %s", error)
        except Exception:  # the last wall: whoever pressed the button gets a page
            log.exception("slips could not be prepared")
            return self._page(500, _trouble)
        return self._page(503, _trouble, {"Retry-After": "30"})

    async def _download(self, token: str) -> web.Response:
        sheet = await self._collect(token, self._tenant)
        if sheet is None:
            return self._page(410, _gone)
        return web.Response(
            body=await asyncio.to_thread(self._render, sheet, self._words),
            content_type="application/pdf",
            headers={**HEADERS, "Content-Disposition": 'attachment; filename="belezhki.pdf"'},
        )


def _offer(t: Translate, *, action: str) -> str:
    return (
        f"{paragraph(t('slip-page-about'))}"
        f'<form method="post" action="{escape(action)}"><button>{escape(t("slip-page-download"))}</button></form>'
        f"{paragraph(t('slip-page-after'))}"
    )


def _gone(t: Translate) -> str:
    return paragraph(t("slip-page-gone"))


def _trouble(t: Translate) -> str:
    return paragraph(t("slip-page-trouble"))


def _wrong(t: Translate) -> str:
    return paragraph(t("slip-page-wrong"))


def _words(t: Translate) -> SlipWords:
    return SlipWords(
        heading=t("slip-heading"),
        class_=t("slip-class"),
        username=t("slip-username"),
        password=t("slip-password"),
        in_parts=t("slip-in-parts"),
        reading=t("slip-reading"),
        typing=t("slip-typing"),
        signing_in=t("slip-signing-in"),
        steps=(
            t("slip-step-open"),
            t("slip-step-username"),
            t("slip-step-password"),
            t("slip-step-change"),
        ),
        works_from=t("slip-works-from"),
        expires=t("slip-expires"),
        keep=t("slip-keep"),
        moment=lambda at: moment(at, _PAPER),
    )
