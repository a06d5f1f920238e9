"""${message}

A release must work with this schema and with the one before it: expand now, contract one release later.
"""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands."""
    ${upgrades if upgrades else "raise NotImplementedError"}


def downgrade() -> None:
    """Takes it back."""
    ${downgrades if downgrades else "raise NotImplementedError"}
