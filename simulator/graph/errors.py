"""Error bodies and the headers every answer carries, as Graph writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"

WORDS = {
    400: ("BadRequest", "The request is invalid."),
    401: ("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
    403: ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    404: ("Request_ResourceNotFound", "Resource does not exist."),
    408: ("RequestTimeout", "The request has timed out."),
    409: (
        "Directory_ConcurrencyViolation",
        "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
    ),
    412: ("PreconditionFailed", "The precondition given does not match."),
    423: ("resourceLocked", "The resource is locked."),
    429: ("TooManyRequests", "Too many requests. Please try again later."),
    500: ("InternalServerError", "An internal server error occurred."),
    502: ("UnknownError", "Bad gateway."),
    503: ("ServiceUnavailable", "The service is temporarily unavailable."),
    504: ("UnknownError", "Gateway timeout."),
}
REPORTED = {
    "concurrent": WORDS[409],
    "unread": ("Directory_ObjectNotFound", "Unable to read the company information from the directory."),
}
"""Refusals that pass by themselves, as they were reported: with a status of their own, or 400."""
HTML = (
    "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """The ids of one request. `client_request_id` is the caller's, or ours where the caller sent none."""

    request_id: str
    client_request_id: str

    @classmethod
    def start(cls, dice: Random, headers: Mapping[str, str]) -> "Trace":
        """Ids for a request with these headers (lower-case names)."""
        request_id = str(UUID(int=dice.getrandbits(128), version=4))
        return cls(request_id, headers.get("client-request-id") or request_id)

    def headers(self) -> dict[str, str]:
        """What every answer carries."""
        return {
            "request-id": self.request_id,
            "client-request-id": self.client_request_id,
            "x-ms-ags-diagnostic": '{"ServerInfo":{"DataCenter":"Simulator","Slice":"E","Ring":"0"}}',
            "Cache-Control": "no-cache",
        }

    def error(self, code: str, message: str, details: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
        """An error body; without details the word itself is missing."""
        return {
            "error": {
                "code": code,
                "message": message,
                **({"details": [dict(detail) for detail in details]} if details else {}),
                "innerError": {
                    "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                    "request-id": self.request_id,
                    "client-request-id": self.client_request_id,
                },
            }
        }
