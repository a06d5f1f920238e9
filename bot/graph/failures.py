"""What Graph answers when it does not answer, as one of the core's errors. Judged by `error.code`, by message only
where one code stands for two things.

Codes: learn.microsoft.com/graph/errors. Nothing from an answer is repeated but a code and a request id, and those
only in the form Microsoft gives them: an answer that carries personal data in its code is not quoted.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)

RETRYABLE = frozenset({429, 502, 503, 504})
_REFUSED_FORM = 400
"""What a service says to a query option it does not know. Not its words: they come in ten forms, some without any."""
DEFAULT_RETRY_AFTER = 10.0
MOST_RETRY_AFTER = 3600.0
_LONGEST_MESSAGE = 500

_BUSY = frozenset({"429", "toomanyrequests", "activitylimitreached", "request_throttledtemporarily", "throttled"})
_FORBIDDEN = frozenset(
    {
        "invalidauthenticationtoken",
        "authorization_requestdenied",
        "authorization_identitynotfound",
        "authorization_identitydisabled",
        "accessdenied",
        "forbidden",
        "unauthenticated",
        "unauthorized",
        "unauthorizedaccessexception",
    }
)
_NOT_FOUND = frozenset(
    {
        "request_resourcenotfound",
        "directory_objectnotfound",
        "resourcenotfound",
        "objectnotfound",
        "itemnotfound",
        "erroritemnotfound",
        "notfound",
    }
)
"""The directory's own codes (learn.microsoft.com, "Error codes and error handling": both forms), Teams', OneDrive's
and Exchange's.
"""
_CONCURRENT = "directory_concurrencyviolation"
_PASSING = ("concurrent requests being made to the tenant", "unable to read the company information")
"""Two changed something at once, and a directory that does not find itself: not done, and taken a little later. Both
were reported with 400 as well as with their own status, the first also as a general `Request_BadRequest`, the second
with the code of an object that is not there.
"""
_CODE = re.compile(r"[A-Za-z][A-Za-z_.-]{0,79}|429")
_REQUEST_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def error_of(body: object) -> Mapping[str, object]:
    """The error of an answer: Graph's (learn.microsoft.com/graph/errors), the older directory service's
    (`odata.error`), or bare. Empty where there is none.
    """
    if not isinstance(body, Mapping):
        return {}
    for error in (body.get("error"), body.get("odata.error"), body):
        if isinstance(error, Mapping) and "code" in error:
            return error
    return {}


def error_code(body: object) -> str:
    """The `code` of an answer's error, empty when there is none of the form Microsoft uses."""
    code = error_of(body).get("code")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def error_message(body: object) -> str:
    """The sentence of an answer, in small letters, to be looked into and never repeated."""
    message = error_of(body).get("message")
    if isinstance(message, Mapping) and "lang" in message:  # as OData 2 has it
        message = message.get("value")
    return message[:_LONGEST_MESSAGE].lower() if isinstance(message, str) else ""


def request_id(headers: Mapping[str, str], body: object = None) -> str:
    """Graph's id of the request, from the headers or (in a batch) from the error itself."""
    for candidate in (headers.get("request-id"), _inner_request_id(body)):
        if isinstance(candidate, str) and _REQUEST_ID.fullmatch(candidate):
            return candidate
    return ""


def _inner_request_id(body: object) -> object:
    error = error_of(body)
    inner = error.get("innerError", error.get("innererror"))  # the documentation spells it both ways
    return inner.get("request-id") if isinstance(inner, Mapping) else error.get("requestId")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from `Retry-After`: a number, or an HTTP date measured from the answer's own `Date`. None: unknown."""
    value = headers.get("Retry-After")
    if not isinstance(value, str):
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(headers["Date"])).total_seconds()
    except (KeyError, TypeError, ValueError):
        return None
    return max(0.0, seconds)


def date_in(headers: Mapping[str, str]) -> datetime | None:
    """What the other side's clock said as it answered, in UTC; None where that cannot be read."""
    try:
        told = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def is_not_found(status: int, body: object) -> bool:
    """Whether a single object is not there. A 404 that Graph itself did not word (a proxy's page) says nothing."""
    return status == 404 and error_code(body).lower() in _NOT_FOUND and not is_passing(status, body)


def is_passing(status: int, body: object) -> bool:
    """Whether what was refused would be taken a little later, and concerns nobody else: see `_PASSING`."""
    if status not in {400, 404, 409}:
        return False
    message = error_message(body)
    return error_code(body).lower() == _CONCURRENT or any(sentence in message for sentence in _PASSING)


def failure(status: int, headers: Mapping[str, str], body: object) -> DirectoryError:
    """The core's error for an answer that is no success."""
    code = error_code(body)
    known = code.lower()
    quoted = code or f"HTTP{status}"
    identifier = request_id(headers, body)
    if status == 429 or known in _BUSY or is_passing(status, body):
        wait = retry_after(headers)
        return busy(DEFAULT_RETRY_AFTER if wait is None else wait, quoted, identifier)
    if status in {401, 403} or known in _FORBIDDEN:
        return DirectoryForbidden(quoted, identifier)
    if status >= 500 or status == 408 or known == "unknownerror":
        return DirectoryUnavailable(quoted, identifier)
    return DirectoryMisunderstood(quoted, identifier, refused=status == _REFUSED_FORM)


def busy(seconds: float, code: str, identifier: str = "", *, everybody: bool = False) -> DirectoryBusy:
    """Throttled; the wait is kept within reason whatever the server says."""
    return DirectoryBusy(min(max(1.0, seconds), MOST_RETRY_AFTER), code, identifier, everybody=everybody)
