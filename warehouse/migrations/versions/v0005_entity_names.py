"""Which entities may be one: the keys by which their names are compared."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = "Natural key: the identifier of a reference table, else kind, name and country."


def upgrade() -> None:
    """Add the key, null for all: every entity is compared by the next run."""
    op.execute("ALTER TABLE core.entities ADD COLUMN name_key TEXT")
    op.execute("CREATE INDEX entities_name_key_index ON core.entities (name_key)")
    op.execute("CREATE INDEX entities_uncompared_index ON core.entities (entity_id) WHERE name_key IS NULL")
    op.execute(
        "COMMENT ON COLUMN core.entities.name_key IS 'What entities that may be one share: of people surname and first"
        " letter by sound, of organizations all; empty: can be no other; null: not compared yet.'"
    )
    op.execute(
        "COMMENT ON COLUMN core.entities.entity_key IS 'Natural key: the identifier of a reference table, else kind and"
        " name, of people country and office too.'"
    )


def downgrade() -> None:
    """Take the merges back with the key that they were found by."""
    op.execute("UPDATE core.entities SET merged_into_id = NULL WHERE merged_into_id IS NOT NULL")
    op.execute("ALTER TABLE core.entities DROP COLUMN name_key")
    op.execute(f"COMMENT ON COLUMN core.entities.entity_key IS '{_KEY}'")
