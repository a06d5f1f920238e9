"""The tables. Times are whole milliseconds since 1970 in UTC; nothing personal is kept in clear.

STRICT on SQLite, so a wrong type is an error on both engines. What only one engine can say (append-only triggers)
is in the migrations.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
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
    Unique("actor", "operation"),
    Index(None, "actor", "at"),
    Index(None, "at"),
    CheckConstraint("reach IN ('own', 'other')", name="reach"),
    CheckConstraint("outcome IN ('pending', 'hit', 'miss', 'failed')", name="outcome"),
    sqlite_strict=True,
)
"""What each director's budget was charged with. One row per operation, however often it is sent."""

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
