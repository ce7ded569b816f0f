"""Which days changed when, in order: for exports that write only those. The statements stand in v0003_day_changes.sql."""

from importlib.resources import files

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, empty: no export that knows of it can be older than it."""
    script = files("warehouse.migrations.versions").joinpath("v0003_day_changes.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})


def downgrade() -> None:
    """Drop the table: exports are then written whole again."""
    op.execute("DROP TABLE ops.day_changes")
