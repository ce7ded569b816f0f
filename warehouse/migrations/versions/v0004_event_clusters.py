"""Events of the world: which days have to be clustered anew. The statements stand in v0004_event_clusters.sql."""

from importlib.resources import files

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the queue, and ask for the clusters of every day that has events."""
    script = files("warehouse.migrations.versions").joinpath("v0004_event_clusters.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})


def downgrade() -> None:
    """Drop what was added; the clusters can be made again."""
    op.execute("DROP TABLE ops.stale_event_days")
    op.execute("DELETE FROM core.event_clusters")
    op.execute("DROP INDEX core.event_clusters_date_index")
    op.execute("ALTER TABLE core.event_clusters DROP COLUMN status, ALTER COLUMN event_date DROP NOT NULL")
    op.execute("COMMENT ON COLUMN core.event_clusters.event_cluster_id IS 'Derived from the event that opens it.'")
    op.execute("COMMENT ON COLUMN core.event_clusters.event_date IS 'Day that the members agree on.'")
