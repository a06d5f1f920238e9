"""Dead tasks are counted without reading those that are done."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DEAD = sa.text("status = 'dead'")


def upgrade() -> None:
    """Makes the index."""
    op.create_index("ix_task_dead", "task", ["run_at"], sqlite_where=DEAD, postgresql_where=DEAD)


def downgrade() -> None:
    """Drops it."""
    op.drop_index("ix_task_dead", "task")
