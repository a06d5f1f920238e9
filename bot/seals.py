"""The seal on a card's button: who may press it, where, until when, and for what.

A card's payload is under the control of whoever presses it. What a button stands for therefore carries an HMAC over
verb, object ids, version, nonce and expiry, and a second one over the same and over actor, tenant and conversation.
The first tells a forged card from the second's case, a genuine card in the wrong hands. A seal proves where a card
came from, nothing else: rights and state are read again on every press.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson

from bot.conversation import Action, Turn

_MAC_BYTES = 16
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_FIELDS = {"verb", "ids", "version", "nonce", "expires"}


class SealFault(StrEnum):
    """Why a press is not accepted."""

    BROKEN = "broken"
    OTHER_PERSON = "other-person"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may press it, and where."""

    object_id: str
    tenant_id: str
    conversation_id: str

    @classmethod
    def of(cls, turn: Turn) -> "Holder":
        """Whoever speaks in this turn, in its conversation."""
        return cls(turn.object_id, turn.tenant_id, turn.reference.conversation_id)


class Sealer:
    """Seals actions and opens them again. `key` is 32 bytes that live outside the database."""

    def __init__(self, key: bytes, new_nonce: Callable[[], str]) -> None:
        self._key = key
        self._new_nonce = new_nonce

    def seal(
        self,
        verb: str,
        holder: Holder,
        now: datetime,
        lifetime: timedelta,
        *,
        ids: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> dict[str, object]:
        """The data of a button, valid for this holder until `now + lifetime`. `version`: of what the card shows."""
        action: dict[str, object] = {
            "verb": verb,
            "ids": dict(ids or {}),
            "version": version,
            "nonce": self._new_nonce(),
            "expires": int((now + lifetime).timestamp()),
        }
        body = _framed(_canonical(action))
        return {"action": action, "seal": _encode(self._mac(body) + self._mac(body + _held_by(holder)))}

    def open(self, data: Mapping[str, object], turn: Turn, now: datetime) -> Action | SealFault:
        """The action a press stands for, or why it is not accepted. Never raises, whatever `data` holds."""
        opened = self._ours(data)
        if opened is None:
            return SealFault.BROKEN
        action, holders_mac = opened
        if not hmac.compare_digest(holders_mac, self._mac(_framed(_canonical(action)) + _held_by(Holder.of(turn)))):
            return SealFault.OTHER_PERSON
        if now.timestamp() >= action["expires"]:
            return SealFault.EXPIRED
        return _action(action)

    def genuine(self, data: Mapping[str, object]) -> Action | None:
        """The action if the card is ours, whoever holds it and however old it is: to tell what somebody tried."""
        opened = self._ours(data)
        return None if opened is None else _action(opened[0])

    def _ours(self, data: Mapping[str, object]) -> tuple[dict[str, Any], bytes] | None:
        """The sealed fields, whose types are known then, and the part of the seal that names the holder."""
        action, seal = data.get("action"), data.get("seal")
        if not isinstance(action, dict) or set(action) != _FIELDS or not isinstance(seal, str):
            return None
        try:
            body = _framed(_canonical(action))
            macs = base64.urlsafe_b64decode(seal + "=" * (-len(seal) % 4))
        except (TypeError, ValueError, RecursionError, binascii.Error):
            return None
        if len(macs) != 2 * _MAC_BYTES or not hmac.compare_digest(macs[:_MAC_BYTES], self._mac(body)):
            return None
        return action, macs[_MAC_BYTES:]

    def _mac(self, framed: bytes) -> bytes:
        return hmac.digest(self._key, framed, sha256)[:_MAC_BYTES]


def _framed(part: bytes) -> bytes:
    """With its length before it, so that no two lists of parts are the same bytes."""
    return len(part).to_bytes(4, "big") + part


@lru_cache(maxsize=256)
def _held_by(holder: Holder) -> bytes:
    parts = (holder.object_id, holder.tenant_id, holder.conversation_id)
    return b"".join(_framed(part.encode("utf-8", "surrogatepass")) for part in parts)


def _action(action: Mapping[str, Any]) -> Action:
    return Action(action["verb"], action["ids"], action["version"], action["nonce"])


def _canonical(action: Mapping[str, object]) -> bytes:
    """As `json` writes it, in ASCII: the seals of cards that are out there are over that. What needs no escapes
    orjson writes alike, in a tenth of the time.
    """
    try:
        written = orjson.dumps(action, option=_SORTED)
    except orjson.JSONEncodeError:
        return _CANONICAL.encode(action).encode()
    return written if written.isascii() and b"\x7f" not in written else _CANONICAL.encode(action).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
