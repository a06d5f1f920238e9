"""The forms in which an error's body was documented or reported, beside the one of Graph's reference."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from simulator.graph.dialect import ANY, DOCUMENTED, FORMS
from simulator.graph.errors import HTML

Body = dict[str, Any]

_FROM_A_GATEWAY = frozenset({"html", "message"})
_SILENT = frozenset({"empty"})


def formed(status: int, body: Body, form: str, dice: Random, *, in_batch: bool = False) -> tuple[Any, str | None]:
    """The body in this form (`any`: one by the dice) as JSON, or as text that is none. What tells somebody what to do
    (400, 403, 404, 409 …) always has its code; a gateway's page and an empty body are for the rest.
    """
    possible = _possible(status, in_batch=in_batch)
    chosen = dice.choice((DOCUMENTED, *possible)) if form == ANY else form
    if chosen not in possible:
        return body, None
    if chosen == "html":
        return None, HTML
    if chosen == "empty":
        return None, None if in_batch else ""
    return _WRITTEN[chosen](body["error"]), None


def _possible(status: int, *, in_batch: bool) -> tuple[str, ...]:
    """Inside a batch every body is JSON, or missing."""
    left_out = frozenset[str]()
    if status < 500:
        left_out |= _FROM_A_GATEWAY
    if status < 500 and status not in {401, 429}:
        left_out |= _SILENT
    if in_batch:
        left_out |= {"html"}
    return tuple(form for form in FORMS if form not in left_out)


def _inner(error: Mapping[str, Any]) -> Body:
    found: Body = error.get("innerError", {})
    return found


def _rest(error: Mapping[str, Any]) -> Body:
    return {name: value for name, value in error.items() if name != "innerError"}


_WRITTEN: Mapping[str, Callable[[Mapping[str, Any]], Body]] = {
    # learn.microsoft.com/graph/errors spells it both ways.
    "spelled": lambda error: {"error": {**_rest(error), "innererror": _inner(error)}},
    "short": lambda error: {"error": _rest(error)},
    "nested": lambda error: {"error": {**_rest(error), "innerError": {"code": error["code"], **_inner(error)}}},
    "detailed": lambda error: {"error": {**error, "details": error.get("details", []), "target": None}},
    # The directory's older service, behind some of Graph.
    "odata": lambda error: {
        "odata.error": {
            "code": error["code"],
            "message": {"lang": "en", "value": error["message"]},
            "requestId": _inner(error).get("request-id", ""),
        }
    },
    # SharePoint's and OData 2's.
    "v2": lambda error: {
        "error": {"code": error["code"], "message": {"lang": "en-US", "value": error["message"]}},
    },
    "bare": lambda error: {"code": error["code"], "message": error["message"]},
    "message": lambda error: {"Message": error["message"]},
}
