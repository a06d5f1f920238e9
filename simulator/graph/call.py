"""A request to Graph and its answer, however it came: by itself or inside a $batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `version` is `v1.0` or `beta`; `segments` the decoded path after it; `options` the decoded query,
    names as sent; `headers` with lower-case names; `permissions` those of the token, `client` its application,
    `roles` the directory roles it names, `delegated` whether it is a person's; `base` our own scheme and host;
    `page_most` what a page of this tenant holds.
    """

    method: str
    version: str
    segments: tuple[str, ...]
    base: str
    query: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    permissions: frozenset[str] = frozenset()
    client: str = ""
    roles: frozenset[str] = frozenset()
    delegated: bool = False
    page_most: int = 999

    @property
    def root(self) -> str:
        """`https://host/v1.0`."""
        return f"{self.base}/{self.version}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON body (None: no body) and the headers that are particular to this answer."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class GraphError(Exception):
    """A refusal, as Graph words it."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        details: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.details = tuple(details)


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    """400."""
    return GraphError(400, code, message)


def not_found(key: str) -> GraphError:
    """404, for an object that is not there."""
    return GraphError(
        404,
        "Request_ResourceNotFound",
        f"Resource '{key}' does not exist or one of its queried reference-property objects are not present.",
    )


def read_target(target: str) -> tuple[tuple[str, ...], str, dict[str, str]]:
    """A path with query into decoded segments, the raw query, and its options. Options given twice are refused."""
    path, _, query = target.partition("?")
    segments = tuple(unquote(segment) for segment in path.strip("/").split("/"))
    options: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in options:
            raise bad_request(
                f"Query option '{name}' was specified more than once, but it must be specified at most once."
            )
        options[name] = value
    return segments, query, options
