"""Rows that say where a person is spoken to carry a seal.

The column may be empty: a release before this one writes rows without a seal (`bot/database/conversations.py`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column. A plain statement: SQLite adds a column without copying the table."""
    op.add_column("conversation", sa.Column("seal", sa.LargeBinary))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("conversation", "seal")
