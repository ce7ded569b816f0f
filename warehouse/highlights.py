"""What a person wants to see of a warehouse at a glance: newest articles, names, events, what was refused."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

NEWEST_ARTICLES = """
    SELECT a.published_at, a.published_at_precision, a.publisher_name, a.language, a.dateline_place, a.change_kind,
           a.pub_status, a.display_title, m.relation,
           (SELECT count(*) FROM mart.article_versions v WHERE v.article_id = a.article_id) AS version_count
    FROM mart.all_articles a
    LEFT JOIN mart.cluster_members m USING (article_id)
    ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.article_id
    LIMIT :limit
"""
MOST_MENTIONED = """
    SELECT entity_name, min(kind) AS kind, min(country_code) AS country_code, max(office) AS office,
           count(*) AS mention_count, count(DISTINCT article_id) AS article_count
    FROM mart.mentions
    WHERE entity_id IS NOT NULL AND field <> 'dateline' AND NOT is_wire_copy
    GROUP BY entity_id, entity_name
    ORDER BY article_count DESC, mention_count DESC, entity_name
    LIMIT :limit
"""
EVENTS = """
    SELECT day, event_type, modes, status, coalesce(place_text, '') AS place, actors, actor_countries, recipients,
           recipient_countries
    FROM mart.events
    WHERE NOT is_wire_copy
    ORDER BY published_at DESC NULLS LAST, article_id, start_offset, trigger_start_offset, event_id
    LIMIT :limit
"""
REFUSED = """
    SELECT source, reason, detail FROM mart.rejections ORDER BY rejected_at DESC, rejection_id LIMIT :limit
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
    """What one run read and rejected, and why."""
    query = REFUSED.replace("ORDER BY", "WHERE run_id = :run_id AND stage = 'extract' ORDER BY")
    rows = connection.execute(text(query), {"run_id": run_id, "limit": limit})
    return [dict(row) for row in rows.mappings()]


def _rows(connection: Connection, query: str, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text(query), {"limit": limit}).mappings()]
