"""Clusters of events know their last day, so that a change reads the days that follow each other and no more."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is told over more than three days; where it was fewer, the next change there says so."""
    op.execute("ALTER TABLE core.event_clusters ADD COLUMN last_day DATE")
    op.execute("UPDATE core.event_clusters SET last_day = event_date + 2")
    op.execute("ALTER TABLE core.event_clusters ALTER COLUMN last_day SET NOT NULL")
    op.execute(
        "COMMENT ON COLUMN core.event_clusters.last_day IS 'No member gives, or is told on, a later day (UTC).'"
    )


def downgrade() -> None:
    """The day is derived: nothing is lost."""
    op.execute("ALTER TABLE core.event_clusters DROP COLUMN last_day")
