"""The bot's access token for the connector: MSAL in a thread, one request at a time, cached until it expires soon."""

import asyncio
import functools
import logging
import re
import time
from collections.abc import Callable, Mapping

import msal
import requests
from msal.exceptions import MsalError

from bot.teams.options import MANAGED_IDENTITY, ConfigurationError, TeamsOptions

RESOURCE = "https://api.botframework.com"
EARLY = 300.0
"""A new token is requested so many seconds before the old one expires."""
PAUSE = 5.0
"""Seconds between a failed request and the next."""

FRESH = 60.0
"""A token younger than this many seconds is not replaced when the connector refuses it."""

_HTTP_TIMEOUT = 10.0
_DEFAULT_AUTHORITY = "https://login.microsoftonline.com"

_PEM_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----", re.DOTALL)

_log = logging.getLogger(__name__)

Acquire = Callable[[], Mapping[str, object]]
"""Asks the identity provider once, blocking; returns MSAL's answer (`access_token` and `expires_in`, or `error`)."""


class CredentialsUnavailable(Exception):
    """There is no valid token now. `error` is Entra's code, such as `invalid_client`."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class ConnectorToken:
    """Call it for a token: `await connector_token()`. Errors: CredentialsUnavailable.

    `build` makes the blocking function that asks Entra; it and what it makes run in a thread only. `monotonic` gives
    seconds.
    """

    def __init__(
        self,
        options: TeamsOptions,
        *,
        build: Callable[[TeamsOptions], Acquire] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if not options.app_id:
            raise ConfigurationError("credentials without app_id")
        self._options = options
        self._build = build or msal_acquire
        self._monotonic = monotonic
        self._acquire: Acquire | None = None
        self._token = ""
        self._renew_at = self._given_at = self._expires_at = self._failed_at = float("-inf")
        self._error = ""
        self._asking = asyncio.Lock()

    async def __call__(self) -> str:
        """The access token. While a renewal runs or fails, the old one is used as long as it is valid."""
        now = self._monotonic()
        if now < self._renew_at or (self._asking.locked() and now < self._expires_at):
            return self._token
        async with self._asking:
            now = self._monotonic()
            if now >= self._renew_at and now - self._failed_at >= PAUSE:
                await self._renew()
            if self._monotonic() < self._expires_at:
                return self._token
            raise CredentialsUnavailable(self._error or "unknown")

    def drop(self, token: str) -> bool:
        """Call it when the connector refused this token. True: the next call gives another one. A token younger than
        `FRESH` is kept, so that a connector that refuses every token causes no requests to Entra.
        """
        now = self._monotonic()
        if token == self._token and now < self._expires_at:
            if now - self._given_at < FRESH:
                return False
            self._renew_at = self._expires_at = float("-inf")
            self._acquire = None  # MSAL would give the same one from its cache
        return True

    async def _renew(self) -> None:
        try:
            answer = await asyncio.to_thread(self._ask)
        except (OSError, ValueError, RuntimeError, MsalError) as error:  # requests' errors are OSErrors
            self._fail(type(error).__name__)
            return
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, (int, float)):
            self._fail(str(answer.get("error") or "no token in the answer"))
            return
        now = self._monotonic()
        self._token, self._given_at, self._expires_at = token, now, now + seconds
        self._renew_at = now + max(seconds - EARLY, min(PAUSE, seconds))

    def _fail(self, error: str) -> None:
        self._failed_at, self._error = self._monotonic(), error
        _log.warning("no new token for the connector: %s", error)

    def _ask(self) -> Mapping[str, object]:
        acquire = self._acquire or self._build(self._options)
        self._acquire = acquire
        return acquire()


def msal_acquire(options: TeamsOptions) -> Acquire:
    """MSAL's client for these options. Blocking: it may ask the authority for its addresses."""
    if options.app_type == MANAGED_IDENTITY:
        identity = msal.ManagedIdentityClient(
            msal.UserAssignedManagedIdentity(client_id=options.app_id), http_client=_http(options)
        )
        return lambda: dict(identity.acquire_token_for_client(resource=RESOURCE))
    client = msal.ConfidentialClientApplication(
        options.app_id,
        client_credential=_credential(options),
        authority=f"{options.authority.rstrip('/')}/{options.tenant_id}",
        # Another authority than the public one is not asked for at the public one.
        instance_discovery=None if options.authority.rstrip("/") == _DEFAULT_AUTHORITY else False,
        http_client=_http(options),
    )
    return lambda: dict(client.acquire_token_for_client(scopes=[f"{RESOURCE}/.default"]))


def _http(options: TeamsOptions) -> requests.Session:
    session = requests.Session()
    if options.ca_file:
        session.verify = options.ca_file
        session.trust_env = False  # else REQUESTS_CA_BUNDLE of the environment would silently win over our file
    session.request = functools.partial(session.request, timeout=_HTTP_TIMEOUT)  # type: ignore[method-assign]  # MSAL offers no other way
    return session


def _credential(options: TeamsOptions) -> str | dict[str, str]:
    if not options.certificate:
        return options.client_secret
    blocks = [block.group(0) for block in _PEM_BLOCK.finditer(options.certificate)]
    keys = [block for block in blocks if "PRIVATE KEY-----" in block]
    certificates = [block for block in blocks if "BEGIN CERTIFICATE-----" in block]
    return {"private_key": "\n".join(keys), "public_certificate": "\n".join(certificates)}
