"""The index on the time of publication holds what views ask of a day: they read it without the texts."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = "article_versions_published_at_index"


def upgrade() -> None:
    """Make the index anew, with the id and the embargo."""
    op.execute(f"DROP INDEX core.{NAME}")
    op.execute(
        f"CREATE INDEX {NAME} ON core.article_versions (published_at DESC NULLS LAST)"
        " INCLUDE (article_version_id, embargoed_until)"
    )


def downgrade() -> None:
    """Make the index as it was."""
    op.execute(f"DROP INDEX core.{NAME}")
    op.execute(f"CREATE INDEX {NAME} ON core.article_versions (published_at DESC NULLS LAST)")
