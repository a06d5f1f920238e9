"""The port `AccountWriter` over Microsoft Graph, with the writer identity: the only module that changes an account.

Its transport has the writer's own options and tokens. Whether something is repeated the task engine decides, which
knows that a repeat carries the same password.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.core.clock import MachineClock
from bot.core.errors import AccountMissing, PasswordRefused
from bot.core.passwords.secret import Secret
from bot.graph.calls_accounts import WriteCalls
from bot.graph.describing import warm
from bot.graph.failures import date_in, error_code, error_message, error_of, request_id
from bot.graph.identities import is_object_id
from bot.graph.missing import END_SESSIONS, SET_PASSWORD, refusal
from bot.graph.role_scopes import RoleScopes
from bot.graph.transport import GraphTransport

MOST_SKEW = timedelta(hours=1)
"""A `Date` further from the machine's clock than this was not written by the directory."""
_MOST_DETAILS = 20
_WEAK = ("polic", "complex", "requirement", "banned", "weak", "too short", "too long", "previously", "history")


class GraphWriter:
    """Each call is at most one write on the wire."""

    def __init__(self, transport: GraphTransport, clock: MachineClock, scopes: RoleScopes | None = None) -> None:
        """Without `scopes` it cannot be told where the writer's directory roles hold."""
        self._transport = transport
        self._scopes = scopes
        self._clock = clock
        self._calls = WriteCalls()
        self._works = False

    async def set_password(self, person_id: str, password: Secret, *, many: bool) -> datetime:
        """See `AccountWriter`. Errors: also ValueError, without its text, for what no password can be."""
        if not is_object_id(person_id):
            raise AccountMissing("no-object-id")
        await warm()
        answer = await self._transport.send_once(
            self._calls.set_password(person_id, password, "low" if many else "high")
        )
        # 204 is what the documentation promises; a 200 with the account is what its description of the API allows.
        if answer.status == 204 or (answer.status == 200 and isinstance(answer.body, Mapping | None)):
            self._works = True
            return self._moment(answer.headers)
        if answer.status == 400 and _is_about_password(answer.body):
            raise PasswordRefused(error_code(answer.body) or "HTTP400", request_id(answer.headers, answer.body))
        outside = None if self._scopes is None else partial(self._scopes.outside, person_id)
        raise await refusal(self._transport, SET_PASSWORD, answer, works=self._works, outside=outside)

    async def revoke_sessions(self, person_id: str) -> None:
        """See `AccountWriter`."""
        if not is_object_id(person_id):
            raise AccountMissing("no-object-id")
        await warm()
        answer = await self._transport.send_once(self._calls.revoke_sessions(person_id))
        done = isinstance(answer.body, Mapping) and answer.body.get("value") is True
        if answer.status == 204 or (answer.status == 200 and done):  # the documentation knows both
            return
        raise await refusal(self._transport, END_SESSIONS, answer)

    def _moment(self, headers: Mapping[str, str]) -> datetime:
        """When the directory did it, by its own clock where readable: it is compared with the directory's times."""
        ours, told = self._clock.now(), date_in(headers)
        return told if told is not None and abs(told - ours) <= MOST_SKEW else ours


def _is_about_password(body: object) -> bool:
    """Whether a refusal is about the password itself, for which Graph has no one documented code: a code or target
    that names a password, or a sentence about what a password must be. Nothing of it is kept.
    """
    error = error_of(body)
    parts = [
        {**error, "message": error_message(body)},
        error.get("innerError", error.get("innererror")),
        *_details(error),
    ]
    return any(_names_password(part) for part in parts if isinstance(part, Mapping))


def _details(error: Mapping[str, object]) -> Iterator[object]:
    details = error.get("details")
    if isinstance(details, list):
        yield from details[:_MOST_DETAILS]


def _names_password(part: Mapping[object, object]) -> bool:
    code, target, message = (_lower(part.get(name)) for name in ("code", "target", "message"))
    told = "password" in message and any(word in message for word in _WEAK)
    return "password" in code or "password" in target or told or "passwordpolicy" in message


def _lower(value: object) -> str:
    return value[:500].lower() if isinstance(value, str) else ""
