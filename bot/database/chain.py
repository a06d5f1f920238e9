"""The audit chain: each row's MAC covers the row and the MAC of the row before it.

Whoever can write the database but has no key can neither change, remove, insert nor reorder a row unnoticed. What the
chain cannot show by itself is that its newest rows were cut off: that is what anchors, kept elsewhere, are for.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.core.audit import AuditEntry
from bot.database.keys import DatabaseKeys, Undecipherable, framed
from bot.database.tables import from_milliseconds, to_milliseconds

BEFORE_THE_FIRST = bytes(32)
"""What the first row has for `prev`."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A known point of the chain, to be kept where the database's owner cannot write. `seq` 0: an empty chain."""

    seq: int
    mac: bytes


def written(anchor: Anchor) -> str:
    """An anchor as one word, for a log line or a sheet of paper: `<seq>-<mac in base32>`."""
    return f"{anchor.seq}-{base64.b32encode(anchor.mac).decode().rstrip('=')}"


def read_anchor(word: str) -> Anchor:
    """The anchor that `written` wrote. Errors: ValueError."""
    seq, _, mac = word.strip().partition("-")
    raw = base64.b32decode(mac + "=" * (-len(mac) % 8))
    if not seq.isascii() or not seq.isdigit() or len(raw) != len(BEFORE_THE_FIRST):
        raise ValueError("an anchor is <number>-<letters>, as the log shows it")
    return Anchor(int(seq), raw)


@dataclass(frozen=True, slots=True)
class AuditState:
    """What a check found: `rows` good rows in order, up to `head`; and the first row that is wrong, with why."""

    rows: int
    head: Anchor
    broken_at: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        """Whether every row is as it was written."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row as stored."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    outcome: str
    key_id: str
    detail: bytes = field(repr=False)
    prev: bytes
    mac: bytes


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """An entry read back. `intact` is false when the row is not as it was written; a detail that does not open is
    left out.
    """

    seq: int
    entry: AuditEntry
    intact: bool


def mac_of(row: AuditRow, keys: DatabaseKeys) -> bytes:
    """HMAC-SHA-256 over every field but the MAC itself, each with its length before it."""
    message = framed(
        "audit/v1",
        row.seq,
        row.at,
        row.actor,
        row.action,
        row.subject,
        row.outcome,
        row.key_id,
        row.detail,
        row.prev,
    )
    return hmac.digest(keys.audit_mac, message, hashlib.sha256)


def next_row(head: Anchor, entry: AuditEntry, keys: DatabaseKeys) -> AuditRow:
    """The row that carries `entry` after `head`, sealed and signed."""
    seq = head.seq + 1
    unsigned = AuditRow(
        seq=seq,
        at=to_milliseconds(entry.at),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        outcome=entry.outcome,
        key_id=keys.key_id,
        detail=keys.seal(entry.detail, "audit", "detail", seq),
        prev=head.mac,
        mac=b"",
    )
    return replace(unsigned, mac=mac_of(unsigned, keys))


def read_entry(row: AuditRow, keys: DatabaseKeys) -> RecordedEntry:
    """What the row says, and whether its MAC is right. A detail that does not open leaves the rest readable."""
    try:
        detail = keys.unseal(row.detail, "audit", "detail", row.seq)
    except Undecipherable:
        detail = None
    return RecordedEntry(
        seq=row.seq,
        entry=AuditEntry(from_milliseconds(row.at), row.actor, row.action, row.subject, row.outcome, detail or {}),
        intact=detail is not None and hmac.compare_digest(row.mac, mac_of(row, keys)),
    )


class Checker:
    """Walks along the chain row by row, from the point it is given, and stops at the first row that is wrong."""

    def __init__(self, start: Anchor, anchors: Iterable[Anchor], keys: DatabaseKeys) -> None:
        self._head = start
        self._rows = 0
        self._known = {anchor.seq: anchor.mac for anchor in anchors if anchor.seq > start.seq}
        self._keys = keys

    def check(self, row: AuditRow) -> AuditState | None:
        """None when the row is the good successor of the one before, else the end of the check."""
        expected = self._head.seq + 1
        if row.seq > expected:
            return self._broken(expected, "missing")
        if row.seq < expected:
            return self._broken(row.seq, "stands before the first")
        if not hmac.compare_digest(row.mac, mac_of(row, self._keys)):
            return self._broken(expected, "changed")
        if not hmac.compare_digest(row.prev, self._head.mac):
            return self._broken(expected, "does not follow the row before it")
        if not hmac.compare_digest(self._known.pop(row.seq, row.mac), row.mac):
            return self._broken(expected, "is not the row that was anchored")
        self._head = Anchor(row.seq, row.mac)
        self._rows += 1
        return None

    def end(self) -> AuditState:
        """The result when no row is left. An anchor beyond the end: the rows after the end were cut off."""
        if self._known:
            return self._broken(self._head.seq + 1, "cut off: a later row was anchored")
        return AuditState(self._rows, self._head)

    def _broken(self, seq: int, why: str) -> AuditState:
        return AuditState(self._rows, self._head, seq, why)
