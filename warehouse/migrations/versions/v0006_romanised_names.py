"""Names in Latin letters, so that a search in one script finds what is written in another."""

from importlib.resources import files

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the function and the column that it fills; its index takes the place of that on folded names."""
    script = files("warehouse.migrations.versions").joinpath("v0006_romanised_names.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})


def downgrade() -> None:
    """Search folded names again."""
    op.execute("ALTER TABLE core.entity_aliases DROP COLUMN alias_romanised")
    op.execute("DROP FUNCTION core.romanised")
    op.execute(
        "CREATE INDEX entity_aliases_alias_folded_trigram_index ON core.entity_aliases"
        " USING gin (alias_folded gin_trgm_ops)"
    )
