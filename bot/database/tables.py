"""The tables. Times are whole milliseconds since 1970 in UTC; nothing personal is kept in clear.

STRICT on SQLite, so a wrong type is an error on both engines. What only one engine can say (append-only triggers)
is in the migrations.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

Whole = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both engines (SQLite's STRICT tables know the word INTEGER only)."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970 (UTC) of an aware moment. ValueError when it has no time zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone says nothing")
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(value: int) -> datetime:
    """The aware moment in UTC."""
    return EPOCH + timedelta(milliseconds=value)


key_check = Table(
    "key_check",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("proof", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""One row: which master key this database was begun with."""

lookup_attempt = Table(
    "lookup_attempt",
    metadata,
    Column("id", Whole, primary_key=True, autoincrement=True),
    Column("actor", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("reach", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("schools", Text, nullable=False, server_default=text("''")),
    Unique("actor", "operation"),
    Index(None, "actor", "at"),
    Index(None, "at"),
    CheckConstraint("reach IN ('own', 'other')", name="reach"),
    CheckConstraint("outcome IN ('pending', 'hit', 'miss', 'failed')", name="outcome"),
    sqlite_strict=True,
)
"""What each director's budget was charged with. One row per operation, however often it is sent. `schools` of a hit:
the directory ids of the schools of those who were shown.
"""

high_water = Table(
    "high_water",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    sqlite_strict=True,
)
"""`clock`: the latest moment this database has seen; what is judged by time is never judged by an earlier one.
`doubt`: since which moment a process has written whose clock may be wrong (docs/adr/0050).
"""

audit = Table(
    "audit",
    metadata,
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index(None, "at"),
    Index(None, "subject"),
    sqlite_strict=True,
)
"""The chain. No UNIQUE beside the key: INSERT OR REPLACE would delete by it, past the delete trigger."""

preference = Table(
    "preference",
    metadata,
    Column("object_id", Text, primary_key=True),
    Column("language", Text, nullable=False),
    sqlite_strict=True,
)

conversation = Table(
    "conversation",
    metadata,
    Column("conversation_id", Text, primary_key=True),
    Column("service_url", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("locale", Text),
    Column("updated", Whole, nullable=False),
    Column("seal", LargeBinary),
    Index(None, "object_id", "updated"),
    sqlite_strict=True,
)
"""Where the bot may speak first. The row goes when the app is removed."""

seen_activity = Table(
    "seen_activity",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("at", Whole, nullable=False),
    Index(None, "at"),
    sqlite_strict=True,
)

task = Table(
    "task",
    metadata,
    Column("id", Whole, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("run_at", Whole, nullable=False),
    Column("held", Whole, nullable=False),
    Column("attempts", Whole, nullable=False),
    Column("failures", Whole, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("created", Whole, nullable=False),
    Unique("kind", "key"),
    Index("ix_task_due", "run_at", sqlite_where=text("status = 'ready'"), postgresql_where=text("status = 'ready'")),
    Index("ix_task_dead", "run_at", sqlite_where=text("status = 'dead'"), postgresql_where=text("status = 'dead'")),
    Index(
        "ix_task_over", "run_at", sqlite_where=text("status <> 'ready'"), postgresql_where=text("status <> 'ready'")
    ),
    CheckConstraint("status IN ('ready', 'done', 'dead')", name="status"),
    CheckConstraint("held = 0 OR (held = 1 AND status = 'ready' AND attempts > 0)", name="held"),
    sqlite_strict=True,
)
"""Timers, messages and work: `run_at` is timer and visibility time-out (and, once over, when that was),
`attempts` the fencing token, `held` whether a worker has it now (its lease may be over).
"""

rate_limit = Table(
    "pace",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_free", Whole, nullable=False),
    sqlite_strict=True,
)
"""Limits shared by all replicas: one row each (GCRA: `next_free` is the theoretical arrival time of the next one)."""

message = Table(
    "message",
    metadata,
    Column("key", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("activity_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("at", Whole, nullable=False),
    CheckConstraint("state IN ('intent', 'sent')", name="state"),
    sqlite_strict=True,
)
"""Messages the bot sent of its own accord: written as an intent before, with the channel's id after. `shown` says
which state of its subject the message shows, so that it is updated only when there is something new.
"""
