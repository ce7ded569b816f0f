"""Events know the day on which they were told, so that a question for a day reads that day and not all."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the day from the version that states the event."""
    op.execute("ALTER TABLE core.events ADD COLUMN published_date DATE")
    op.execute(
        "UPDATE core.events e SET published_date = (v.published_at AT TIME ZONE 'UTC')::date"
        " FROM core.article_versions v WHERE v.article_version_id = e.article_version_id AND v.published_at IS NOT NULL"
    )
    op.execute(
        "COMMENT ON COLUMN core.events.published_date IS"
        " 'Day of publication (UTC) of the version that states it; null where that gives none.'"
    )
    op.execute("CREATE INDEX events_day_index ON core.events (coalesce(event_date, published_date))")


def downgrade() -> None:
    """The day is derived: nothing is lost."""
    op.execute("ALTER TABLE core.events DROP COLUMN published_date")
