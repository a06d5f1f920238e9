"""What the tenant's dialect refuses before an operation and withholds after it, whatever the operation."""

import re
from dataclasses import replace
from typing import Any

from simulator.graph.call import Answer, Call, GraphError, bad_request, not_found
from simulator.graph.dialect import DATED, NO_TERM, REFUSED, SHOWN, UNDATED, Dialect
from simulator.graph.entities.user import SIGN_IN_ACTIVITY
from simulator.graph.odata.select import parse_expand

HIDDEN, SIGN_INS = "Member.Read.Hidden", "AuditLog.Read.All"
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_PLACE = ("city", "state", "countryOrRegion")


def check(call: Call, dialect: Dialect) -> None:
    """Errors: GraphError for what this tenant does not take."""
    asks_sign_ins = SIGN_IN_ACTIVITY in call.options.get("$select", "").split(",")
    if asks_sign_ins and SIGN_INS not in call.permissions:
        raise GraphError(
            403,
            "Authentication_MSGraphPermissionMissing",
            f"Calling principal does not have required MSGraph permissions {SIGN_INS}",
        )
    if dialect.sign_ins_of_users_alone and asks_sign_ins and _is_of_members(call):
        raise bad_request("Could not find a property named 'signInActivity' on 'microsoft.graph.directoryObject'.")
    if dialect.members == REFUSED and _asks_members(call):
        raise GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    if call.segments[0] != "education":
        return
    if "$expand" in call.options:
        _check_expand(call, dialect)
    if dialect.or_refused and re.search(r"\bor\b", _QUOTED.sub("", call.options.get("$filter", "")), re.IGNORECASE):
        raise bad_request("Unsupported or invalid query filter clause: 'or'.", "Request_UnsupportedQuery")
    if dialect.upn_refused and call.segments[1] == "users" and "@" in "".join(call.segments[2:3]):
        raise not_found(call.segments[2])


def _check_expand(call: Call, dialect: Dialect) -> None:
    if not dialect.expansions:
        raise bad_request("The query specified in the URI is not valid. Query option '$expand' is not allowed here.")
    if len(parse_expand(call.options["$expand"])) > dialect.expansions:
        raise bad_request("Only one relationship can be expanded in a single request.", "Request_UnsupportedQuery")


def _asks_members(call: Call) -> bool:
    """Whether the members of classes, or of their groups, are asked for by somebody from whom they are hidden."""
    if HIDDEN in call.permissions or call.method != "GET":
        return False
    if call.segments[0] == "groups":
        return call.segments[2:] == ("members",)
    if call.segments[:2] != ("education", "classes"):
        return False
    return call.segments[3:] == ("members",) or "members" in _expanded(call)


def _is_of_members(call: Call) -> bool:
    return call.segments[-1] == "members" and call.segments[0] in {"groups", "directory"}


def _expanded(call: Call) -> list[str]:
    return [item.name for item in parse_expand(call.options["$expand"])] if "$expand" in call.options else []


def withheld(answer: Answer, call: Call, dialect: Dialect, year: int) -> Answer:
    """The answer without what this tenant does not show, in the school year that began in `year`."""
    body: Any = answer.body
    if not isinstance(body, dict):
        return answer
    if dialect.members != SHOWN and _asks_members(call):
        body = _without_members(body, whole=call.segments[-1] == "members")
    listed = body.get("value")
    for name in _expanded(call):
        for one in listed if isinstance(listed, list) else (body,):
            if isinstance(one.get(name), list):
                one[name] = one[name][: dialect.expanded_items]
    if call.segments[0] == "education":
        body = _without(body, dialect, year)
    return replace(answer, body=body)


def _without_members(body: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    if whole:
        return {name: value for name, value in body.items() if name != "@odata.nextLink"} | {"value": []}
    listed = body.get("value")
    for one in listed if isinstance(listed, list) else (body,):
        one["members"] = []
    return body


def _without(value: Any, dialect: Dialect, year: int) -> Any:
    """The same JSON, at every depth without grades, places and terms that are not filled."""
    if isinstance(value, list):
        return [_without(each, dialect, year) for each in value]
    if not isinstance(value, dict):
        return value
    shown = {name: _without(each, dialect, year) for name, each in value.items()}
    if dialect.without_grade and isinstance(student := shown.get("student"), dict) and "grade" in student:
        shown["student"] = {**student, "grade": None}
    if dialect.without_address and isinstance(address := shown.get("address"), dict):
        shown["address"] = {**address, **{name: None for name in _PLACE if name in address}}
    if isinstance(term := shown.get("term"), dict) and term["externalId"] == str(year):
        shown["term"] = _term(term, dialect.terms)
    return shown


def _term(term: dict[str, Any], terms: str) -> dict[str, Any] | None:
    """The term of a class of the present year."""
    if terms in {DATED, NO_TERM}:
        return term if terms == DATED else None
    return {
        **term,
        **({"startDate": "1900-01-01", "endDate": "9999-12-31"} if terms == UNDATED else {"endDate": None}),
    }
