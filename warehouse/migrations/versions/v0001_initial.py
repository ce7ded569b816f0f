"""The first schema: raw, core, ops and an empty mart. The statements stand in v0001_initial.sql."""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all schemas, tables, indexes and comments."""
    script = files("warehouse.migrations.versions").joinpath("v0001_initial.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})


def downgrade() -> None:
    """Drop everything. The extensions stay: others may use them."""
    op.get_bind().exec_driver_sql("DROP SCHEMA mart, ops, core, raw CASCADE")
