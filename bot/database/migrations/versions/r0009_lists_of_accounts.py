"""Lists of accounts of schools: whom they name, and what was told of their columns.

The tables are written out here and not taken from `list_tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes them."""
    op.create_table(
        "account_list",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("dated", Whole, nullable=False),
        sa.Column("checked_at", Whole),
        sa.Column("people", Whole, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.Column("resolved", sa.LargeBinary),
        sa.PrimaryKeyConstraint("school", name="pk_account_list"),
        sqlite_strict=True,
    )
    op.create_table(
        "listed_person",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", "key", name="pk_listed_person"),
        sqlite_strict=True,
    )
    op.create_table(
        "list_columns",
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("meanings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("school", "fingerprint", name="pk_list_columns"),
        sqlite_strict=True,
    )
    _links("'table', 'list', 'accounts', 'protocol', 'parents', 'people'")


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
    """Drops them."""
    _links("'table', 'list', 'accounts', 'protocol', 'parents'")
    op.drop_table("list_columns")
    op.drop_table("listed_person")
    op.drop_table("account_list")
