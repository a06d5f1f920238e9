"""The pages a browser sees: one look, one wall of headers; those of one-time links in both languages."""

import asyncio
import base64
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from bot.core.errors import DirectoryError, StoreUnavailable
from bot.core.one_time_links import MadeFile
from bot.runtime.logs import new_reference
from bot.texts.catalog import Catalog, Translate
from bot.texts.support import Asker

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""256 bits in URL-safe base64 (`secrets.token_urlsafe(32)`)."""
_LOOK = Path(__file__).parent / "look"
_POLICY = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
_NO_MARKUP = "require-trusted-types-for 'script'; trusted-types 'none'"
"""The script may make markup of no text (in browsers that know the rule)."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
"""Of every answer, pages and files alike; a page's policy names its style and its script by hash, too (ADR 0070)."""

DOWNLOAD_SECONDS = 45
"""For reading what goes into a file and writing it. The proxy waits longer (a test compares), so that whoever pressed
is told by the page that the address is still good.
"""

Made = TypeVar("Made")

Content = Callable[[Translate], str]
"""What stands below the heading, in HTML."""


Press = Callable[["OneTimePage", str, web.Request], Awaitable[web.Response | None]]
"""What the button of a page does with its token; None where the link is used, too old or not ours."""


class NotInTime(Exception):
    """A file was not made within its time."""


async def in_time(making: Awaitable[Made]) -> Made:
    """What is made within `DOWNLOAD_SECONDS`. Errors: NotInTime."""
    deadline = asyncio.timeout(DOWNLOAD_SECONDS)
    try:
        async with deadline:
            return await making
    except TimeoutError:
        if deadline.expired():
            raise NotInTime("file-deadline") from None
        raise  # of something else: a fault of ours


@dataclass(frozen=True, slots=True)
class Download:
    """The button that gives a file: it is made in time, and then, without a deadline, the link is used up. Of two
    presses at once one gets the file.
    """

    make: Callable[[str], Awaitable[MadeFile | None]]
    content_type: str
    name: str

    async def press(self, _: "OneTimePage", token: str, __: web.Request) -> web.Response | None:
        """See `Press`."""
        made = await in_time(self.make(token))
        return attachment(made.content, self.content_type, self.name) if made and await made.use() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimePage:
    """The page behind a one-time link, in both languages: an office's browser tells little about its reader.

    Looking uses nothing up and needs no right: mail scanners, link previews and Teams itself fetch links before
    people do. Only the button does, by POST. Nothing is said about why a link does not work, and nothing of it is
    logged. `texts`: what the ids of its words begin with.
    """

    catalog: Catalog
    texts: str
    title: Callable[[Translate], str]
    offer: Callable[[Translate, str], str]
    """What stands there with the button, for a token."""
    press: Press
    asker: Asker = Asker.DIRECTOR
    """Who was given the link: whom an error tells them to turn to."""
    script: str = ""
    """A file of the room `look`; the page does without it, too."""

    async def handle(self, request: web.Request) -> web.Response:
        """Every method is answered here, so that each answer has the same headers."""
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            return self._gone()
        if request.method in {"GET", "HEAD"}:
            return self.page(200, lambda t: self.offer(t, token))
        if request.method != "POST":
            return self.wrong(405, {"Allow": "GET, HEAD, POST"})
        try:
            return await self.press(self, token, request) or self._gone()
        except (DirectoryError, StoreUnavailable, NotInTime) as error:
            log.warning("the %s could not answer: %s", self.texts, error)
            trouble = self._told(f"{self.texts}-trouble")
            return self.page(503, lambda t: self.offer(t, token), {"Retry-After": "30"}, said=trouble)
        except Exception:  # the last wall: whoever pressed the button gets a page
            reference = new_reference()
            log.exception("the %s failed, reference %s", self.texts, reference)
            return self.page(500, _nothing, said=self._told(f"{self.texts}-trouble", reference))

    def page(
        self, status: int, content: Content, more: Mapping[str, str] | None = None, *, said: Content | None = None
    ) -> web.Response:
        """The same content in both languages, the English folded. `said`: what came of a press; it stands above and
        has the focus.
        """
        bulgarian, english = self.catalog.speak("bg", self.asker), self.catalog.speak("en", self.asker)
        kind, title_of = ("done", "page-title-done") if status < 400 else ("failed", "page-title-failed")

        def part(t: Translate, heading: str, focus: str) -> str:
            message = f'<div class="message {kind}" tabindex="-1"{focus}>{said(t)}</div>' if said else ""
            return f"<{heading}>{escape(self.title(t))}</{heading}>{message}{content(t)}"

        title = self.title(bulgarian)
        if said:
            title = bulgarian(title_of, title=title)
        body = (
            f"<main>{part(bulgarian, 'h1', ' autofocus')}"
            f'<details lang="en"><summary>{escape(bulgarian("about-other-language"))}</summary>'
            f"{part(english, 'h2', '')}</details></main>"
        )
        return document("bg", title, body, status=status, more=more, script=self.script)

    def wrong(self, status: int, more: Mapping[str, str] | None = None) -> web.Response:
        """What came is not what the page sends."""
        return self.page(status, _nothing, more, said=self._told(f"{self.texts}-wrong"))

    def _gone(self) -> web.Response:
        return self.page(410, _nothing, said=self._told(f"{self.texts}-gone"))

    @staticmethod
    def _told(text_id: str, reference: str = "") -> Content:
        def said(t: Translate) -> str:
            whom = t("page-failed", reference=reference) if reference else ""
            return paragraph(t(text_id), whom)

        return said


def _nothing(_: Translate) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class _Brought:
    """A file that a page brings, and the source by which its policy admits this and nothing else."""

    text: str
    source: str

    @classmethod
    @cache
    def named(cls, name: str) -> "_Brought":
        text = (_LOOK / name).read_text(encoding="utf-8")
        return cls(text, f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")


def attachment(content: bytes, content_type: str, name: str) -> web.Response:
    """A file to be saved."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, content_type=content_type, headers=headers)


def document(
    language: str,
    title: str,
    body: str,
    *,
    status: int = 200,
    more: Mapping[str, str] | None = None,
    script: str = "",
) -> web.Response:
    """A whole page; `body` is HTML, `title` text. Only a page with a `script` may ask the bot for more."""
    style = _Brought.named("pages.css")
    policy = f"{_POLICY}; style-src {style.source}"
    if script:
        run = _Brought.named(script)
        policy += f"; script-src {run.source}; connect-src 'self'; {_NO_MARKUP}"
        body += f"<script>{run.text}</script>"
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style.text}</style></head><body>{body}</body></html>"
    )
    headers = {**HEADERS, "Content-Security-Policy": policy, **(more or {})}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def paragraph(*texts: str) -> str:
    """Each as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def steps(*texts: str) -> str:
    """Each as a step of what is to be done."""
    return f"<ol>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ol>"


def download_form(action: str, button: str) -> str:
    """The button that gives a file."""
    return f'<form method="post" action="{escape(action)}"><button class="main">{escape(button)}</button></form>'


def table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Rows with a head each. Roles are written out: on a phone the style shows each row as a block, and browsers then
    forget them.
    """

    def row(cells: tuple[str, ...]) -> str:
        first, *rest = cells
        others = "".join(
            f'<td role="cell" data-head="{escape(head)}">{escape(cell)}</td>'
            for head, cell in zip(heads[1:], rest, strict=True)
        )
        return f'<tr role="row"><th scope="row" role="rowheader">{escape(first)}</th>{others}</tr>'

    columns = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    return (
        f'<table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{columns}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(row, rows))}</tbody></table>'
    )
