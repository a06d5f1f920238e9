"""Rows that give rights carry a seal.

The columns may be empty: a release before this one writes rows without a seal, which give nothing until the next
start has found them in the audit log (`bot/database/sealing.py`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("release", "deputy", "transfer", "transfer_step")


def upgrade() -> None:
    """Adds the columns. Plain statements: SQLite adds a column without copying the table."""
    for table in TABLES:
        op.add_column(table, sa.Column("seal", sa.LargeBinary))


def downgrade() -> None:
    """Drops them."""
    for table in TABLES:
        op.drop_column(table, "seal")
