"""The tables of transfer requests and of who has to do with them; the rules are those of `tables.py`."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text, UniqueConstraint, text

from bot.core.transfers.model import CLOSED, UNFINISHED
from bot.database.tables import Whole, metadata


def _listed(words: frozenset[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


IS_UNFINISHED = text(f"state IN ({_listed(UNFINISHED)})")

transfer = Table(
    "transfer",
    metadata,
    Column("number", Whole, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("receiving", Text, nullable=False),
    Column("releasing", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("office_only", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("remind_at", Whole, nullable=False),
    Column("overdue_at", Whole, nullable=False),
    Column("escalate_at", Whole, nullable=False),
    Column("expire_at", Whole, nullable=False),
    Column("last_reminded_at", Whole),
    Column("returned", Whole, nullable=False),
    Column("decided_by", Text),
    Column("decided_as", Text),
    Column("decided_at", Whole),
    Column("verdict", LargeBinary),
    Column("started_at", Whole),
    Column("problem", Text),
    Column("remark", Text, nullable=False),
    Column("ended_at", Whole),
    Column("seal", LargeBinary),
    UniqueConstraint("id"),
    Index(
        "uq_transfer_unfinished", "person", unique=True, sqlite_where=IS_UNFINISHED, postgresql_where=IS_UNFINISHED
    ),
    Index(None, "receiving", "state"),
    Index(None, "releasing", "state"),
    Index(None, "region", "state"),
    Index(None, "ended_at"),
    CheckConstraint(f"state IN ({_listed(CLOSED | UNFINISHED)})", name="state"),
    CheckConstraint(f"(state IN ({_listed(CLOSED)})) = (ended_at IS NOT NULL)", name="ended"),
    CheckConstraint("(problem IS NOT NULL) = (state = 'needs-attention')", name="problem"),
    CheckConstraint(
        "(decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_as IS NULL)"
        " AND (decided_by IS NULL) = (verdict IS NULL)",
        name="decided",
    ),
    CheckConstraint(
        "decided_by IS NOT NULL OR state NOT IN"
        " ('approved', 'carrying-out', 'done', 'needs-attention', 'refused', 'not-ours', 'withdrawn')",
        name="by_somebody",
    ),
    CheckConstraint(
        "started_at IS NOT NULL OR state NOT IN ('approved', 'carrying-out', 'done', 'needs-attention')",
        name="started",
    ),
    CheckConstraint("version > 0 AND returned >= 0 AND office_only IN (0, 1)", name="counted"),
    CheckConstraint("receiving <> releasing", name="two_schools"),
    CheckConstraint("decided_as IN ('receiving', 'releasing', 'office')", name="side"),
    sqlite_strict=True,
)
"""One request. `detail` holds, encrypted, everything about student, schools and the asking that does not change;
`verdict` the words of whoever decided; `seal`, here and below: see `rights.py`.
"""

transfer_step = Table(
    "transfer_step",
    metadata,
    Column("transfer", Text, ForeignKey("transfer.id"), primary_key=True),
    Column("place", Whole, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("done_at", Whole),
    Column("seal", LargeBinary),
    CheckConstraint("kind IN ('join-school', 'join-team', 'leave-team', 'leave-school', 'enable')", name="kind"),
    sqlite_strict=True,
)
"""What is to be done in the directory for an approved request, in the order of `place`, and what has been."""

transfer_delivery = Table(
    "transfer_delivery",
    metadata,
    Column("transfer", Text, ForeignKey("transfer.id"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("reach", Text, nullable=False),
    Column("at", Whole, nullable=False),
    sqlite_strict=True,
)
"""Whether somebody could be told of a request."""

deputy = Table(
    "deputy",
    metadata,
    Column("id", Whole, primary_key=True, autoincrement=True),
    Column("school", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("since", Whole, nullable=False),
    Column("until", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("seal", LargeBinary),
    Index(None, "person", "until"),
    Index(None, "school", "until"),
    CheckConstraint("until >= since", name="span"),
    sqlite_strict=True,
)
"""Who may decide in a director's place. Rows are not removed when an authority ends: it ends with `until`."""

regional_expert = Table(
    "regional_expert",
    metadata,
    Column("region", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("seen", Whole, nullable=False),
    sqlite_strict=True,
)
"""Experts of regional offices whom the bot has met: whom it concerns that a request is late."""
