"""Events of the world in the warehouse: kept equal to what current texts state, by one writer at a time."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.annotations.events.clusters import (
    CLUSTERER_VERSION,
    REACH,
    EventCluster,
    Statement,
    cluster_events,
    side_key,
)
from warehouse.copying import array_literal, copy_rows
from warehouse.day_counts import mark_stale_versions
from warehouse.day_ranges import PUBLICATION_DAY, published_on
from warehouse.tables.events import event_cluster_members, event_clusters
from warehouse.upserts import upsert

# One number for the single writer of event clusters; nothing else may take this lock.
EVENT_CLUSTER_LOCK = 0x6461_7465_6576_636C

# The day of an event: that of the text where it gives one, else that of publication.
_DAY = f"""
    CASE WHEN e.date_precision = 'day' AND e.event_date IS NOT NULL THEN e.event_date
        ELSE {PUBLICATION_DAY} END
"""
_STATEMENTS = f"""
    WITH found AS (
        SELECT e.event_id FROM core.events e WHERE e.event_date = ANY(CAST(:days AS date[])) AND e.date_precision = 'day'
        UNION
        SELECT e.event_id FROM core.article_versions v
        JOIN core.events e ON e.article_version_id = v.article_version_id
        WHERE (e.date_precision IS DISTINCT FROM 'day' OR e.event_date IS NULL) AND PUBLISHED
    )
    SELECT e.event_id, e.article_version_id AS text_id, e.event_type, e.status, {_DAY} AS day,
        left(e.cameo_code, 2) AS cameo_root,
        CASE WHEN e.place_source = 'sentence' THEN e.place_country_code END AS place_country_code,
        a.article_id IS NOT NULL AS is_current, m.event_cluster_id,
        (
            SELECT coalesce(jsonb_agg(jsonb_build_array(p.role, p.country_code, p.sector, g.resolved_id)), '[]')
            FROM core.event_participants p LEFT JOIN core.entities g ON g.entity_id = p.entity_id
            WHERE p.event_id = e.event_id AND p.role IN ('actor', 'recipient')
        ) AS participants
    FROM found f
    JOIN core.events e ON e.event_id = f.event_id
    JOIN core.article_versions v ON v.article_version_id = e.article_version_id
    LEFT JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    LEFT JOIN core.event_cluster_members m ON m.event_id = e.event_id
    WHERE (e.status IN ('actual', 'future') AND a.article_id IS NOT NULL) OR m.event_id IS NOT NULL
"""  # noqa: S608 -- no part comes from outside


def event_days(connection: Connection, version_ids: Collection[UUID]) -> frozenset[date]:
    """The days of the events that are stored for these versions, and of the clusters that they are in."""
    query = f"""
        SELECT {_DAY} FROM core.events e JOIN core.article_versions v USING (article_version_id)
        WHERE e.article_version_id = ANY(CAST(:ids AS uuid[]))
        UNION
        SELECT c.event_date FROM core.events e JOIN core.event_cluster_members m USING (event_id)
        JOIN core.event_clusters c USING (event_cluster_id)
        WHERE e.article_version_id = ANY(CAST(:ids AS uuid[]))
    """  # noqa: S608 -- no part comes from outside
    return frozenset(connection.scalars(text(query), {"ids": array_literal(set(version_ids))}))


def mark_stale_event_days(connection: Connection, days: Iterable[date]) -> None:
    """Remember the days whose events changed."""
    unique = sorted(set(days))
    if unique:
        connection.execute(
            text("INSERT INTO ops.stale_event_days (day) SELECT unnest(CAST(:days AS date[]))"), {"days": unique}
        )


def mark_stale_events(connection: Connection, article_ids: Collection[UUID]) -> None:
    """Remember the days of these articles' events, in any version: what is current of them may have changed."""
    found = connection.scalars(
        text("SELECT article_version_id FROM core.article_versions WHERE article_id = ANY(CAST(:ids AS uuid[]))"),
        {"ids": array_literal(set(article_ids))},
    )
    mark_stale_event_days(connection, event_days(connection, list(found)))


