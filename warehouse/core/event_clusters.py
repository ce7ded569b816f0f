"""Events of the world in the warehouse: kept equal to what current texts state, by one writer at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.annotations.events.clusters import (
    CLUSTERER_VERSION,
    LONGEST_RUN,
    REACH,
    EventCluster,
    Statement,
    cluster_events,
    day_runs,
    side_key,
)
from warehouse.copying import array_literal, copy_rows
from warehouse.core.stale_events import mark_all_events_stale, take_stale_events
from warehouse.day_counts import mark_stale_versions
from warehouse.day_ranges import PUBLICATION_DAY
from warehouse.tables.events import event_cluster_members, event_clusters
from warehouse.upserts import upsert

# One number for the single writer of event clusters; nothing else may take this lock.
EVENT_CLUSTER_LOCK = 0x6461_7465_6576_636C
BATCH = 20_000

Days: TypeAlias = Mapping[UUID, set[date]]
"""Days by group of events (`event_group_id`)."""

# What these versions state, and what is stored of it. The day of an event: that of the text where it gives one, else
# that of publication.
_STATEMENTS = f"""
    SELECT e.event_id, e.article_version_id AS text_id, e.event_type, e.status,
        CASE WHEN e.date_precision = 'day' AND e.event_date IS NOT NULL THEN e.event_date
            ELSE {PUBLICATION_DAY} END AS day,
        left(e.cameo_code, 2) AS cameo_root,
        CASE WHEN e.place_source = 'sentence' THEN e.place_country_code END AS place_country_code,
        a.article_id IS NOT NULL AS is_current, m.event_cluster_id, c.event_group_id, c.event_date AS first_day,
        c.last_day, p.participants
    FROM unnest(CAST(:ids AS uuid[])) given (article_version_id)
    JOIN core.article_versions v USING (article_version_id)
    JOIN core.events e USING (article_version_id)
    LEFT JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    LEFT JOIN core.event_cluster_members m ON m.event_id = e.event_id
    LEFT JOIN core.event_clusters c ON c.event_cluster_id = m.event_cluster_id
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_array(p.role, p.country_code, p.sector, g.resolved_id)), '[]') AS participants
        FROM core.event_participants p LEFT JOIN core.entities g ON g.entity_id = p.entity_id
        WHERE p.event_id = e.event_id AND p.role IN ('actor', 'recipient')
    ) p
    WHERE (e.status IN ('actual', 'future') AND a.article_id IS NOT NULL) OR m.event_id IS NOT NULL
"""  # noqa: S608 -- no part comes from outside
# The clusters of these groups around these days.
_NEIGHBOURS = """
    SELECT c.event_cluster_id, c.event_group_id, c.event_date AS first_day, c.last_day
    FROM unnest(CAST(:groups AS uuid[]), CAST(:first_days AS date[]), CAST(:last_days AS date[]))
        given (event_group_id, first_day, last_day)
    JOIN core.event_clusters c ON c.event_group_id = given.event_group_id
        AND c.event_date BETWEEN given.first_day AND given.last_day
"""
_VERSIONS = """
    SELECT DISTINCT e.article_version_id FROM core.event_cluster_members m JOIN core.events e USING (event_id)
    WHERE m.event_cluster_id = ANY(CAST(:ids AS uuid[]))
"""


def refresh_event_clusters(connection: Connection, *, limit: int = BATCH) -> Sequence[UUID]:
    """Cluster anew what up to `limit` marked versions and clusters bear on; returns these.

    Rows that are as before are not written. Waits for the transaction-level lock of the single writer.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": EVENT_CLUSTER_LOCK})
    subjects = take_stale_events(connection, limit)
    if subjects:
        _cluster_anew(connection, subjects)
    return subjects


def outdate_event_clusters(connection: Connection) -> bool:
    """Ask for all clusters anew where other rules than today's made any; returns whether so."""
    query = text("SELECT EXISTS (SELECT FROM core.event_clusters WHERE clusterer_version <> :version)")
    is_outdated = bool(connection.scalar(query, {"version": CLUSTERER_VERSION}))
    if is_outdated:
        mark_all_events_stale(connection)
    return is_outdated


