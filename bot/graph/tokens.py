"""Access tokens for Graph, from MSAL.

MSAL is synchronous, and already constructing its application asks the network: both happen in a thread. There is one
refresh at a time, whoever asks, and it begins before the old token ends, so that nobody waits for it.
"""

import asyncio
import functools
import logging
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.core.errors import DirectoryError, DirectoryForbidden, DirectoryUnavailable
from bot.graph.options import Certificate, ClientSecret, GraphOptions, ManagedIdentity

REFRESH_EARLY = 300.0
"""Seconds before its end at which a token is renewed, while it is still used."""
RETRY_REFRESH_AFTER = 30.0
"""Seconds between early renewals that fail."""
_CODE = re.compile(r"[a-z_]{1,60}")  # RFC 6749, section 5.2
_MSAL_TRIPS = (RuntimeError, LookupError, TypeError, AttributeError)
"""What MSAL raises when a discovery document or token answer is JSON of another shape."""
_TRANSIENT = frozenset({"temporarily_unavailable", "server_error"})
_MICROSOFT = frozenset({"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"})

_log = logging.getLogger(__name__)


class Tokens(Protocol):
    """Where the transport gets its bearer tokens. Errors: DirectoryForbidden, DirectoryUnavailable."""

    async def bearer(self) -> str:
        """A token that is valid now."""
        ...

    def drop(self, token: str) -> None:
        """Graph refused this token (401): do not offer it again."""
        ...


@dataclass(frozen=True, slots=True)
class _Token:
    value: str = field(repr=False)
    refresh_at: float
    ends_at: float


class MsalTokens:
    """Tokens of the application itself. `now` is a monotonic clock in seconds."""

    def __init__(self, options: GraphOptions, now: Callable[[], float] = time.monotonic) -> None:
        self._options = options
        self._now = now
        self._application: Any = None
        self._token: _Token | None = None
        self._refresh: asyncio.Future[_Token] | None = None
        self._refused_at = -RETRY_REFRESH_AFTER
        self.refreshes = 0

    async def bearer(self) -> str:
        """See `Tokens`. Waits only when there is no valid token at all."""
        token, now = self._token, self._now()
        if token is not None and now < token.ends_at:
            if now >= token.refresh_at and now - self._refused_at >= RETRY_REFRESH_AFTER:
                _ = self._begin()  # nobody waits: the old token still serves
            return token.value
        # Shielded: one person's cancelled turn must not take the token from everybody who waits for it.
        return (await asyncio.shield(self._begin())).value

    def drop(self, token: str) -> None:
        """See `Tokens`. MSAL would return the same token from its cache, so MSAL is built again."""
        if self._token is not None and self._token.value == token:
            self._token = None
            self._application = None

    def _begin(self) -> asyncio.Future[_Token]:
        if self._refresh is None:
            self.refreshes += 1
            self._refresh = asyncio.get_running_loop().run_in_executor(None, self._acquire, self._application)
            self._refresh.add_done_callback(self._finished)
        return self._refresh

    def _finished(self, refresh: asyncio.Future[_Token]) -> None:
        self._refresh = None
        if refresh.cancelled():
            return
        if (error := refresh.exception()) is not None:
            self._refused_at = self._now()
            # The text of an unexpected error is MSAL's and may quote the request: its kind is enough.
            _log.warning(
                "graph token refused: %s", error if isinstance(error, DirectoryError) else type(error).__name__
            )
            return
        self._token = refresh.result()

    def _acquire(self, application: Any) -> _Token:
        """In a thread."""
        import msal  # noqa: PLC0415 -- 0.2 s, loaded in the thread that needs it
        import requests  # noqa: PLC0415 -- same

        failure: DirectoryError
        try:
            if application is None:
                application = _build(self._options)
            # Several dropped tokens may build several applications; the last one stays, and none is half built.
            self._application = application
            answer = _ask(application, self._options)
        except (requests.RequestException, msal.ManagedIdentityError, OSError, *_MSAL_TRIPS) as error:
            failure = DirectoryUnavailable(f"token-{type(error).__name__}")
        except ValueError as error:
            # MSAL's way to say that the authority, the tenant or the certificate is wrong.
            failure = DirectoryForbidden(f"token-{type(error).__name__}")
        else:
            return self._read(answer)
        raise failure

    def _read(self, answer: Any) -> _Token:
        if not isinstance(answer, dict):
            raise DirectoryUnavailable("token-unreadable")
        value, seconds = answer.get("access_token"), _seconds(answer.get("expires_in"))
        if not isinstance(value, str) or not value or seconds is None:
            code = answer.get("error")
            known = code if isinstance(code, str) and _CODE.fullmatch(code) else "unknown"
            kind = DirectoryUnavailable if known in _TRANSIENT else DirectoryForbidden
            raise kind(f"token-{known}")
        now = self._now()
        # A token that lives shorter than twice the margin is renewed at half its life, not on every call.
        return _Token(value, now + max(seconds - REFRESH_EARLY, seconds / 2), now + seconds)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds > 0 else None


def _build(options: GraphOptions) -> Any:
    import msal  # noqa: PLC0415 -- see _acquire
    import requests  # noqa: PLC0415 -- see _acquire

    session = requests.Session()
    if options.ca_file:
        session.verify = options.ca_file
        session.trust_env = False  # an environment's CA bundle would override `verify`
    # requests has no session-wide time-out; MSAL patches its own session the same way.
    session.request = functools.partial(session.request, timeout=options.attempt_timeout)  # type: ignore[method-assign]  # MSAL offers no other way
    if isinstance(options.credential, ManagedIdentity):
        own = options.credential.client_id
        identity = msal.UserAssignedManagedIdentity(client_id=own) if own else msal.SystemAssignedManagedIdentity()
        return msal.ManagedIdentityClient(identity, http_client=session)
    authority = options.authority.rstrip("/")
    return msal.ConfidentialClientApplication(
        options.client_id,
        client_credential=_credential(options.credential),
        authority=f"{authority}/{options.tenant_id}",
        instance_discovery=None if urlsplit(authority).hostname in _MICROSOFT else False,
        http_client=session,
    )


def _credential(credential: ClientSecret | Certificate) -> str | dict[str, str]:
    """As MSAL wants it: with `public_certificate` it computes the thumbprint itself."""
    if isinstance(credential, ClientSecret):
        return credential.value
    pem = {"private_key": credential.private_key, "public_certificate": credential.public_certificate}
    return {**pem, "passphrase": credential.passphrase} if credential.passphrase else pem


def _ask(application: Any, options: GraphOptions) -> Any:
    if isinstance(options.credential, ManagedIdentity):
        return application.acquire_token_for_client(resource=options.resource)
    return application.acquire_token_for_client(scopes=[f"{options.resource}/.default"])
