"""The form of a $batch: at most twenty items, ids unique, dependencies known and in one of Graph's patterns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from simulator.graph.call import GraphError, bad_request

LARGEST = 20
_METHODS = {"GET", "POST", "PATCH", "PUT", "DELETE"}
_CHANGES = re.compile(r"/?(?:education/classes|groups)/([^/]+)/")
_WITH_BODY = {"POST", "PATCH", "PUT"}


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One request of a batch. `url` is relative to the version; header names are lower-case."""

    id: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: Any
    depends_on: tuple[str, ...]


def read_batch(body: Any) -> tuple[BatchItem, ...]:
    """The items, each after those it depends on. Errors: GraphError 400 for the whole batch."""
    requests = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(requests, list) or not requests:
        raise bad_request("Invalid batch payload format.")
    if len(requests) > LARGEST:
        raise GraphError(
            400, "MaximumValueExceeded", f"Number of batch request steps exceeds the maximum value of {LARGEST}."
        )
    items = [_read_item(request) for request in requests]
    ids = {item.id for item in items}
    if len(ids) < len(items):
        raise bad_request("Request Id has to be unique in a batch.")
    for item in items:
        if not set(item.depends_on) <= ids - {item.id}:
            raise bad_request(
                f"Write request id : {item.id} does contain dependsOn property with invalid request id."
            )
    _check_pattern(items)
    return tuple(_in_order(items))


def at_once(items: Sequence[BatchItem]) -> frozenset[str]:
    """Ids of the items that change a group which an item before them changes, too, without waiting for it: they run
    at the same time.
    """
    changed: dict[str, str] = {}
    late: set[str] = set()
    for item in items:
        group = _CHANGES.match(item.url) if item.method != "GET" else None
        if group is not None and changed.setdefault(group[1].lower(), item.id) != item.id and not item.depends_on:
            late.add(item.id)
    return frozenset(late)


def _read_item(request: Any) -> BatchItem:
    if not isinstance(request, dict):
        raise bad_request("Invalid batch payload format.")
    name, method, url = request.get("id"), request.get("method"), request.get("url")
    if not isinstance(name, str) or not isinstance(url, str) or not url or not isinstance(method, str):
        raise bad_request("Invalid batch payload format.")
    if method.upper() not in _METHODS or "://" in url or url.strip("/").startswith("$batch"):
        raise bad_request(f"Request id : {name} does have a method or url that is not supported in a batch.")
    raw_headers = request.get("headers") or {}
    depends_on = request.get("dependsOn") or []
    if not isinstance(raw_headers, dict) or not isinstance(depends_on, list):
        raise bad_request("Invalid batch payload format.")
    headers = {str(key).lower(): str(value) for key, value in raw_headers.items()}
    if method.upper() in _WITH_BODY and "body" in request and "content-type" not in headers:
        raise bad_request(f"Write request id : {name} does not contain Content-Type header or body.")
    return BatchItem(name, method.upper(), url, headers, request.get("body"), tuple(map(str, depends_on)))


def _check_pattern(items: list[BatchItem]) -> None:
    # learn.microsoft.com/graph/json-batching: parallel (none), serial (each on the one before), or the same for all
    # that have any.
    dependent = [item for item in items if item.depends_on]
    serial = all(item.depends_on == (before.id,) for before, item in pairwise(items))
    same = len({frozenset(item.depends_on) for item in dependent}) <= 1
    if dependent and not (serial and not items[0].depends_on) and not same:
        raise bad_request("The dependency pattern of the batch is not supported.")


def _in_order(items: list[BatchItem]) -> list[BatchItem]:
    ordered: list[BatchItem] = []
    waiting = list(items)
    while waiting:
        done = {item.id for item in ordered}
        ready = [item for item in waiting if set(item.depends_on) <= done]
        if not ready:
            raise bad_request("The dependencies of the batch form a circle.")
        ordered += ready
        waiting = [item for item in waiting if item not in ready]
    return ordered
