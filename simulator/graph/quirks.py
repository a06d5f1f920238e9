"""Ways in which Graph was reported to answer, beside those that its documentation shows. Each can be had by order."""

from dataclasses import replace
from typing import Any

from simulator.graph.call import Answer, Call, GraphError

CONFLICT, NOT_FOUND, NEXT_LINK, NO_OPTION, FULL_FOLDER = (
    "conflicting-object",
    "object-not-found-code",
    "next-link-form",
    "no-team-option",
    "full-folder",
)
QUIRKS = frozenset({CONFLICT, NOT_FOUND, NEXT_LINK, NO_OPTION, FULL_FOLDER})
"""Who is added twice conflicts; a missing object has the directory's other code; the next page is at our host written
with its root dot; groups know of no team; the lists of a school lie behind 230 other files.
"""

_CONFLICTS = "A conflicting object with one or more of the specified property values is present in the directory."


def worded(error: GraphError, quirks: set[str]) -> GraphError:
    """The refusal as these quirks word it."""
    if CONFLICT in quirks and "added object references already exist" in error.message:
        return GraphError(error.status, error.code, _CONFLICTS, error.headers)
    if NOT_FOUND in quirks and error.code == "Request_ResourceNotFound":
        return GraphError(error.status, "Directory_ObjectNotFound", error.message, error.headers)
    return error


def shown(answer: Answer, call: Call, quirks: set[str]) -> Answer:
    """The answer as these quirks show it."""
    body: Any = answer.body
    if not isinstance(body, dict) or not quirks:
        return answer
    if NEXT_LINK in quirks and "@odata.nextLink" in body:
        host, _, port = call.base.removeprefix("https://").partition(":")
        dotted = body["@odata.nextLink"].replace(call.base, f"HTTPS://{host}.:{port}", 1)
        body = {**body, "@odata.nextLink": dotted}
    if NO_OPTION in quirks and isinstance(body.get("value"), list):
        emptied = [
            {**one, "resourceProvisioningOptions": []} if "resourceProvisioningOptions" in one else one
            for one in body["value"]
        ]
        body = {**body, "value": emptied}
    return replace(answer, body=body)
