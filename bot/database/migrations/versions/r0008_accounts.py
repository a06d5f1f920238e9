"""The accounts of schools: what was last seen, who was handed theirs, what a school has chosen.

The tables are written out here and not taken from `account_tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes them."""
    op.create_table(
        "account_look",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_account_look"),
        sqlite_strict=True,
    )
    op.create_table(
        "school_account",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("enabled", Whole),
        sa.Column("twin", Whole, nullable=False),
        sa.Column("created", Whole),
        sa.Column("changed", Whole),
        sa.Column("signed_in", Whole),
        sa.Column("told", Whole),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("kind IN ('student', 'teacher', 'none')", name=op.f("ck_school_account_kind")),
        sa.CheckConstraint("enabled IN (0, 1) AND twin IN (0, 1)", name=op.f("ck_school_account_flags")),
        sa.PrimaryKeyConstraint("school", "person", name="pk_school_account"),
        sqlite_strict=True,
    )
    op.create_table(
        "account_week",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("monday", sa.Text, nullable=False),
        sa.Column("handed", Whole, nullable=False),
        sa.Column("whole", Whole, nullable=False),
        sa.Column("used", Whole, nullable=False),
        sa.CheckConstraint("0 <= used AND used <= handed AND handed <= whole", name=op.f("ck_account_week_counts")),
        sa.PrimaryKeyConstraint("school", "monday", name="pk_account_week"),
        sqlite_strict=True,
    )
    op.create_table(
        "account_receipt",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text),
        sa.Column("reverses", sa.Text),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.CheckConstraint(
            "recipient IN ('student', 'parent', 'teacher')", name=op.f("ck_account_receipt_recipient")
        ),
        sa.CheckConstraint("(recipient IS NULL) <> (reverses IS NULL)", name=op.f("ck_account_receipt_either")),
        sa.PrimaryKeyConstraint("id", name="pk_account_receipt"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_receipt_person_at", "account_receipt", ["person", "at"])
    op.create_index("ix_account_receipt_at", "account_receipt", ["at"])
    op.create_index("ix_account_receipt_reverses", "account_receipt", ["reverses"], unique=True)
    op.create_table(
        "school_choice",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("changed_at", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_school_choice"),
        sqlite_strict=True,
    )
    op.create_table(
        "account_group",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("changed_at", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_group"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_group_school", "account_group", ["school"])
    op.create_index("ix_account_group_changed_at", "account_group", ["changed_at"])
    op.create_table(
        "account_ask",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("teacher", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_ask"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_ask_person_at", "account_ask", ["person", "at"])
    op.create_index("ix_account_ask_teacher_at", "account_ask", ["teacher", "at"])
    op.create_index("ix_account_ask_at", "account_ask", ["at"])
    _links(
        "'table', 'list', 'accounts', 'protocol', 'parents'",
        sa.Column("about", sa.Text, nullable=False, server_default=sa.text("''")),
    )


def _links(pages: str, *more: sa.Column[str]) -> None:
    """Single-use links, for these pages. A link lives for ten minutes: those of before are not worth copying."""
    op.drop_table("errand_link")
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
        *more,
        sa.PrimaryKeyConstraint("digest", name="pk_errand_link"),
        sa.CheckConstraint(f"errand IN ({pages})", name=op.f("ck_errand_link_errand")),
        sqlite_strict=True,
    )
    op.create_index("ix_errand_link_actor_errand", "errand_link", ["actor", "errand"])
    op.create_index("ix_errand_link_until", "errand_link", ["until"])


def downgrade() -> None:
    """Drops them."""
    _links("'table', 'list'")
    op.drop_table("account_ask")
    op.drop_table("account_group")
    op.drop_table("school_choice")
    op.drop_table("account_receipt")
    op.drop_table("account_week")
    op.drop_table("school_account")
    op.drop_table("account_look")