def _cluster_anew(connection: Connection, subjects: Sequence[UUID]) -> None:
    rows = list(_stated(connection, subjects))
    # What changed bears on clusters of its group, and these on statements, over days that follow each other.
    near, version_ids = _neighbours(connection, _touched_days(connection, subjects, rows))
    changed = set(subjects)
    rows += _stated(connection, version_ids - changed)
    clusters, elsewhere = [], set[UUID]()
    for cluster in cluster_events(_statement(row) for row in rows if row.is_current):
        if _is_told_on(near, cluster.event_group_id, cluster.first_day, cluster.last_day):
            clusters.append(cluster)
        else:
            # Read along with its text, or beyond what changed: not all that bears on it may be among the rows.
            elsewhere.update(cluster.event_ids)
    wanted = {event_id: cluster.event_cluster_id for cluster in clusters for event_id in cluster.event_ids}
    held = {row.event_id: row.event_cluster_id for row in rows if row.event_cluster_id is not None}
    stale = sorted(event_id for event_id in held.keys() - elsewhere if held[event_id] != wanted.get(event_id))
    fresh = sorted(event_id for event_id in wanted if held.get(event_id) != wanted[event_id])
    # A cluster's id says all that its row does but the last day: else one that has members is as it was.
    last_days = {row.event_cluster_id: row.last_day for row in rows}
    new = [one for one in clusters if last_days.get(one.event_cluster_id) != one.last_day]
    upsert(connection, event_clusters, (_cluster_row(one) for one in new))
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
    # The members of a cluster may have gone with their texts: it is then marked itself.
    connection.execute(
        text(
            "DELETE FROM core.event_clusters c WHERE c.event_cluster_id = ANY(CAST(:ids AS uuid[]))"
            " AND NOT EXISTS (SELECT FROM core.event_cluster_members m WHERE m.event_cluster_id = c.event_cluster_id)"
        ),
        {"ids": array_literal({*subjects, *(held[event_id] for event_id in stale)})},
    )


def _stated(connection: Connection, version_ids: Iterable[UUID]) -> Sequence[Any]:
    return connection.execute(text(_STATEMENTS), {"ids": array_literal(version_ids)}).all()


def _touched_days(connection: Connection, subjects: Sequence[UUID], rows: Sequence[Any]) -> Days:
    """The days on which groups changed: of the clusters that are marked or hold what these versions state, and of what
    they state now."""
    touched: dict[UUID, set[date]] = defaultdict(set)
    marked = connection.execute(
        text(
            "SELECT event_group_id, event_date AS first_day, last_day FROM core.event_clusters"
            " WHERE event_cluster_id = ANY(CAST(:ids AS uuid[]))"
        ),
        {"ids": array_literal(subjects)},
    ).all()
    told = cluster_events(_statement(row) for row in rows if row.is_current)
    for one in (*marked, *rows, *told):
        if one.event_group_id is not None:
            touched[one.event_group_id].update(_days(one.first_day, one.last_day))
    return touched


def _neighbours(connection: Connection, touched: Days) -> tuple[Days, frozenset[UUID]]:
    """By group, the days whose clusters may be others when these are touched, and the versions that bear on them."""
    # A cluster is found by its first day, and one at the end of the reach depends on as much beyond.
    earlier, later = timedelta(days=2 * REACH + LONGEST_RUN + 1), timedelta(days=2 * REACH + 1)
    found = connection.execute(
        text(_NEIGHBOURS),
        {
            "groups": array_literal(touched),
            "first_days": array_literal(min(days) - earlier for days in touched.values()),
            "last_days": array_literal(max(days) + later for days in touched.values()),
        },
    ).all()
    told = {group_id: set(days) for group_id, days in touched.items()}
    for row in found:
        told[row.event_group_id].update(_days(row.first_day, row.last_day))
    bearing = {
        group_id: {day for run in day_runs(days) if not touched[group_id].isdisjoint(run) for day in run}
        for group_id, days in told.items()
    }
    near = {group_id: bearing[group_id] & _around(days, REACH) for group_id, days in touched.items()}
    clusters = {
        row.event_cluster_id
        for row in found
        if _is_told_on(bearing, row.event_group_id, row.first_day, row.last_day)
    }
    return near, frozenset(connection.scalars(text(_VERSIONS), {"ids": array_literal(clusters)}))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _is_told_on(days: Days, group_id: UUID, first: date, last: date) -> bool:
    """Whether any day from `first` to `last` is among the group's."""
    chosen = days.get(group_id, ())
    return any(day in chosen for day in _days(first, last))


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
        "event_group_id": cluster.event_group_id,
        "event_type": cluster.event_type,
        "status": cluster.status,
        "event_date": cluster.first_day,
        "last_day": cluster.last_day,
        "clusterer_version": CLUSTERER_VERSION,
    }
