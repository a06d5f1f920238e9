"""How a call is described: by msgraph-sdk's request builders, which send nothing here. What they say of a path and
its parameters is kept from start to start (`bot.kept`), and made to a URL by the library that the SDK itself uses.

What identifies a person by something they can be called by (national identifier, username) is only ever sent as an
item of a `$batch`, so that it travels in a body and no URL log of any proxy holds it (OWASP ASVS 5.0, 14.2.1).
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from stduritemplate import StdUriTemplate

from bot.graph.identities import is_entity_id, is_object_id
from bot.graph.options import Version
from bot.kept import kept

Priority = Literal["high", "low"]
"""`x-ms-throttle-priority`: a person waits, or a sweep runs (learn.microsoft.com/graph/throttling)."""

PERSON = (
    "id",
    "displayName",
    "userPrincipalName",
    "accountEnabled",
    "primaryRole",
    "student",
    "teacher",
    "provisionedPlans",
)
"""What a `Person` is read from."""

_VALUE, _WHERE = "~value~", "~where~"
"""Of characters no URL encodes, and `~` is in none of our grammars."""


Area = Literal["education", "identity", "teams", "files"]
"""Services behind Graph (learn.microsoft.com/graph/throttling-limits)."""


class Cost(NamedTuple):
    """As how many requests something counts; `to_teams` of them towards the limit of Teams, too."""

    requests: int = 1
    to_teams: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `url` is relative to the API version and encoded; `template` is the same without any value, and
    the only form that is ever logged. `repeatable`: sending it twice leads to the same state.
    """

    intent: str
    method: str
    template: str
    url: str = field(repr=False)
    version: Version = "v1.0"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = field(default=None, repr=False)
    priority: Priority = "high"
    repeatable: bool = True
    items: Cost | None = None
    """What a batch carries."""
    behind: frozenset[Area] = frozenset()
    """The services that answer what a batch carries."""

    @property
    def cost(self) -> Cost:
        """As how many requests it counts (learn.microsoft.com/graph/throttling: each item of a batch is one)."""
        return self.items or _cost(self.template)

    @property
    def areas(self) -> frozenset[Area]:
        """The services that answer it: each throttles by limits of its own."""
        return self.behind or _areas(self.template)


_TO_EDUCATION = re.compile(r"[A-Z]+ /education\b")
_TO_FILES = re.compile(r"[A-Z]+ /(?:sites|drives)\b|.*/drive\b")
_TO_TEAMS = re.compile(r"[A-Z]+ /(?:teams|appCatalogs)\b|.*/teamwork/|.*/team$")


@cache
def _cost(template: str) -> Cost:
    return Cost(1, 1) if _TO_TEAMS.match(template) else Cost()


@cache
def _areas(template: str) -> frozenset[Area]:
    if _TO_TEAMS.match(template):
        return frozenset({"teams"})
    if _TO_EDUCATION.match(template):
        return frozenset({"education"})
    return frozenset({"files"}) if _TO_FILES.match(template) else frozenset({"identity"})


class _Nowhere:
    """What the builders take for a transport: they only ask it for a base URL."""

    base_url = ""


@dataclass(frozen=True, slots=True)
class _Builder:
    """What the SDK says of one path: its URI template (RFC 6570), and how parameters of the query are named in it."""

    template: str
    names: Mapping[str, str]


@cache
def _builders() -> Mapping[str, _Builder]:
    """By the names of `bot.graph.builders`, which is imported only when the SDK has changed: 0.2 s and 8 MB."""
    made_of = (
        version("msgraph-sdk"),
        Path(__file__).read_bytes(),
        Path(__file__).with_name("builders.py").read_bytes(),
    )
    return kept(
        "builders", made_of, _from_sdk, lambda all_: {name: _Builder(*described) for name, described in all_.items()}
    )


def _from_sdk() -> dict[str, tuple[str, dict[str, str]]]:
    from bot.graph import builders  # noqa: PLC0415 -- see `_builders`

    return {name: _described(getattr(builders, name)) for name in builders.__all__}


