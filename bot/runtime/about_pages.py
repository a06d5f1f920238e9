"""Four pages that open without signing in: what the service is, privacy, terms, support. The manifest names them.

Who runs the service comes from the settings; what is missing there is said plainly. One language at a time: `?lang=`,
else what the browser asks for, else Bulgarian.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from aiohttp import web

from bot.core.accounts.ports import ASK_LIVES
from bot.core.actors.directors import DIRECTORS_SINCE
from bot.core.passwords.model import Timing
from bot.database import (
    account_boards,
    account_choices,
    account_lists,
    by_hand,
    deputies,
    expected_lists,
    experts,
    intake,
    ledger,
    link_cases,
    messages,
    releases,
    seen,
    transfers,
)
from bot.database.kept_states import RECEIPTS_KEPT
from bot.database.queue import DEAD_KEPT, DONE_KEPT
from bot.dialogs import DIALOGS
from bot.dialogs.described import described
from bot.runtime.pages import document, paragraph
from bot.runtime.settings import Settings
from bot.texts.catalog import DEFAULT_LANGUAGE, LANGUAGES, Catalog, Translate
from bot.texts.support import Asker

Kept = tuple[tuple[str, ...], str]
"""Tables, and what is said of them."""

_MOST_ASKED = 20
"""Languages of a browser that are looked at."""


def kept(t: Translate) -> tuple[Kept, ...]:
    """What is kept about people and for how long, table by table, what concerns most people first. Every table once
    (a test compares); the days are those by which rows are removed, so the page cannot promise what the database does
    not do.
    """
    timing = Timing()
    return (
        (
            ("secret",),
            t(
                "about-kept-secret",
                single=timing.unseen_minutes,
                class_=timing.unseen_minutes_many,
                shown=timing.lease_seconds,
            ),
        ),
        (("password_operation", "password_job"), t("about-kept-receipts", days=RECEIPTS_KEPT.days)),
        (("audit",), t("about-kept-audit")),
        (("lookup_attempt",), t("about-kept-lookups", days=ledger.KEPT.days)),
        (
            ("transfer", "transfer_step", "transfer_delivery"),
            t("about-kept-transfers", days=transfers.KEPT.days),
        ),
        (("release",), t("about-kept-releases", days=releases.KEPT.days)),
        (("deputy",), t("about-kept-deputies", days=deputies.KEPT.days)),
        (("school_director", "regional_expert"), t("about-kept-met", days=experts.KEPT.days)),
        (("expected_list",), t("about-kept-lists", days=expected_lists.KEPT.days)),
        (("link_case",), t("about-kept-cases", days=link_cases.KEPT.days)),
        (
            ("school_account", "account_look"),
            t("about-kept-accounts", days=account_boards.NOT_LOOKED_AT.days, since=DIRECTORS_SINCE.days),
        ),
        (("account_list", "listed_person"), t("about-kept-listed")),
        (("list_columns",), t("about-kept-columns", days=account_lists.COLUMNS_KEPT.days)),
        (("account_receipt",), t("about-kept-handed", days=RECEIPTS_KEPT.days)),
        (("account_week",), t("about-kept-weeks", days=account_boards.WEEKS_KEPT.days)),
        (("account_group",), t("about-kept-groups", days=account_choices.GROUPS_KEPT.days)),
        (("intake_charge",), t("about-kept-intake", days=intake.KEPT.days)),
        (("account_ask",), t("about-kept-asks", days=ASK_LIVES.days + 1)),
        (("school_choice",), t("about-kept-choices")),
        (("link_mark", "school_platform"), t("about-kept-marks", days=by_hand.KEPT.days)),
        (("slip_link", "errand_link"), t("about-kept-links")),
        (("conversation",), t("about-kept-conversation")),
        (("preference",), t("about-kept-language")),
        (("message",), t("about-kept-messages", days=messages.KEPT.days, requests=messages.REQUESTS_KEPT.days)),
        (("seen_activity",), t("about-kept-seen", days=seen.KEPT.days)),
        (("task",), t("about-kept-tasks", done=DONE_KEPT.days, dead=DEAD_KEPT.days)),
        (("key_check", "high_water", "pace"), t("about-kept-nothing")),
    )


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this installation; "" where the settings do not say."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    officer: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "Operator":
        """The operator whom the settings name."""
        return cls(
            name=settings.operator_name,
            address=settings.operator_address,
            email=settings.operator_email,
            phone=settings.operator_phone,
            officer=settings.data_protection_officer,
        )


Body = Callable[[Translate, Operator], str]


def add_about_routes(app: web.Application, catalog: Catalog, operator: Operator) -> None:
    """Adds the pages."""
    pages = _AboutPages(catalog, operator)
    for path in PAGES:
        app.router.add_route("*", path, partial(pages.handle, path))


def language_asked(query: Mapping[str, str], accepted: str) -> str:
    """The language of a page: the query's `lang` before the header Accept-Language (RFC 9110, 12.5.4)."""
    if query.get("lang") in LANGUAGES:
        return query["lang"]
    best, weight = DEFAULT_LANGUAGE, 0.0
    for part in accepted.split(",")[:_MOST_ASKED]:
        tag, _, parameter = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        wanted = _quality(parameter)
        if language in LANGUAGES and wanted > weight:
            best, weight = language, wanted
    return best


