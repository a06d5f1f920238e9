"""The schools of those a look-up found, and the latest moment the database has seen.

The table is written out here and not taken from `tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes them."""
    op.add_column("lookup_attempt", sa.Column("schools", sa.Text, nullable=False, server_default=sa.text("''")))
    op.create_table(
        "high_water",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_high_water"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("high_water")
    op.drop_column("lookup_attempt", "schools")
