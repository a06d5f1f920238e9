"""JSON over HTTPS to Microsoft Graph and to Azure Resource Manager, as an administrator."""

import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

_TRIES = 5
_LONGEST_WAIT = 60.0
_TIMEOUT = 60.0
"""Seconds for one request."""
_UNSURE = frozenset({0, 500, 502, 503, 504})
"""Nobody knows whether it was done: what may be done twice is asked again."""


class Refused(Exception):
    """An answer that is no success, or none at all (status 0). Its text names the request and never its content."""

    def __init__(self, method: str, path: str, status: int, code: str, message: str) -> None:
        super().__init__(f"{method} {path} → {status or 'no answer'} {code}: {message}".rstrip(": "))
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Service:
    """One API. `base` is `https://host` with a path before every other, `token` gives a bearer token, `sleep` waits
    seconds.
    """

    base: str
    token: Callable[[], str] = field(repr=False)
    sleep: Callable[[float], None]
    trust: ssl.SSLContext

    def get(self, path: str) -> dict[str, Any] | None:
        """An object, None where there is none (404). Errors: Refused."""
        try:
            return self._ask("GET", path, None, {})
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def listed(self, path: str) -> list[dict[str, Any]]:
        """A collection with all its pages. Errors: Refused."""
        found: list[dict[str, Any]] = []
        while path:
            page = self._ask("GET", path, None, {})
            found += page["value"]
            path = str(page.get("@odata.nextLink", "")).removeprefix(self.base)
        return found

    def send(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """A change. Errors: Refused."""
        return self._ask(method, path, body, headers or {})

    def _ask(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> dict[str, Any]:
        status, answered, wait = self._once(method, path, body, headers)
        for tried in range(1, _TRIES):
            if status != 429 and (status not in _UNSURE or method == "POST"):
                break
            self.sleep(min(wait or 2.0**tried, _LONGEST_WAIT))
            status, answered, wait = self._once(method, path, body, headers)
        if 200 <= status < 300:
            return answered
        error = answered.get("error")
        told: Mapping[str, Any] = error if isinstance(error, dict) else {}
        raise Refused(method, path.partition("?")[0], status, str(told.get("code", "")), str(told.get("message", "")))

    def _once(
        self, method: str, path: str, body: Any, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any], float]:
        where = urlsplit(self.base + path)
        connection = http.client.HTTPSConnection(where.netloc, timeout=_TIMEOUT, context=self.trust)
        sent = {"Authorization": f"Bearer {self.token()}", "Accept": "application/json", **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        target = quote(where.path, safe="/(),='@:!$") + (
            f"?{quote(where.query, safe='=&$,%')}" if where.query else ""
        )
        try:
            connection.request(method, target, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            text = answer.read()
            status, wait = answer.status, answer.headers.get("Retry-After", "")
        except (OSError, http.client.HTTPException) as error:
            return 0, _error(type(error).__name__, "the service was not reached"), 0.0
        finally:
            connection.close()
        told = _object(text)
        if told is None:  # half an answer, or a page of a machine in between
            success = 200 <= status < 300
            return (0 if success else status), _error("NotJson", "the answer is not JSON"), 0.0
        return status, told, float(wait) if wait.isdigit() else 0.0


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def _object(text: bytes) -> dict[str, Any] | None:
    """The JSON object of an answer, {} for none, None for anything else."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
