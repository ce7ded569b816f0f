"""Who is named in a dateline is not in the news: the counts of all days are made anew."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark every day that has counts."""
    op.execute("INSERT INTO ops.stale_days (day) SELECT DISTINCT day FROM core.entity_days")


def downgrade() -> None:
    """The same: the code of before counts datelines."""
    upgrade()
