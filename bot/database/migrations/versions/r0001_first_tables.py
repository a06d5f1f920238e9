"""The first tables: budgets, audit chain, preferences, conversations, activities answered.

The tables are written out here and not taken from `tables.py`: a revision never changes, the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer, "sqlite")

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
    """,
    """
    CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the delete trigger (unless recursive_triggers is on).
    """
    CREATE TRIGGER audit_next_link BEFORE INSERT ON audit
    WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
      OR NEW.prev IS NOT COALESCE((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), zeroblob(32))
    BEGIN SELECT RAISE(ABORT, 'audit takes only its next link'); END
    """,
)

POSTGRES_TRIGGERS = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit is append-only'; END $$
    """,
    """
    CREATE FUNCTION audit_next_link() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
        OR NEW.prev IS DISTINCT FROM
          COALESCE((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), decode(repeat('00', 32), 'hex'))
      THEN RAISE EXCEPTION 'audit takes only its next link'; END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_next_link BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_next_link()
    """,
    # ALWAYS: also in a session that plays the replica (session_replication_role).
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuse_change",
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuse_truncate",
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_next_link",
)


def upgrade() -> None:
    """Makes them."""
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("proof", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_check"),
        sqlite_strict=True,
    )
    op.create_table(
        "lookup_attempt",
        sa.Column("id", Whole, autoincrement=True, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lookup_attempt"),
        sa.UniqueConstraint("actor", "operation", name="uq_lookup_attempt_actor_operation"),
        sa.CheckConstraint("reach IN ('own', 'other')", name=op.f("ck_lookup_attempt_reach")),
        sa.CheckConstraint("outcome IN ('pending', 'hit', 'miss', 'failed')", name=op.f("ck_lookup_attempt_outcome")),
        sqlite_strict=True,
    )
    op.create_index("ix_lookup_attempt_actor_at", "lookup_attempt", ["actor", "at"])
    op.create_index("ix_lookup_attempt_at", "lookup_attempt", ["at"])
    op.create_table(
        "audit",
        sa.Column("seq", Whole, autoincrement=False, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.Column("prev", sa.LargeBinary, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_table(
        "preference",
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("object_id", name="pk_preference"),
        sqlite_strict=True,
    )
    op.create_table(
        "conversation",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("service_url", sa.Text, nullable=False),
        sa.Column("tenant_id", sa.Text, nullable=False),
        sa.Column("bot_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("updated", Whole, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_conversation"),
        sqlite_strict=True,
    )
    op.create_index("ix_conversation_object_id_updated", "conversation", ["object_id", "updated"])
    op.create_table(
        "seen_activity",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_seen_activity"),
        sqlite_strict=True,
    )
    op.create_index("ix_seen_activity_at", "seen_activity", ["at"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRES_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drops everything, the audit too: for tests, never for a database somebody relies on."""
    for table in ("seen_activity", "conversation", "preference", "audit", "lookup_attempt", "key_check"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_refuse()")
        op.execute("DROP FUNCTION audit_next_link()")
