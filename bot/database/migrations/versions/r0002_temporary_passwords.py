"""Durable work and temporary passwords: tasks, pace, messages, jobs, operations, secrets, links, directors, releases.

The tables are written out here and not taken from `tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")

READY = sa.text("status = 'ready'")
OVER = sa.text("status <> 'ready'")
RUNNING = sa.text("stage = 'requested'")

TABLES = (
    "release",
    "school_director",
    "slip_link",
    "secret",
    "password_operation",
    "password_job",
    "message",
    "pace",
    "task",
)


def upgrade() -> None:
    """Makes them."""
    _durable_work()
    _operations()
    _around_operations()


def _durable_work() -> None:
    op.create_table(
        "task",
        sa.Column("id", Whole, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("run_at", Whole, nullable=False),
        sa.Column("held", Whole, nullable=False),
        sa.Column("attempts", Whole, nullable=False),
        sa.Column("failures", Whole, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("created", Whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("kind", "key", name="uq_task_kind_key"),
        sa.CheckConstraint("status IN ('ready', 'done', 'dead')", name=op.f("ck_task_status")),
        sa.CheckConstraint("held = 0 OR (held = 1 AND status = 'ready' AND attempts > 0)", name=op.f("ck_task_held")),
        sqlite_strict=True,
    )
    op.create_index("ix_task_due", "task", ["run_at"], sqlite_where=READY, postgresql_where=READY)
    op.create_index("ix_task_over", "task", ["run_at"], sqlite_where=OVER, postgresql_where=OVER)
    op.create_table(
        "pace",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("next_free", Whole, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pace"),
        sqlite_strict=True,
    )
    op.create_table(
        "message",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("activity_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_message"),
        sa.CheckConstraint("state IN ('intent', 'sent')", name=op.f("ck_message_state")),
        sqlite_strict=True,
    )


def _operations() -> None:
    op.create_table(
        "password_job",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("cancelled_at", Whole),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_password_job"),
        sqlite_strict=True,
    )
    op.create_index("ix_password_job_actor_at", "password_job", ["actor", "at"])
    op.create_table(
        "password_operation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("job", sa.Text),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("is_student", Whole, nullable=False),
        sa.Column("revoke", Whole, nullable=False),
        sa.Column("revoked", Whole, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("candidates", Whole, nullable=False),
        sa.Column("in_doubt", Whole, nullable=False),
        sa.Column("set_at", Whole),
        sa.Column("works_from", Whole),
        sa.Column("unseen_until", Whole),
        sa.Column("shown_at", Whole),
        sa.Column("lease_until", Whole),
        sa.Column("expires_at", Whole),
        sa.Column("handed_at", Whole),
        sa.Column("ended_at", Whole),
        sa.Column("ending", sa.Text, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_password_operation"),
        sa.ForeignKeyConstraint(["job"], ["password_job.id"], name="fk_password_operation_job"),
        sa.CheckConstraint(
            "stage IN ('requested', 'ready', 'shown', 'closed', 'unseen', 'failed', 'cancelled')",
            name=op.f("ck_password_operation_stage"),
        ),
        sa.CheckConstraint(
            "ending IN ('', 'changed', 'expired', 'replaced')", name=op.f("ck_password_operation_ending")
        ),
        sa.CheckConstraint("(ending = '') = (ended_at IS NULL)", name=op.f("ck_password_operation_ended")),
        sa.CheckConstraint(
            "recipient IN ('student', 'parent', 'teacher')", name=op.f("ck_password_operation_recipient")
        ),
        sa.CheckConstraint(
            "is_student IN (0, 1) AND revoke IN (0, 1) AND revoked IN (0, 1) AND in_doubt IN (0, 1)",
            name=op.f("ck_password_operation_flags"),
        ),
        sa.CheckConstraint("(failure IS NOT NULL) = (stage = 'failed')", name=op.f("ck_password_operation_failure")),
        sa.CheckConstraint(
            "stage NOT IN ('ready', 'unseen', 'shown', 'closed') OR (candidates > 0 AND set_at IS NOT NULL"
            " AND works_from IS NOT NULL AND unseen_until IS NOT NULL AND expires_at IS NOT NULL)",
            name=op.f("ck_password_operation_set"),
        ),
        sa.CheckConstraint(
            "(stage IN ('shown', 'closed')) = (shown_at IS NOT NULL) AND (shown_at IS NULL) = (lease_until IS NULL)",
            name=op.f("ck_password_operation_shown"),
        ),
        sa.CheckConstraint("handed_at IS NULL OR stage = 'closed'", name=op.f("ck_password_operation_handed")),
        sqlite_strict=True,
    )
    op.create_index("ix_password_operation_person_at", "password_operation", ["person", "at"])
    op.create_index("ix_password_operation_job", "password_operation", ["job"])
    op.create_index("ix_password_operation_at", "password_operation", ["at"])
    op.create_index(
        "uq_password_operation_running",
        "password_operation",
        ["person"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.create_table(
        "secret",
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("operation", name="pk_secret"),
        sa.ForeignKeyConstraint(["operation"], ["password_operation.id"], name="fk_secret_operation"),
        sqlite_strict=True,
    )


def _around_operations() -> None:
    op.create_table(
        "slip_link",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("conversation", sa.LargeBinary, nullable=False),
        sa.Column("until", Whole, nullable=False),
        sa.Column("used_at", Whole),
        sa.PrimaryKeyConstraint("digest", name="pk_slip_link"),
        sqlite_strict=True,
    )
    op.create_index("ix_slip_link_until", "slip_link", ["until"])
    op.create_table(
        "school_director",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("seen", Whole, nullable=False),
        sa.PrimaryKeyConstraint("school", "object_id", name="pk_school_director"),
        sqlite_strict=True,
    )
    op.create_table(
        "release",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("until", Whole, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", "school", name="pk_release"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drops them, receipts and running operations too: for tests, never for a database somebody relies on."""
    for table in TABLES:
        op.drop_table(table)
