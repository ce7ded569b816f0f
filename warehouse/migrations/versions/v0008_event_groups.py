"""Clusters of events know their group, so that a change reads what it bears on alone; what changed is listed by text.

The statements stand in v0008_event_groups.sql.
"""

from importlib.resources import files

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ask for all clusters anew: what groups they are of was not kept."""
    script = files("warehouse.migrations.versions").joinpath("v0008_event_groups.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})


def downgrade() -> None:
    """List what changed by day again; every day is to be clustered anew."""
    op.execute("DROP TABLE ops.stale_events")
    op.execute("DROP INDEX core.event_clusters_group_index")
    op.execute("ALTER TABLE core.event_clusters DROP COLUMN event_group_id")
    # As 0004 made it.
    script = files("warehouse.migrations.versions").joinpath("v0004_event_clusters.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script[script.index("CREATE TABLE") :], execution_options={"no_parameters": True})
