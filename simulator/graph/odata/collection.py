"""Answers that are one object or a page of many."""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote

from simulator.graph.call import Answer, Call, GraphError, bad_request
from simulator.graph.odata.entity import Entity, read_shape
from simulator.graph.odata.filter import Condition, Filterable, compile_filter
from simulator.store.tenant import Row, Source, Tenant

DEFAULT_PAGE, LARGEST_PAGE = 100, 999
_OBJECT_OPTIONS = frozenset({"$select", "$expand"})
_LIST_OPTIONS = _OBJECT_OPTIONS | {"$filter", "$top", "$count", "$skiptoken"}


def answer_object(call: Call, tenant: Tenant, entity: Entity, row: Row, context: str) -> Answer:
    """One object. `context` is its place in the metadata (`education/users`)."""
    _check_options(call, _OBJECT_OPTIONS)
    shape = read_shape(call, entity)
    place = f"{call.root}/$metadata#{context}{shape.columns}/$entity"
    return Answer(body={"@odata.context": place, **shape.render(tenant, row)})


def answer_page(
    call: Call,
    tenant: Tenant,
    entity: Entity,
    source: Source,
    context: str,
    *,
    filterable: Mapping[str, Filterable] | None = None,
) -> Answer:
    """A page of a list with `@odata.nextLink` while there is more. `filterable` None: the entity's own."""
    _check_options(call, _LIST_OPTIONS)
    shape = read_shape(call, entity)
    size = _page_size(call)
    condition = Condition()
    if "$filter" in call.options:
        allowed = entity.filterable if filterable is None else filterable
        condition = compile_filter(call.options["$filter"], entity.name, allowed, entity.known)
    after = _read_token(call) if "$skiptoken" in call.options else -1
    rows = tenant.rows(source, condition.sql, condition.values, after=after, limit=size + 1)
    body: dict[str, object] = {"@odata.context": f"{call.root}/$metadata#{context}{shape.columns}"}
    if _wants_count(call):
        body["@odata.count"] = tenant.count(source, condition.sql, condition.values)
    if len(rows) > size:
        body["@odata.nextLink"] = _next_link(call, rows[size - 1]["n"])
    body["value"] = [shape.render(tenant, row) for row in rows[:size]]
    return Answer(body=body)


def _check_options(call: Call, allowed: frozenset[str]) -> None:
    for name in call.options:
        if name.startswith("$") and name not in allowed:
            raise bad_request(
                f"The query specified in the URI is not valid. Query option '{name}' is not allowed here."
            )


def _page_size(call: Call) -> int:
    text = call.options.get("$top", str(DEFAULT_PAGE))
    if not text.isascii() or not text.isdigit():
        raise bad_request(f"Invalid value '{text}' for $top query option found: it requires a non-negative integer.")
    if not 1 <= int(text) <= LARGEST_PAGE:
        raise bad_request(
            f"Invalid page size specified: '{text}'. Must be between 1 and {LARGEST_PAGE} inclusive.",
            "Request_UnsupportedQuery",
        )
    return min(int(text), call.page_most)


def _wants_count(call: Call) -> bool:
    text = call.options.get("$count", "false").lower()
    if text not in {"true", "false"}:
        raise bad_request(f"Invalid value '{text}' for $count query option found.")
    return text == "true"


def _next_link(call: Call, last: int) -> str:
    payload = json.dumps([last, _mark(call, last)]).encode()
    token = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    options = {name: value for name, value in call.options.items() if name != "$skiptoken"}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in {**options, "$skiptoken": token}.items())
    path = "/".join(quote(segment, safe="@") for segment in call.segments)
    return f"{call.root}/{path}?{query}"


def _read_token(call: Call) -> int:
    token = call.options["$skiptoken"]
    try:
        last, mark = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise _expired() from error
    if not isinstance(last, int) or not isinstance(mark, str) or not hmac.compare_digest(mark, _mark(call, last)):
        raise _expired()
    return last


def _mark(call: Call, last: int) -> str:
    # A token belongs to its query: with another path or filter it is refused, as Graph's are.
    query = "/".join(call.segments) + "?" + call.options.get("$filter", "")
    return hmac.new(b"skiptoken", f"{last}:{query}".encode(), "sha256").hexdigest()[:16]


def _expired() -> GraphError:
    return bad_request(
        "The specified page token value has expired and can no longer be included in your request.",
        "Directory_ExpiredPageToken",
    )
