"""The public keys of the channel's tokens: fetched without blocking, cached, read again when a key is missing."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.teams.service_urls import is_loopback

LIFETIME = 24 * 3600.0
"""Seconds after which the keys are read again
(learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication).
"""
UNKNOWN_KEY_PAUSE = 60.0
"""Seconds between two reads caused by unknown key ids, so that forged ids cannot cause endless reads."""
FIRST_KEYS_PAUSE = 5.0
"""Seconds between two attempts while there are no keys at all."""

_TIMEOUT = aiohttp.ClientTimeout(total=10)
_MAX_BYTES = 1024 * 1024
_MIN_KEY_BITS = 2048

_log = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """No keys have been read yet, so no token can be checked."""


class _BadKeys(Exception):
    """The address returned something that is not a key set."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key and the channels (`msteams`, …) it may sign for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The channel's keys by key id: cached, read again daily or when an unknown id appears, one read at a time.

    When a read fails the keys already known stay in use. `monotonic` gives seconds.
    """

    def __init__(
        self, session: aiohttp.ClientSession, metadata_url: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._monotonic = monotonic
        self._keys: Mapping[str, SigningKey] = {}
        self._read_at = float("-inf")
        self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """The key with this id, None when the channel has no such key. Errors: KeysUnavailable."""
        key = self._keys.get(key_id)
        if key is not None and (self._reading.locked() or not self._is_due(known=True)):
            return key
        async with self._reading:
            if self._is_due(known=key_id in self._keys):
                await self._read()
        if not self._keys:
            raise KeysUnavailable
        return self._keys.get(key_id)

    async def endorsing(self, channel: str) -> int:
        """How many of the keys may sign for this channel. Errors: KeysUnavailable."""
        async with self._reading:
            if self._is_due(known=bool(self._keys)):
                await self._read()
        if not self._keys:
            raise KeysUnavailable
        return sum(channel in key.endorsements for key in self._keys.values())

    def _is_due(self, *, known: bool) -> bool:
        now = self._monotonic()
        pause = UNKNOWN_KEY_PAUSE if self._keys else FIRST_KEYS_PAUSE
        if now - self._tried_at < pause:
            return False
        return not known or now - self._read_at >= LIFETIME

    async def _read(self) -> None:
        self._tried_at = self._monotonic()
        try:
            keys_url = _keys_url(await self._get(self._metadata_url), self._metadata_url)
            self._keys = _signing_keys(await self._get(keys_url))
        except (aiohttp.ClientError, TimeoutError, OSError, _BadKeys) as error:
            _log.warning("signing keys not read (%s); %d known ones stay", type(error).__name__, len(self._keys))
        else:
            self._read_at = self._monotonic()

    async def _get(self, url: str) -> Mapping[str, object]:
        async with self._session.get(url, allow_redirects=False, timeout=_TIMEOUT) as response:
            if response.status != 200:
                raise _BadKeys("refused")
            body = await response.content.read(_MAX_BYTES + 1)
            while not response.content.at_eof() and len(body) <= _MAX_BYTES:
                body += await response.content.read(_MAX_BYTES + 1 - len(body))
        if len(body) > _MAX_BYTES:
            raise _BadKeys("too large")
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _BadKeys("not JSON") from error
        if not isinstance(value, dict):
            raise _BadKeys("not an object")
        return value


def _keys_url(metadata: Mapping[str, object], metadata_url: str) -> str:
    url = metadata.get("jwks_uri")
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
    except ValueError as error:
        raise _BadKeys("no address of the key set") from error
    # Plain http: a fake channel on a developer's machine, whose metadata came in the same way.
    plain = metadata_url.startswith("http://") and parts.scheme == "http" and is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not plain:
        raise _BadKeys("no https address of the key set")
    return parts.geturl()


def _signing_keys(key_set: Mapping[str, object]) -> Mapping[str, SigningKey]:
    entries = key_set.get("keys")
    if not isinstance(entries, list):
        raise _BadKeys("no list of keys")
    found: dict[str, SigningKey] = {}
    for entry in entries:
        if isinstance(entry, dict) and (read := _signing_key(entry)):
            found[read[0]] = read[1]
    if not found:
        raise _BadKeys("no usable key")
    return found


def _signing_key(entry: Mapping[str, object]) -> tuple[str, SigningKey] | None:
    """One entry's id and key; None for what we cannot use (another kind of key, a broken or short one)."""
    key_id, endorsements = entry.get("kid"), entry.get("endorsements")
    if not isinstance(key_id, str) or entry.get("kty") != "RSA" or not isinstance(endorsements, list):
        return None
    try:
        public_key = RSAAlgorithm.from_jwk({name: entry[name] for name in ("kty", "n", "e") if name in entry})
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if not isinstance(public_key, RSAPublicKey) or public_key.key_size < _MIN_KEY_BITS:
        return None
    return key_id, SigningKey(public_key, frozenset(name for name in endorsements if isinstance(name, str)))
