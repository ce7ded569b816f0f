"""Counts by day: which days are stale, and making those anew."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Table, text

from warehouse.copying import array_literal
from warehouse.day_ranges import PUBLICATION_DAY, falls_on, published_on
from warehouse.tables.day_counts import article_days, entity_days, event_days

# Only one process makes counts at a time; the others leave it the days.
COUNT_LOCK = 0x6461_7963_6F75_6E74

# The published articles of the days in their current version: what every count is made from. A table of its own, so
# that PostgreSQL knows how few they are.
_ARTICLES = f"""
    CREATE TEMPORARY TABLE current_articles ON COMMIT DROP AS
    SELECT {PUBLICATION_DAY} AS day, a.article_id, a.publisher_id, v.article_version_id,
        coalesce(v.language, '') AS language,
        NOT coalesce(m.is_wire_copy, false) AND coalesce(m.is_canonical, true) AS is_unique,
        coalesce(m.is_wire_copy, false) AS is_wire_copy,
        length(v.body) - length(replace(v.body, ' ', '')) + 1 AS word_count
    FROM core.article_versions v
    JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    LEFT JOIN core.cluster_members m ON m.article_id = a.article_id
    WHERE PUBLISHED
"""  # noqa: S608 -- no part comes from outside
_COUNTED = {
    "article_days": """
        WITH changes AS (
            SELECT (v.valid_from AT TIME ZONE 'UTC')::date AS day, a.publisher_id, coalesce(v.language, '') AS language,
                count(*) FILTER (WHERE v.change_kind = 'correction') AS correction_count,
                count(*) FILTER (WHERE v.change_kind = 'kill') AS kill_count
            FROM core.article_versions v
            JOIN core.articles a ON a.article_id = v.article_id
            WHERE v.superseded_at IS NULL AND v.change_kind IN ('correction', 'kill') AND CHANGED
            GROUP BY 1, 2, 3
        ), counts AS (
            SELECT day, publisher_id, language, count(*) AS article_count,
                count(*) FILTER (WHERE is_unique) AS unique_count,
                count(*) FILTER (WHERE is_wire_copy) AS wire_copy_count, sum(word_count) AS word_count
            FROM current_articles GROUP BY 1, 2, 3
        )
        SELECT day, publisher_id, language, coalesce(article_count, 0), coalesce(unique_count, 0),
            coalesce(wire_copy_count, 0), coalesce(word_count, 0), coalesce(correction_count, 0),
            coalesce(kill_count, 0)
        FROM counts FULL JOIN changes USING (day, publisher_id, language)
    """,
    "entity_days": """
        SELECT c.day, e.resolved_id, count(DISTINCT c.article_id),
            count(DISTINCT c.article_id) FILTER (WHERE c.is_unique), count(*)
        FROM current_articles c
        -- A dateline says who writes and from where, not who is in the news.
        JOIN core.mentions m ON m.article_version_id = c.article_version_id AND m.field <> 'dateline'
        JOIN core.entities e ON e.entity_id = m.entity_id
        GROUP BY 1, 2
    """,
    "event_days": """
        WITH sides AS (
            SELECT p.event_id, p.role, coalesce(p.country_code, g.country_code, '') AS country_code
            FROM current_articles c
            JOIN core.events v ON v.article_version_id = c.article_version_id
            JOIN core.event_participants p ON p.event_id = v.event_id AND p.role IN ('actor', 'recipient')
            LEFT JOIN core.entities e ON e.entity_id = p.entity_id
            LEFT JOIN core.entities g ON g.entity_id = e.resolved_id
            GROUP BY 1, 2, 3
        )
        SELECT c.day, coalesce(x.country_code, ''), coalesce(y.country_code, ''), v.event_type, v.status,
            v.quad_class, count(*), count(*) FILTER (WHERE c.is_unique), coalesce(sum(v.goldstein), 0),
            count(v.goldstein)
        FROM current_articles c
        JOIN core.events v ON v.article_version_id = c.article_version_id
        LEFT JOIN sides x ON x.event_id = v.event_id AND x.role = 'actor'
        LEFT JOIN sides y ON y.event_id = v.event_id AND y.role = 'recipient'
        GROUP BY 1, 2, 3, 4, 5, 6
    """,
}


def mark_stale(connection: Connection, article_ids: Iterable[UUID]) -> int:
    """Remember the days on which these articles, in any of their versions, were published or changed."""
    ids = set(article_ids)
    if not ids:
        return 0
    return connection.execute(
        text(
            """
            INSERT INTO ops.stale_days (day)
            SELECT DISTINCT (moment AT TIME ZONE 'UTC')::date
            FROM core.article_versions v, LATERAL (VALUES (v.published_at), (v.valid_from)) given (moment)
            WHERE v.article_id = ANY(CAST(:ids AS uuid[])) AND moment IS NOT NULL
            ORDER BY 1
            """
        ),
        {"ids": array_literal(ids)},
    ).rowcount


def mark_stale_versions(connection: Connection, version_ids: Iterable[UUID]) -> int:
    """As `mark_stale`, for the articles of these versions."""
    found = connection.scalars(
        text("SELECT article_id FROM core.article_versions WHERE article_version_id = ANY(CAST(:ids AS uuid[]))"),
        {"ids": array_literal(set(version_ids))},
    )
    return mark_stale(connection, found)


def mark_stale_clusters(connection: Connection, cluster_ids: Iterable[UUID]) -> int:
    """As `mark_stale`, for the members of these clusters: who stands for whom may have changed."""
    found = connection.scalars(
        text("SELECT article_id FROM core.cluster_members WHERE cluster_id = ANY(CAST(:ids AS uuid[]))"),
        {"ids": array_literal(set(cluster_ids))},
    )
    return mark_stale(connection, found)


def refresh_day_counts(connection: Connection, *, limit: int = 31) -> tuple[date, ...]:
    """Make the counts of up to `limit` stale days anew, the newest first; returns these days, sorted.

    Rows that count the same as before are not written. Nothing is done while another process is at it.
    """
    if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": COUNT_LOCK}):
        return ()
    deleted = connection.scalars(
        text(
            """
            DELETE FROM ops.stale_days WHERE day IN (
                SELECT DISTINCT day FROM ops.stale_days ORDER BY day DESC LIMIT :limit
            ) RETURNING day
            """
        ),
        {"limit": limit},
    )
    days = sorted(set(deleted))
    if days:
        connection.execute(text(_ARTICLES.replace("PUBLISHED", published_on(days))))
        connection.execute(text("ANALYZE current_articles"))
        for table in (article_days, entity_days, event_days):
            _replace(connection, table, _COUNTED[table.name].replace("CHANGED", falls_on("v.valid_from", days)), days)
        connection.execute(text("DROP TABLE current_articles"))
        _number_changes(connection, days)
    return tuple(days)


def last_change(connection: Connection) -> int:
    """The number of the last change of any day; 0 where there was none."""
    return connection.scalar(text("SELECT coalesce(max(change_number), 0) FROM ops.day_changes")) or 0


def days_changed_since(connection: Connection, change_number: int) -> tuple[date, ...]:
    """The days that changed after the change of that number, sorted; those not counted yet are among them."""
    found = connection.scalars(
        text(
            "SELECT day FROM ops.day_changes WHERE change_number > :number"
            " UNION SELECT day FROM ops.stale_days ORDER BY day"
        ),
        {"number": change_number},
    )
    return tuple(found)


def refresh_all_day_counts(connection: Connection) -> int:
    """Make the counts of every day anew that has or had any; returns how many days."""
    connection.execute(
        text(
            """
            INSERT INTO ops.stale_days (day)
            SELECT (coalesce(published_at, valid_from) AT TIME ZONE 'UTC')::date FROM core.article_versions
            UNION SELECT day FROM core.article_days UNION SELECT day FROM core.entity_days
            UNION SELECT day FROM core.event_days
            """
        )
    )
    count = 0
    while days := refresh_day_counts(connection):
        count += len(days)
    return count


def _number_changes(connection: Connection, days: Iterable[date]) -> None:
    """Give these days the next number. The lock on counting holds until the commit: numbers become seen in order."""
    connection.execute(
        text(
            """
            INSERT INTO ops.day_changes (day, change_number)
            SELECT day, (SELECT coalesce(max(change_number), 0) + 1 FROM ops.day_changes)
            FROM unnest(CAST(:days AS date[])) given (day)
            ON CONFLICT (day) DO UPDATE SET change_number = excluded.change_number
            """
        ),
        {"days": list(days)},
    )


def _replace(connection: Connection, table: Table, query: str, days: Iterable[date]) -> None:
    """Make the rows of `table` for `days` those that `query` counts, writing only what differs.

    The statements are put together from names of tables and columns, and from days.
    """
    name, made, keys = table.name, f"made_{table.name}", ", ".join(column.name for column in table.primary_key)
    gone = f"SELECT * FROM core.{name} WHERE day = ANY(CAST(:days AS date[])) EXCEPT SELECT * FROM {made}"  # noqa: S608
    for statement in (
        f"CREATE TEMPORARY TABLE {made} (LIKE core.{name}) ON COMMIT DROP",
        f"INSERT INTO {made} {query}",
        # Whole rows are compared: those that are gone or differ leave, and what is missing then comes in.
        f"DELETE FROM core.{name} WHERE ({keys}) IN (SELECT {keys} FROM ({gone}) gone)",  # noqa: S608
        f"INSERT INTO core.{name} SELECT * FROM {made} ORDER BY {keys} ON CONFLICT DO NOTHING",  # noqa: S608
        f"DROP TABLE {made}",
    ):
        connection.execute(text(statement), {"days": list(days)} if ":days" in statement else {})
