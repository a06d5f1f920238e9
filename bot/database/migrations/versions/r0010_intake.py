"""What each school was charged for students it takes in; a table of the schools of a region has a link."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "intake_charge",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("season", Whole, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("asked", Whole, nullable=False),
        sa.Column("missed", Whole),
        sa.CheckConstraint("asked >= 0 AND 0 <= missed AND missed <= asked", name=op.f("ck_intake_charge_counts")),
        sa.PrimaryKeyConstraint("school", "operation", name="pk_intake_charge"),
        sqlite_strict=True,
    )
    op.create_index("ix_intake_charge_school_season_at", "intake_charge", ["school", "season", "at"])
    op.create_index("ix_intake_charge_at", "intake_charge", ["at"])
    _links("'table', 'list', 'accounts', 'protocol', 'parents', 'people', 'region'")


def _links(pages: str) -> None:
    """Single-use links, for these pages. A link lives for minutes: those of before are not worth copying."""
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
        sa.Column("about", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("digest", name="pk_errand_link"),
        sa.CheckConstraint(f"errand IN ({pages})", name=op.f("ck_errand_link_errand")),
        sqlite_strict=True,
    )
    op.create_index("ix_errand_link_actor_errand", "errand_link", ["actor", "errand"])
    op.create_index("ix_errand_link_until", "errand_link", ["until"])


def downgrade() -> None:
    """Drops it."""
    _links("'table', 'list', 'accounts', 'protocol', 'parents', 'people'")
    op.drop_table("intake_charge")