def refresh_event_clusters(connection: Connection, *, limit: int = 31) -> tuple[date, ...]:
    """Cluster the events of up to `limit` stale days anew, the newest first; returns these days, sorted.

    Rows that are as before are not written. Waits for the transaction-level lock of the single writer.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": EVENT_CLUSTER_LOCK})
    deleted = connection.scalars(
        text(
            """
            DELETE FROM ops.stale_event_days WHERE day IN (
                SELECT DISTINCT day FROM ops.stale_event_days ORDER BY day DESC LIMIT :limit
            ) RETURNING day
            """
        ),
        {"limit": limit},
    )
    days = sorted(set(deleted))
    if days:
        _cluster_anew(connection, days)
    return tuple(days)


def _cluster_anew(connection: Connection, days: Sequence[date]) -> None:
    # What changed bears on clusters with a day within reach, and these on statements within reach of any of their days.
    near = _around(days, REACH)
    read = sorted(_around(days, 2 * REACH + 1))
    rows = connection.execute(text(_STATEMENTS.replace("PUBLISHED", published_on(read))), {"days": read}).all()
    day_of = {row.event_id: row.day for row in rows}
    clusters = [
        cluster
        for cluster in cluster_events(_statement(row) for row in rows if row.is_current)
        if any(day_of[event_id] in near for event_id in cluster.event_ids)
    ]
    wanted = {event_id: cluster.event_cluster_id for cluster in clusters for event_id in cluster.event_ids}
    held = {row.event_id: row.event_cluster_id for row in rows if row.event_cluster_id is not None}
    own = {event_id for event_id in held if event_id in wanted or day_of[event_id] in near}
    stale = sorted(event_id for event_id in own if held[event_id] != wanted.get(event_id))
    fresh = sorted(event_id for event_id in wanted if held.get(event_id) != wanted[event_id])
    # A cluster's id says all that its row does: one that has members is as it was.
    there = set(held.values())
    upsert(connection, event_clusters, (_cluster_row(one) for one in clusters if one.event_cluster_id not in there))
    if stale:
        connection.execute(
            text("DELETE FROM core.event_cluster_members WHERE event_id = ANY(CAST(:ids AS uuid[]))"),
            {"ids": array_literal(stale)},
        )
    members = [{"event_id": event_id, "event_cluster_id": wanted[event_id]} for event_id in fresh]
    copy_rows(connection, event_cluster_members, members)
    # Views of a day's events show their clusters: an export of these days is no longer what they are.
    text_of = {row.event_id: row.text_id for row in rows}
    mark_stale_versions(connection, {text_of[event_id] for event_id in (*stale, *fresh)})
    # The members of a cluster may have gone with their texts: its day is then marked, and nothing else of it left.
    connection.execute(
        text(
            "DELETE FROM core.event_clusters c"
            " WHERE (c.event_date = ANY(CAST(:days AS date[])) OR c.event_cluster_id = ANY(CAST(:ids AS uuid[])))"
            " AND NOT EXISTS (SELECT FROM core.event_cluster_members m WHERE m.event_cluster_id = c.event_cluster_id)"
        ),
        {"days": sorted(near), "ids": array_literal({held[event_id] for event_id in stale})},
    )


def _around(days: Iterable[date], reach: int) -> set[date]:
    return {day + timedelta(days=step) for day in days for step in range(-reach, reach + 1)}


def _statement(row: Any) -> Statement:
    sides: dict[str, set[str]] = {"actor": set(), "recipient": set()}
    for role, country_code, sector, entity_id in row.participants:
        if side := side_key(country_code, sector, UUID(entity_id) if entity_id else None):
            sides[role].add(side)
    return Statement(
        event_id=row.event_id, text_id=row.text_id, event_type=row.event_type, status=row.status, day=row.day,
        actors=frozenset(sides["actor"]), recipients=frozenset(sides["recipient"]), cameo_root=row.cameo_root,
        place_country_code=row.place_country_code,
    )  # fmt: skip


def _cluster_row(cluster: EventCluster) -> dict[str, Any]:
    return {
        "event_cluster_id": cluster.event_cluster_id,
        "event_type": cluster.event_type,
        "status": cluster.status,
        "event_date": cluster.first_day,
        "clusterer_version": CLUSTERER_VERSION,
    }
