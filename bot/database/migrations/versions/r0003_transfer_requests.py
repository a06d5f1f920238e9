"""Transfer requests: requests, their steps and deliveries, deputies, experts of regional offices.

The tables are written out here and not taken from `transfer_tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")

UNFINISHED = sa.text(
    "state IN ('approved', 'carrying-out', 'escalated', 'needs-attention', 'overdue', 'reminded', 'requested')"
)
CLOSED = "('done', 'expired', 'not-ours', 'refused', 'stale', 'withdrawn')"

TABLES = ("regional_expert", "deputy", "transfer_delivery", "transfer_step", "transfer")


def upgrade() -> None:
    """Makes them."""
    _requests()
    _around_requests()
    _people()


def _requests() -> None:
    op.create_table(
        "transfer",
        sa.Column("number", Whole, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("receiving", sa.Text, nullable=False),
        sa.Column("releasing", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("office_only", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("remind_at", Whole, nullable=False),
        sa.Column("overdue_at", Whole, nullable=False),
        sa.Column("escalate_at", Whole, nullable=False),
        sa.Column("expire_at", Whole, nullable=False),
        sa.Column("last_reminded_at", Whole),
        sa.Column("returned", Whole, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_as", sa.Text),
        sa.Column("decided_at", Whole),
        sa.Column("verdict", sa.LargeBinary),
        sa.Column("started_at", Whole),
        sa.Column("problem", sa.Text),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("ended_at", Whole),
        sa.PrimaryKeyConstraint("number", name="pk_transfer"),
        sa.UniqueConstraint("id", name="uq_transfer_id"),
        sa.CheckConstraint(
            "state IN ('approved', 'carrying-out', 'done', 'escalated', 'expired', 'needs-attention', 'not-ours',"
            " 'overdue', 'refused', 'reminded', 'requested', 'stale', 'withdrawn')",
            name=op.f("ck_transfer_state"),
        ),
        sa.CheckConstraint(f"(state IN {CLOSED}) = (ended_at IS NOT NULL)", name=op.f("ck_transfer_ended")),
        sa.CheckConstraint("(problem IS NOT NULL) = (state = 'needs-attention')", name=op.f("ck_transfer_problem")),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_as IS NULL)"
            " AND (decided_by IS NULL) = (verdict IS NULL)",
            name=op.f("ck_transfer_decided"),
        ),
        sa.CheckConstraint(
            "decided_by IS NOT NULL OR state NOT IN"
            " ('approved', 'carrying-out', 'done', 'needs-attention', 'refused', 'not-ours', 'withdrawn')",
            name=op.f("ck_transfer_by_somebody"),
        ),
        sa.CheckConstraint(
            "started_at IS NOT NULL OR state NOT IN ('approved', 'carrying-out', 'done', 'needs-attention')",
            name=op.f("ck_transfer_started"),
        ),
        sa.CheckConstraint(
            "version > 0 AND returned >= 0 AND office_only IN (0, 1)", name=op.f("ck_transfer_counted")
        ),
        sa.CheckConstraint("receiving <> releasing", name=op.f("ck_transfer_two_schools")),
        sa.CheckConstraint("decided_as IN ('receiving', 'releasing', 'office')", name=op.f("ck_transfer_side")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_transfer_unfinished",
        "transfer",
        ["person"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
    op.create_index("ix_transfer_receiving_state", "transfer", ["receiving", "state"])
    op.create_index("ix_transfer_releasing_state", "transfer", ["releasing", "state"])
    op.create_index("ix_transfer_region_state", "transfer", ["region", "state"])
    op.create_index("ix_transfer_ended_at", "transfer", ["ended_at"])


def _around_requests() -> None:
    op.create_table(
        "transfer_step",
        sa.Column("transfer", sa.Text, nullable=False),
        sa.Column("place", Whole, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("done_at", Whole),
        sa.PrimaryKeyConstraint("transfer", "place", name="pk_transfer_step"),
        sa.ForeignKeyConstraint(["transfer"], ["transfer.id"], name="fk_transfer_step_transfer"),
        sa.CheckConstraint(
            "kind IN ('join-school', 'join-team', 'leave-team', 'leave-school', 'enable')",
            name=op.f("ck_transfer_step_kind"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer_delivery",
        sa.Column("transfer", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("transfer", "side", "person", name="pk_transfer_delivery"),
        sa.ForeignKeyConstraint(["transfer"], ["transfer.id"], name="fk_transfer_delivery_transfer"),
        sqlite_strict=True,
    )


def _people() -> None:
    op.create_table(
        "deputy",
        sa.Column("id", Whole, autoincrement=True, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("since", Whole, nullable=False),
        sa.Column("until", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deputy"),
        sa.CheckConstraint("until >= since", name=op.f("ck_deputy_span")),
        sqlite_strict=True,
    )
    op.create_index("ix_deputy_person_until", "deputy", ["person", "until"])
    op.create_index("ix_deputy_school_until", "deputy", ["school", "until"])
    op.create_table(
        "regional_expert",
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("seen", Whole, nullable=False),
        sa.PrimaryKeyConstraint("region", "object_id", name="pk_regional_expert"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drops them, open requests too: for tests, never for a database somebody relies on."""
    for table in TABLES:
        op.drop_table(table)