def _described(kind: Any) -> tuple[str, dict[str, str]]:
    template = kind(_Nowhere(), {"baseurl": ""}).url_template
    parameters = getattr(kind, f"{kind.__name__}GetQueryParameters", None)  # nested in a builder under its own name
    if parameters is None:
        return template, {}
    spell = parameters().get_query_parameter
    return template, {name: spell(name) for name in parameters.__dataclass_fields__}


async def warm() -> None:
    """Reads in a thread what the SDK's builders say. Await it before the first turn; a second call costs nothing."""
    if not _builders.cache_info().currsize:
        await asyncio.to_thread(_builders)


def reads(
    intent: str,
    builder: str,
    path: tuple[str, str] | None = None,
    *,
    version: Version = "v1.0",
    priority: Priority = "high",
    where: str | None = None,
    select: tuple[str, ...] = (),
    expand: tuple[str, ...] = (),
    top: int | None = None,
) -> Call:
    """A GET with this builder. `path` is the one parameter of its path and the value, already judged."""
    url, template = _shape(
        builder, path and path[0], filtered=where is not None, select=select, expand=expand, top=top
    )
    if where is not None:
        url = url.replace(_WHERE, quote(where, safe=""))
    return Call(intent, "GET", template, _filled(url, path), version=version, priority=priority)


def writes(
    intent: str, method: str, builder: str, *path: tuple[str, str], body: object = None, priority: Priority
) -> Call:
    """A PATCH, POST or DELETE of this builder's path (each of its parameters and the value, already judged), which
    whoever sends it never repeats by itself.
    """
    url, template = _address(builder, tuple(name for name, _ in path), method)
    for place, (_, value) in enumerate(path):
        url = url.replace(_value(place), quote(value, safe=""))
    return Call(intent, method, template, url, body=body, priority=priority, repeatable=False)


def object_id(value: str) -> str:
    """The same. Errors: ValueError when it is no directory object's id."""
    if not is_object_id(value):
        raise ValueError("not an object id")
    return value


def entity_id(value: str, what: str) -> str:
    """The same. Errors: ValueError when it cannot be the id of a school or class."""
    if not is_entity_id(value):
        raise ValueError(f"not a {what} id")
    return value


def _filled(url: str, path: tuple[str, str] | None) -> str:
    return url if path is None else url.replace(_VALUE, quote(path[1], safe=""))


@cache
def _shape(
    builder: str,
    path: str | None,
    *,
    filtered: bool,
    select: tuple[str, ...],
    expand: tuple[str, ...],
    top: int | None,
) -> tuple[str, str]:
    """URL and template of a GET, with `_VALUE` and `_WHERE` where what differs from call to call belongs.

    A URI template is expanded character by character (0.2–0.4 ms), so a shape is made once.
    """
    described = _builders()[builder]
    query: Mapping[str, object] = {
        "filter": _WHERE if filtered else None,
        "select": list(select) or None,
        "expand": list(expand) or None,
        "top": top,
    }
    values = {described.names[name]: value for name, value in query.items() if value is not None}
    places = {} if path is None else {path: _VALUE}
    return _url(described, {**places, **values}), _template("GET", described.template)


@cache
def _address(builder: str, path: tuple[str, ...], method: str) -> tuple[str, str]:
    """As `_shape`, of a request without a query. The SDK's own body models (8,000 lines) are never imported."""
    described = _builders()[builder]
    places = {name: _value(place) for place, name in enumerate(path)}
    return _url(described, places), _template(method, described.template)


def _url(described: _Builder, values: Mapping[str, object]) -> str:
    return str(StdUriTemplate.expand(described.template, {"baseurl": "", **values}))


def _value(place: int) -> str:
    return f"~value{place}~"


def _template(method: str, url_template: str) -> str:
    bare = url_template.removeprefix("{+baseurl}").split("{?", 1)[0]
    return f"{method} {re.sub(r'{[^}]*}', '{id}', bare)}"