def _quality(parameter: str) -> float:
    """The weight 0 … 1 of `q=0.8`; what is no weight counts as none, a missing one as 1."""
    if not parameter.strip():
        return 1.0
    name, _, number = parameter.strip().partition("=")
    digits = number.replace(".", "", 1)
    if name.strip().lower() != "q" or not (digits.isascii() and digits.isdigit()):
        return 0.0
    return min(float(number), 1.0)


class _AboutPages:
    def __init__(self, catalog: Catalog, operator: Operator) -> None:
        self._catalog = catalog
        self._operator = operator

    async def handle(self, path: str, request: web.Request) -> web.Response:
        """Every method is answered here, so that each answer has the same headers."""
        language = language_asked(request.query, request.headers.get("Accept-Language", ""))
        t = self._catalog.speak(language, Asker.DIRECTOR)
        more = {"Content-Language": language, "Vary": "Accept-Language"}
        if request.method not in {"GET", "HEAD"}:
            body = paragraph(t("about-wrong")) + _ways(t, path, language)
            return document(language, t("about-title-home"), body, status=405, more={**more, "Allow": "GET, HEAD"})
        title, content = PAGES[path]
        body = f"<main><h1>{escape(title(t))}</h1>{content(t, self._operator)}</main>{_ways(t, path, language)}"
        return document(language, title(t), body, more=more)


def _ways(t: Translate, path: str, language: str) -> str:
    """The other pages, and this one in the other language."""
    other = next(one for one in LANGUAGES if one != language)
    names = (("/", t("about-home")), ("/privacy", t("about-privacy")), ("/terms", t("about-terms")))
    links = [
        f'<a href="{where}?lang={language}">{escape(name)}</a>'
        for where, name in (*names, ("/support", t("about-support")))
        if where != path
    ]
    links.append(f'<a href="{path}?lang={other}" lang="{other}">{escape(t("about-other-language"))}</a>')
    return f"<nav>{' '.join(links)}</nav>"


def _part(heading: str, *texts: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{paragraph(*texts)}</section>"


def _listed(heading: str, *texts: str) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<section><h2>{escape(heading)}</h2><ul>{items}</ul></section>"


def _contact(t: Translate, operator: Operator, *, officer: bool) -> str:
    lines = [
        escape(t("about-name", value=operator.name) if operator.name else t("about-missing-name")),
        escape(t("about-address", value=operator.address) if operator.address else t("about-missing-address")),
    ]
    if operator.email:
        address = escape(operator.email)
        lines.append(f'{escape(t("about-email"))} <a href="mailto:{address}">{address}</a>')
    if operator.phone:
        lines.append(escape(t("about-phone", value=operator.phone)))
    if not operator.email and not operator.phone:
        lines.append(escape(t("about-missing-contact")))
    if officer:
        who = operator.officer
        lines.append(escape(t("about-officer", value=who) if who else t("about-missing-officer")))
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<section><h2>{escape(t('about-operator'))}</h2><ul>{items}</ul></section>"


def _home(t: Translate, operator: Operator) -> str:
    return (
        paragraph(t("about-what"), t("about-who"))
        + _listed(
            t("about-services"),
            *described(DIALOGS, t),
            t("about-service-languages"),
        )
        + _contact(t, operator, officer=False)
    )


def _privacy(t: Translate, operator: Operator) -> str:
    return "".join(
        (
            paragraph(t("about-what")),
            _part(t("about-controller"), t("about-controller-school"), t("about-ground")),
            _contact(t, operator, officer=True),
            _listed(
                t("about-data"),
                t("about-data-directory"),
                t("about-data-identifier"),
                t("about-data-teams"),
                t("about-data-files"),
                t("about-data-nothing-else"),
            ),
            _part(t("about-purpose"), t("about-purpose-text"), t("about-children")),
            _listed(t("about-kept"), *(words for _, words in kept(t)), t("about-kept-copies")),
            _part(t("about-recipients"), t("about-recipients-text")),
            _part(t("about-rights"), t("about-rights-text"), t("about-rights-complaint")),
        )
    )


def _terms(t: Translate, operator: Operator) -> str:
    return "".join(
        (
            paragraph(t("about-what"), t("about-who")),
            _listed(
                t("about-terms-use"),
                t("about-terms-duty"),
                t("about-terms-reason"),
                t("about-terms-hand"),
                t("about-terms-chat"),
                t("about-terms-files"),
                t("about-terms-log"),
            ),
            _listed(
                t("about-terms-promise"),
                t("about-terms-availability"),
                t("about-terms-law"),
                t("about-terms-changes"),
            ),
            _contact(t, operator, officer=False),
        )
    )


def _support(t: Translate, operator: Operator) -> str:
    return "".join(
        (
            _listed(
                t("about-support-first"),
                t("about-support-director"),
                t("about-support-help"),
                t("about-support-wrong"),
                t("about-support-ask"),
            ),
            _contact(t, operator, officer=True),
            _part(t("about-support-write"), t("about-support-reference")),
            _part(t("about-support-incident"), t("about-support-incident-text")),
            _part(t("about-support-weakness"), t("about-support-weakness-text")),
        )
    )


PAGES: Mapping[str, tuple[Callable[[Translate], str], Body]] = {
    "/": (lambda t: t("about-title-home"), _home),
    "/privacy": (lambda t: t("about-privacy"), _privacy),
    "/terms": (lambda t: t("about-terms"), _terms),
    "/support": (lambda t: t("about-support"), _support),
}
"""By address: the heading, and what stands below it."""
