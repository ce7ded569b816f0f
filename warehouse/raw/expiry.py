"""Retention: what a publisher's licence lets be kept for some days alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.raw.contents import erase_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredCapture:
    """A capture whose time is over; `place` is the archive file, offset and length of its bytes, if they lie in one
    and no capture that may stay needs them."""

    capture_id: UUID
    place: tuple[str, int, int] | None


_EXPIRED = text("""
    WITH expired AS (
        SELECT capture_id, archive_url, archive_offset, archive_byte_count
        FROM raw.captures JOIN core.publishers USING (publisher_id)
        WHERE retention_days IS NOT NULL AND outcome = 'content'
          AND fetched_at < now() - make_interval(days => retention_days)
    )
    SELECT expired.*, EXISTS (
        SELECT FROM raw.captures AS other
        WHERE other.archive_url = expired.archive_url AND other.archive_offset = expired.archive_offset
          AND NOT other.capture_id IN (SELECT capture_id FROM expired)) AS is_needed
    FROM expired ORDER BY capture_id LIMIT :limit
""")


def find_expired_captures(connection: Connection, *, limit: int = 1000) -> tuple[ExpiredCapture, ...]:
    """Captures with bytes that are older than their publisher's `retention_days`, oldest first."""
    rows = connection.execute(_EXPIRED, {"limit": limit})
    return tuple(ExpiredCapture(
        capture_id=row.capture_id,
        place=None if row.archive_url is None or row.is_needed
        else (row.archive_url, row.archive_offset, row.archive_byte_count)) for row in rows)


def expire_captures(connection: Connection, capture_ids: Sequence[UUID]) -> None:
    """Erase the bytes of captures, and the texts and quotes of the versions that they showed.

    Captures get the outcome `expired`, so that no replay waits for them; versions keep their headline, times and
    hash, so that histories and clusters stand.
    """
    given = {"ids": sorted(capture_ids)}
    erase_bytes(connection, capture_ids, outcome="expired")
    for statement in (
        """DELETE FROM core.quotes USING core.article_versions AS versions
            WHERE quotes.article_version_id = versions.article_version_id AND versions.capture_id = ANY (:ids)""",
        """UPDATE core.article_versions SET body = '', warnings = array_append(warnings, 'expired')
            WHERE capture_id = ANY (:ids) AND body <> ''""",
    ):
        connection.execute(text(statement), given)
