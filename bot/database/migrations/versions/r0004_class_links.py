"""Class links: the register's lists, what is begun about links, schools on Google Classroom and what is made there.

The tables are written out here and not taken from `link_tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")

OPEN = sa.text("stage = 'open'")

TABLES = ("errand_link", "link_mark", "school_platform", "link_case", "expected_list")


def upgrade() -> None:
    """Makes them."""
    op.create_table(
        "expected_list",
        sa.Column("school_code", sa.Text, nullable=False),
        sa.Column("checked_at", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school_code", name="pk_expected_list"),
        sqlite_strict=True,
    )
    _cases()
    _errands()
    op.create_table(
        "school_platform",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("changed_at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_school_platform"),
        sa.CheckConstraint("platform IN ('teams', 'classroom')", name=op.f("ck_school_platform_platform")),
        sqlite_strict=True,
    )
    op.create_table(
        "link_mark",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("removed", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", "link", name="pk_link_mark"),
        sa.CheckConstraint("removed IN (0, 1)", name=op.f("ck_link_mark_removed")),
        sqlite_strict=True,
    )


def _errands() -> None:
    op.create_table(
        "errand_link",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("errand", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("until", Whole, nullable=False),
        sa.Column("used_at", Whole),
        sa.PrimaryKeyConstraint("digest", name="pk_errand_link"),
        sa.CheckConstraint("errand IN ('table', 'list')", name=op.f("ck_errand_link_errand")),
        sqlite_strict=True,
    )
    op.create_index("ix_errand_link_actor_errand", "errand_link", ["actor", "errand"])
    op.create_index("ix_errand_link_until", "errand_link", ["until"])


def _cases() -> None:
    op.create_table(
        "link_case",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("matter", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("ended_at", Whole),
        sa.Column("ended_by", sa.Text),
        sa.Column("trouble", sa.Text),
        sa.Column("people", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_case"),
        sa.CheckConstraint(
            "matter IN ('add-owner', 'add-students', 'create', 'question')", name=op.f("ck_link_case_matter")
        ),
        sa.CheckConstraint("stage IN ('open', 'done', 'failed', 'declined')", name=op.f("ck_link_case_stage")),
        sa.CheckConstraint(
            "(stage = 'open') = (ended_at IS NULL) AND (stage = 'open') = (ended_by IS NULL)",
            name=op.f("ck_link_case_ended"),
        ),
        sa.CheckConstraint(
            "(trouble IS NOT NULL) = (stage = 'failed') AND people >= 0", name=op.f("ck_link_case_trouble")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_link_case_open",
        "link_case",
        ["school", "link", "matter"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_link_case_school_at", "link_case", ["school", "at"])
    op.create_index("ix_link_case_ended_at", "link_case", ["ended_at"])


def downgrade() -> None:
    """Drops them: for tests, never for a database somebody relies on."""
    for table in TABLES:
        op.drop_table(table)
