"""Which HTTP requests are let in: token first, then size and form of the body, then channel and address."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.teams.bodies import BodyRefused, check_headers, read_body
from bot.teams.deliveries import AnotherActivity
from bot.teams.keys import KeysUnavailable
from bot.teams.options import TeamsOptions
from bot.teams.parties import BadActivity, Envelope, IdentityMissing, read_envelope
from bot.teams.service_urls import ServiceUrlRefused
from bot.teams.strict_json import BadJson, read_object
from bot.teams.tokens import TokenRefused, TokenRules, VerifiedToken

REFUSALS = (
    TokenRefused,
    KeysUnavailable,
    BodyRefused,
    BadJson,
    BadActivity,
    IdentityMissing,
    ServiceUrlRefused,
    AnotherActivity,
)
"""What `refusal` has an answer for."""

_DEVELOPMENT_CHANNELS = frozenset({"msteams", "emulator"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that was let in. `from_teams`: it carried a valid token (False on a developer's machine only)."""

    activity: Mapping[str, object] = field(repr=False)
    envelope: Envelope
    from_teams: bool


class Admission:
    """Judges requests. The body is not read before the token was judged."""

    def __init__(self, options: TeamsOptions, tokens: TokenRules) -> None:
        self._options = options
        self._tokens = tokens

    async def admit(self, request: web.Request) -> Admitted:
        """The activity in this request. Errors: those of `REFUSALS`."""
        token: VerifiedToken | None = None
        if self._options.authenticates:
            headers = request.headers.getall("Authorization", [])
            token = await self._tokens.verify(headers[0] if len(headers) == 1 else None)
        check_headers(request)
        activity = read_object(await read_body(request))
        envelope = read_envelope(activity)
        if token is not None:
            token.covers(envelope.service_url, envelope.channel_id)
        elif envelope.channel_id not in _DEVELOPMENT_CHANNELS:
            raise TokenRefused(403, "another channel")
        self._options.check_service_url(envelope.service_url)
        return Admitted(activity, envelope, from_teams=token is not None)


def refusal(error: Exception) -> web.Response:
    """The HTTP answer to one of `REFUSALS`, without detail; the log says why."""
    match error:
        case KeysUnavailable():
            return web.Response(status=503, headers={"Retry-After": "5"})
        case TokenRefused(status=401):
            _log.warning("request refused with 401: %s", error)
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        case IdentityMissing() | ServiceUrlRefused() | TokenRefused(status=403):
            _log.warning("request refused with 403: %s", error)
            return web.Response(status=403)
        case TokenRefused(status=status) | BodyRefused(status=status):
            pass
        case BadJson() | BadActivity():
            status = 400
        case AnotherActivity():
            status = 409
        case _:
            raise error
    _log.warning("request refused with %d: %s", status, error)
    return web.Response(status=status)
