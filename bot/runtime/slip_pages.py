"""The page from which printed slips are downloaded: opened with the link from the chat."""

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import parse_qs

from aiohttp import web

from bot.core.passwords.slips import SlipSheet
from bot.dialogs.password.cases import SLIPS
from bot.documents.slips import SlipForm, SlipWords, slips_pdf
from bot.runtime.pages import OneTimePage, attachment, in_time, paragraph, steps
from bot.texts.catalog import Catalog, Translate
from bot.texts.moments import moment

MOST_BYTES = 1024
"""What a form with two choices may send."""
_MOST_FIELDS = 8
_PAPER = "bg"
"""What is printed is read by students and parents in Bulgaria, whatever the director's language."""

Collect = Callable[[str, str], Awaitable[SlipSheet | None]]
"""Redeems a token in a tenant (`bot.core.passwords.slips.CollectSlips`)."""
Render = Callable[[SlipSheet, SlipWords, SlipForm], bytes]


def add_slip_routes(
    app: web.Application, collect: Collect, catalog: Catalog, tenant: str, *, render: Render = slips_pdf
) -> None:
    """Adds the page. `render` runs in a thread of its own: a class takes it tenths of a second."""
    words = _words(catalog.speak(_PAPER))

    async def download(page: OneTimePage, token: str, request: web.Request) -> web.Response | None:
        if request.body_exists and (request.content_length is None or request.content_length > MOST_BYTES):
            return page.wrong(413)
        try:
            form = await _form(request)
        except (ValueError, ConnectionError):  # it did not come whole
            return page.wrong(400)
        # With using the link up, for within the lease it gives the file again.
        pdf = await in_time(drawn(token, form))
        return None if pdf is None else attachment(pdf, "application/pdf", "belezhki.pdf")

    async def drawn(token: str, form: SlipForm) -> bytes | None:
        sheet = await collect(token, tenant)
        return None if sheet is None else await asyncio.to_thread(render, sheet, words, form)

    page = OneTimePage(
        catalog=catalog, texts="slip-page", title=lambda t: t("slip-page-title"), offer=_offer, press=download
    )
    app.router.add_route("*", SLIPS + "{token}", page.handle)


async def _form(request: web.Request) -> SlipForm:
    """What was chosen; whatever the page does not offer is the usual form. Errors: those of `body_limits`."""
    if request.content_type != "application/x-www-form-urlencoded" or (request.charset or "utf-8") != "utf-8":
        return SlipForm()
    sent = (await request.read())[:MOST_BYTES].decode("ascii", "replace")
    try:
        chosen = parse_qs(sent, max_num_fields=_MOST_FIELDS)
    except ValueError:  # more fields than there are
        return SlipForm()
    return SlipForm(page_each=chosen.get("form", [])[-1:] == ["page"], code=chosen.get("code", [])[-1:] == ["yes"])


def _offer(t: Translate, token: str) -> str:
    todo = steps(t("slip-page-step-download"), t("slip-page-step-open"), t("slip-page-step-print"))
    cut = _choice(t("slip-page-form-cut"), "radio", "form", "cut", " checked")
    each = _choice(t("slip-page-form-page"), "radio", "form", "page")
    choices = f"<fieldset><legend>{escape(t('slip-page-form'))}</legend>{cut}{each}</fieldset>"
    code = _choice(t("slip-page-code-yes"), "checkbox", "code", "yes")
    button = f'<button class="main">{escape(t("slip-page-download"))}</button>'
    return (
        f"{paragraph(t('slip-page-about'))}{todo}"
        f'<form method="post" action="{escape(SLIPS + token)}">'
        f"{choices}{code}{button}</form>"
    )


def _choice(words: str, kind: str, name: str, value: str, more: str = "") -> str:
    return f'<label class="choice"><input type="{kind}" name="{name}" value="{value}"{more}>{escape(words)}</label>'


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
        stays=t("slip-stays"),
        received=t("slip-received"),
        date=t("slip-date"),
        code=t("slip-code"),
        moment=lambda at: moment(at, _PAPER),
    )
