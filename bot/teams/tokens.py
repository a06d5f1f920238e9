"""The token that the channel sends with every request: what must be in it before the request's body is read.

The rules are "Connector to Bot" of
learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, without the gaps of
botbuilder 4.17.1: `exp` and `serviceurl` must be there, and tokens that Entra issues to the Emulator or to skills are
refused. A token authenticates Microsoft, it does not sign the body.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import jwt
from jwt.types import Options

from bot.teams.keys import SigningKeys
from bot.teams.options import TeamsOptions
from bot.teams.service_urls import ServiceUrlRefused

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
LEEWAY = 300
"""Seconds by which the clocks of channel and bot may differ."""

_ALGORITHM = "RS256"
_SIGNATURE_ONLY: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


class TokenRefused(Exception):
    """The request is not the channel's. `status` is the HTTP answer; the message is for the log only."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """A valid token: the service URL in it, and the channels that its key may sign for."""

    service_url: str = field(repr=False)
    endorsements: frozenset[str]

    def covers(self, service_url: str, channel_id: str) -> None:
        """Raises TokenRefused unless the token is for this service URL and channel."""
        if service_url != self.service_url:
            raise TokenRefused(401, "serviceUrl is not the token's")
        if channel_id != CHANNEL:
            raise TokenRefused(403, "another channel")
        if channel_id not in self.endorsements:
            raise TokenRefused(403, "the key does not sign for this channel")


class WallClock(Protocol):
    """The machine's clock as it stands, and not the bot's own time, which may be ahead for days (docs/adr/0093)."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...


class TokenRules:
    """Checks Authorization headers."""

    def __init__(self, options: TeamsOptions, keys: SigningKeys, clock: WallClock) -> None:
        self._options = options
        self._keys = keys
        self._clock = clock

    async def verify(self, authorization: str | None) -> VerifiedToken:
        """The token of this header. Errors: TokenRefused; KeysUnavailable when no keys could be read so far."""
        token = _bearer(authorization)
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise TokenRefused(401, "not a token") from error
        key_id = header.get("kid")
        if header.get("alg") != _ALGORITHM or not isinstance(key_id, str):
            raise TokenRefused(401, "algorithm or key id")
        key = await self._keys.find(key_id)
        if key is None:
            raise TokenRefused(401, "unknown key")
        try:
            claims = jwt.decode(token, key.public_key, algorithms=[_ALGORITHM], options=_SIGNATURE_ONLY)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise TokenRefused(401, "signature") from error
        return VerifiedToken(self._judged(claims), key.endorsements)

    def _judged(self, claims: Mapping[str, object]) -> str:
        if claims.get("iss") != ISSUER:
            raise TokenRefused(401, "issuer")
        audience, ours = claims.get("aud"), self._options.app_id.lower()
        if not ours or not isinstance(audience, str) or audience.lower() != ours:
            raise TokenRefused(401, "audience")
        now = self._clock.now().timestamp()
        if now >= _seconds(claims, "exp") + LEEWAY:
            raise TokenRefused(401, "expired")
        if "nbf" in claims and now < _seconds(claims, "nbf") - LEEWAY:
            raise TokenRefused(401, "not valid yet")
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str):
            raise TokenRefused(401, "serviceurl is missing")
        try:
            self._options.check_service_url(service_url)
        except ServiceUrlRefused as error:
            raise TokenRefused(403, f"serviceurl: {error}") from error
        return service_url


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token or " " in token or not token.isascii():
        raise TokenRefused(401, "no token")
    return token


def _seconds(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TokenRefused(401, f"{name} is missing or not a time")
    if not 0 <= value < 1e11:  # also refuses NaN and infinity
        raise TokenRefused(401, f"{name} is not a time")
    return float(value)
