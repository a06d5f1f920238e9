"""The tables of temporary passwords; the rules are those of `tables.py`."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text, text

from bot.database.tables import Whole, metadata

password_job = Table(
    "password_job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("cancelled_at", Whole),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "actor", "at"),
    sqlite_strict=True,
)

password_operation = Table(
    "password_operation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("job", Text, ForeignKey("password_job.id")),
    Column("recipient", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("is_student", Whole, nullable=False),
    Column("revoke", Whole, nullable=False),
    Column("revoked", Whole, nullable=False),
    Column("stage", Text, nullable=False),
    Column("candidates", Whole, nullable=False),
    Column("in_doubt", Whole, nullable=False),
    Column("set_at", Whole),
    Column("works_from", Whole),
    Column("unseen_until", Whole),
    Column("shown_at", Whole),
    Column("lease_until", Whole),
    Column("expires_at", Whole),
    Column("handed_at", Whole),
    Column("ended_at", Whole),
    Column("ending", Text, nullable=False),
    Column("failure", Text),
    Column("reason", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "person", "at"),
    Index(None, "job"),
    Index(None, "at"),
    Index(
        "uq_password_operation_running",
        "person",
        unique=True,
        sqlite_where=text("stage = 'requested'"),
        postgresql_where=text("stage = 'requested'"),
    ),
    CheckConstraint(
        "stage IN ('requested', 'ready', 'shown', 'closed', 'unseen', 'failed', 'cancelled')", name="stage"
    ),
    CheckConstraint("ending IN ('', 'changed', 'expired', 'replaced')", name="ending"),
    CheckConstraint("(ending = '') = (ended_at IS NULL)", name="ended"),
    CheckConstraint("recipient IN ('student', 'parent', 'teacher')", name="recipient"),
    CheckConstraint(
        "is_student IN (0, 1) AND revoke IN (0, 1) AND revoked IN (0, 1) AND in_doubt IN (0, 1)", name="flags"
    ),
    CheckConstraint("(failure IS NOT NULL) = (stage = 'failed')", name="failure"),
    CheckConstraint(
        "stage NOT IN ('ready', 'unseen', 'shown', 'closed') OR (candidates > 0 AND set_at IS NOT NULL"
        " AND works_from IS NOT NULL AND unseen_until IS NOT NULL AND expires_at IS NOT NULL)",
        name="set",
    ),
    CheckConstraint(
        "(stage IN ('shown', 'closed')) = (shown_at IS NOT NULL) AND (shown_at IS NULL) = (lease_until IS NULL)",
        name="shown",
    ),
    CheckConstraint("handed_at IS NULL OR stage = 'closed'", name="handed"),
    sqlite_strict=True,
)
"""One reset of one account; of each person's at most one runs. `candidates` counts the passwords that were tried
(more than one only where the policy refused them); `detail` holds, encrypted, names, the ground of the handing over
and the conversation.
"""

secret = Table(
    "secret",
    metadata,
    Column("operation", Text, ForeignKey("password_operation.id"), primary_key=True),
    Column("key_id", Text, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""A password that may still be shown, under a key of its own; row and key go when its lease ends."""

slip_link = Table(
    "slip_link",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("conversation", LargeBinary, nullable=False),
    Column("until", Whole, nullable=False),
    Column("used_at", Whole),
    Index(None, "until"),
    sqlite_strict=True,
)
"""Ways to printed slips. `digest` is a keyed digest of the token, `conversation` is encrypted. `used_at`: the first
time, with which `until` becomes the end of the lease.
"""

school_director = Table(
    "school_director",
    metadata,
    Column("school", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("seen", Whole, nullable=False),
    sqlite_strict=True,
)
"""Who acted as a school's director: whom a notice about that school's accounts concerns."""

release = Table(
    "release",
    metadata,
    Column("person", Text, primary_key=True),
    Column("school", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("until", Whole, nullable=False),
    Column("request", Text, nullable=False),
    Column("seal", LargeBinary),
    sqlite_strict=True,
)
"""Students whom another school's director released to this school; written by the approval of a request. `seal`: see
`rights.py`.
"""
