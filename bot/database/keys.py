"""Keys for what the database must not be able to tell by itself, all derived from one master key kept outside it.

HKDF-SHA-256 (RFC 5869) with one label per purpose: a key for one use cannot serve another. Reading the master key
from where it is kept is the business of whoever starts the process.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_MASTER_KEY = 32
"""Bytes. Less would make the master key the weakest part of all that is derived from it."""

NONCE_BYTES = 12
"""AES-GCM's own nonce size (NIST SP 800-38D, 96 bits)."""

KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")


class Undecipherable(Exception):
    """A sealed value does not open: it was changed, moved to another row, or sealed with another key."""


def framed(*parts: bytes | str | int) -> bytes:
    """The parts, each preceded by its length (8 bytes, big-endian), so that no two lists give the same bytes."""
    framed_parts = bytearray()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        framed_parts += len(data).to_bytes(8, "big") + data
    return bytes(framed_parts)


def encrypted(key: bytes, plain: bytes, place: bytes) -> bytes:
    """AES-256-GCM under a random nonce, which stands before it. It opens with the same key and place only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def decrypted(key: bytes, sealed: bytes, place: bytes, what: str) -> bytes:
    """What was encrypted. Undecipherable, naming `what`, when key, place or bytes are others."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise Undecipherable(what) from error


def _written(values: Mapping[str, str]) -> bytes:
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # what people paste may hold half a character


def _read(plain: bytes) -> dict[str, str]:
    values: dict[str, str] = json.loads(plain)
    return values


@dataclass(frozen=True, slots=True)
class DatabaseKeys:
    """The derived keys, 32 bytes each. `key_id` names the master key and stands in every row sealed with it."""

    key_id: str
    audit_mac: bytes = field(repr=False)
    detail: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    digest: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    wrapping: bytes = field(repr=False)
    """Encrypts the keys of secrets, which each have one of their own (see `vault.py`)."""
    rights: bytes = field(repr=False)
    """Seals rows that give rights (see `rights.py`)."""
    proof: bytes = field(repr=False)
    """Kept in the database: tells a right master key from a wrong one, and gives neither away."""

    @classmethod
    def derive(cls, master: bytes, key_id: str = "k1") -> Self:
        """The keys of a master key of at least 32 random bytes. ValueError when it is shorter or its id is odd."""
        if len(master) < SHORTEST_MASTER_KEY:
            raise ValueError(f"the master key has {len(master)} bytes, at least {SHORTEST_MASTER_KEY} are needed")
        if not KEY_ID.fullmatch(key_id):
            raise ValueError("a key id is 1 to 40 letters, digits, dots, dashes or underscores")

        def key(purpose: str) -> bytes:
            return HKDF(SHA256(), 32, None, f"edu-accounts-bot/database/{purpose}".encode()).derive(master)

        return cls(
            key_id=key_id,
            audit_mac=key("audit-mac/v1"),
            detail=key("detail-encryption/v1"),
            lookup=key("lookup-pseudonym/v1"),
            digest=key("activity-digest/v1"),
            payload=key("task-payload/v1"),
            wrapping=key("secret-wrapping/v1"),
            rights=key("row-seal/v1"),
            proof=key("proof/v1"),
        )

    def seal(self, values: Mapping[str, str], table: str, column: str, row: int | str) -> bytes:
        """AES-256-GCM of the values as JSON. Bound to its place: it opens in this row of this column only."""
        return encrypted(self.detail, _written(values), self.place(table, column, row))

    def unseal(self, sealed: bytes, table: str, column: str, row: int | str) -> dict[str, str]:
        """The values sealed for this place. Undecipherable when it is not what was sealed there."""
        return _read(decrypted(self.detail, sealed, self.place(table, column, row), f"{table}.{column} of row {row}"))

    def seal_payload(self, values: Mapping[str, str], kind: str, key: str) -> bytes:
        """The same for what a task needs to know, under a key of its own and bound to the task's kind and key."""
        return encrypted(self.payload, _written(values), self.place("task", kind, key))

    def unseal_payload(self, sealed: bytes, kind: str, key: str) -> dict[str, str]:
        """The payload sealed for this task. Undecipherable: as above."""
        return _read(decrypted(self.payload, sealed, self.place("task", kind, key), f"the payload of a {kind}"))

    def place(self, table: str, column: str, row: int | str) -> bytes:
        """What a sealed value is bound to beside its key."""
        return framed(table, column, row, self.key_id)

    def digest_of(self, *parts: str) -> bytes:
        """16 bytes that stand for a (long) channel id: keyed, so the table does not tell whose it is."""
        return hmac.digest(self.digest, framed(*parts), hashlib.sha256)[:16]


class KeyedPseudonyms:
    """`bot.core.pseudonyms.Pseudonyms`: HMAC-SHA-256, because a plain hash of ten digits is undone in minutes."""

    def __init__(self, keys: DatabaseKeys) -> None:
        self._key = keys.lookup

    def of(self, kind: str, digits: str) -> str:
        """`v1:` and 64 hexadecimal digits."""
        return "v1:" + hmac.digest(self._key, framed(kind, digits), hashlib.sha256).hex()
