"""What a person wants to see of a warehouse at a glance: newest articles, names, events, what was refused."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

NEWEST_ARTICLES = """
    SELECT v.published_at, v.published_at_precision, p.name AS publisher, v.language, v.dateline_place,
           v.change_kind, a.pub_status, v.format,
           coalesce(v.headline, v.slugline, left(split_part(v.body, E'\\n', 1), 90)) AS display_title,
           m.relation, (SELECT count(*) FROM core.article_versions o
                        WHERE o.article_id = a.article_id AND o.superseded_at IS NULL) AS version_count
    FROM core.articles a
    JOIN core.article_versions v ON v.article_version_id = a.current_version_id
    JOIN core.publishers p ON p.publisher_id = a.publisher_id
    LEFT JOIN core.cluster_members m ON m.article_id = a.article_id
    ORDER BY coalesce(v.published_at, v.valid_from) DESC, a.article_id
    LIMIT :limit
"""
MOST_MENTIONED = """
    SELECT e.name, e.kind, e.country_code, max(m.office) AS office, count(*) AS mention_count,
           count(DISTINCT v.article_id) AS article_count
    FROM core.mentions m
    JOIN core.article_versions v ON v.article_version_id = m.article_version_id
    JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    JOIN core.entities e ON e.entity_id = m.entity_id
    GROUP BY e.entity_id
    ORDER BY article_count DESC, mention_count DESC, e.name
    LIMIT :limit
"""
EVENTS = """
    SELECT coalesce(e.event_date, v.published_at::date) AS event_date, e.event_type, e.status, e.cameo_code,
           coalesce(e.place_text, '') AS place,
           (SELECT string_agg(concat(s.surface, ' (' || s.country_code || ')'), ', ' ORDER BY s.start_offset, s.surface)
            FROM core.event_participants s WHERE s.event_id = e.event_id AND s.role = 'actor') AS actors,
           (SELECT string_agg(concat(s.surface, ' (' || s.country_code || ')'), ', ' ORDER BY s.start_offset, s.surface)
            FROM core.event_participants s WHERE s.event_id = e.event_id AND s.role = 'recipient') AS recipients
    FROM core.events e
    JOIN core.article_versions v ON v.article_version_id = e.article_version_id
    JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    LEFT JOIN core.cluster_members m ON m.article_id = a.article_id
    WHERE m.is_canonical IS NOT FALSE
    ORDER BY coalesce(v.published_at, v.valid_from) DESC, v.article_version_id, e.trigger_start_offset
    LIMIT :limit
"""
REFUSED = """
    SELECT coalesce(c.url, c.path) AS source, r.reason, r.detail
    FROM ops.rejections r
    JOIN raw.captures c ON c.capture_id = r.capture_id
    ORDER BY r.rejected_at DESC, r.rejection_id
    LIMIT :limit
"""


def newest_articles(connection: Connection, limit: int = 15) -> list[dict[str, Any]]:
    """The newest articles with their display title, state, and what they are in their cluster."""
    return _rows(connection, NEWEST_ARTICLES, limit)


def most_mentioned(connection: Connection, limit: int = 12) -> list[dict[str, Any]]:
    """The entities that the most articles name."""
    return _rows(connection, MOST_MENTIONED, limit)


def newest_events(connection: Connection, limit: int = 25) -> list[dict[str, Any]]:
    """Who did what to whom, when, where: of the newest articles, wire copies left out."""
    return _rows(connection, EVENTS, limit)


def refused(connection: Connection, limit: int = 10) -> list[dict[str, Any]]:
    """What was rejected last, and why."""
    return _rows(connection, REFUSED, limit)


def refused_by(connection: Connection, run_id: UUID, limit: int) -> list[dict[str, Any]]:
    """What one run rejected, and why."""
    query = REFUSED.replace("ORDER BY", "WHERE r.run_id = :run_id ORDER BY")
    rows = connection.execute(text(query), {"run_id": run_id, "limit": limit})
    return [dict(row) for row in rows.mappings()]


def _rows(connection: Connection, query: str, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text(query), {"limit": limit}).mappings()]
