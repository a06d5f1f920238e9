"""The pages a browser sees: one look, one wall of headers; those of one-time links in both languages."""

import base64
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape

from aiohttp import web

from bot.core.errors import DirectoryError, StoreUnavailable
from bot.runtime.logs import new_reference
from bot.texts.catalog import Catalog, Translate

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""256 bits in URL-safe base64 (`secrets.token_urlsafe(32)`)."""
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem}button{font:inherit;padding:.7rem 1.4rem;border:0;"
    "border-radius:.3rem;background:#3d3e8f;color:#fff;cursor:pointer}section+section{margin-top:2.5rem;"
    "border-top:1px solid #ccc;padding-top:1rem}label{display:block;margin:1rem 0 .3rem}"
    "input{font:inherit;max-width:100%;margin-bottom:1rem}a{color:#3d3e8f}ul{padding-left:1.2rem}li{margin:.4rem 0}"
    "nav{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}"
    "nav a{display:inline-block;padding:.5rem 1rem .5rem 0}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
"""Of every answer, pages and files alike."""

Content = Callable[[Translate], str]
"""What stands below the heading, in HTML."""


Press = Callable[["OneTimePage", str, web.Request], Awaitable[web.Response | None]]
"""What the button of a page does with its token; None where the link is used, too old or not ours."""


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
        except (DirectoryError, StoreUnavailable) as error:
            log.warning("the %s could not answer: %s", self.texts, error)
            return self._trouble(503, {"Retry-After": "30"})
        except Exception:  # the last wall: whoever pressed the button gets a page
            reference = new_reference()
            log.exception("the %s failed, reference %s", self.texts, reference)
            return self._trouble(500, reference=reference)

    def page(self, status: int, content: Content, more: Mapping[str, str] | None = None) -> web.Response:
        """The same content in both languages."""
        bulgarian, english = self.catalog.speak("bg"), self.catalog.speak("en")
        title = self.title(bulgarian)
        sections = (
            f"<section><h1>{escape(title)}</h1>{content(bulgarian)}</section>"
            f'<section lang="en"><h2>{escape(self.title(english))}</h2>{content(english)}</section>'
        )
        return document("bg", title, sections, status=status, more=more)

    def wrong(self, status: int, more: Mapping[str, str] | None = None) -> web.Response:
        """What came is not what the page sends."""
        return self.page(status, lambda t: paragraph(t(f"{self.texts}-wrong")), more)

    def _gone(self) -> web.Response:
        return self.page(410, lambda t: paragraph(t(f"{self.texts}-gone")))

    def _trouble(self, status: int, more: Mapping[str, str] | None = None, *, reference: str = "") -> web.Response:
        def content(t: Translate) -> str:
            whom = t("page-failed", reference=reference) if reference else ""
            return paragraph(t(f"{self.texts}-trouble"), whom)

        return self.page(status, content, more)


def document(
    language: str, title: str, body: str, *, status: int = 200, more: Mapping[str, str] | None = None
) -> web.Response:
    """A whole page; `body` is HTML, `title` text."""
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    return web.Response(text=text, status=status, content_type="text/html", headers={**HEADERS, **(more or {})})


def paragraph(*texts: str) -> str:
    """Each as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)
