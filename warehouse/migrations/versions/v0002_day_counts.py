"""Counts by day of articles, entities and events. The statements stand in v0002_day_counts.sql."""

from importlib.resources import files

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and ask for the counts of every day that has articles."""
    script = files("warehouse.migrations.versions").joinpath("v0002_day_counts.sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})
    op.execute(
        "INSERT INTO ops.stale_days (day) SELECT DISTINCT (coalesce(published_at, valid_from) AT TIME ZONE 'UTC')::date"
        " FROM core.article_versions"
    )


def downgrade() -> None:
    """Drop the tables: the counts can be made again."""
    op.execute("DROP TABLE core.event_days, core.entity_days, core.article_days, ops.stale_days")
