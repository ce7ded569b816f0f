"""Texts whose events changed, and the clusters that lost one of them: what is to be clustered anew."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.copying import array_literal


def clusters_of(connection: Connection, version_ids: Collection[UUID]) -> frozenset[UUID]:
    """The clusters that the stored events of these versions are in."""
    found = connection.scalars(
        text(
            "SELECT DISTINCT m.event_cluster_id FROM core.events e JOIN core.event_cluster_members m USING (event_id)"
            " WHERE e.article_version_id = ANY(CAST(:ids AS uuid[]))"
        ),
        {"ids": array_literal(set(version_ids))},
    )
    return frozenset(found)


def mark_stale_events(connection: Connection, subject_ids: Iterable[UUID]) -> None:
    """Remember these versions, whose events changed, and these clusters, which lost events."""
    unique = sorted(set(subject_ids))
    if unique:
        connection.execute(
            text("INSERT INTO ops.stale_events (subject_id) SELECT unnest(CAST(:ids AS uuid[]))"),
            {"ids": array_literal(unique)},
        )


def mark_stale_articles_events(connection: Connection, article_ids: Collection[UUID]) -> None:
    """Remember all versions of these articles that have events, and their clusters: what is current of them may have
    changed, or is about to be erased."""
    found = connection.scalars(
        text(
            "SELECT v.article_version_id FROM core.article_versions v WHERE v.article_id = ANY(CAST(:ids AS uuid[]))"
            " AND EXISTS (SELECT FROM core.events e WHERE e.article_version_id = v.article_version_id)"
        ),
        {"ids": array_literal(set(article_ids))},
    ).all()
    mark_stale_events(connection, {*found, *clusters_of(connection, found)})


def mark_all_events_stale(connection: Connection) -> None:
    """Take all clusters away and remember every version that has events, in the order of publication."""
    connection.execute(text("TRUNCATE core.event_cluster_members, core.event_clusters, ops.stale_events"))
    connection.execute(
        text(
            """
            INSERT INTO ops.stale_events (subject_id)
            SELECT v.article_version_id FROM core.article_versions v
            WHERE EXISTS (SELECT FROM core.events e WHERE e.article_version_id = v.article_version_id)
            ORDER BY coalesce(v.published_at, v.valid_from), v.article_version_id
            """
        )
    )


def take_stale_events(connection: Connection, limit: int) -> Sequence[UUID]:
    """Take up to `limit` marks off the list, those made first; returns what they were on, sorted."""
    taken = connection.scalars(
        text(
            """
            DELETE FROM ops.stale_events WHERE stale_event_id IN (
                SELECT stale_event_id FROM ops.stale_events ORDER BY stale_event_id LIMIT :limit
            ) RETURNING subject_id
            """
        ),
        {"limit": limit},
    )
    return sorted(set(taken))
