"""raw.contents: erasing the bytes of captures that stay, and bytes that nothing names any more."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.ops.tombstones import set_tombstones


def erase_bytes(
    connection: Connection, capture_ids: Collection[UUID], *, outcome: str, reason: str | None = None, requested_by: str | None = None
) -> None:
    """Erase the bytes of captures that stay, as `outcome`, so that no replay waits for them.

    With a `reason` the bytes get tombstones: no crawl or import stores them again.
    """
    given = {"ids": sorted(capture_ids), "outcome": outcome}
    held = connection.execute(text("""
        SELECT DISTINCT content_month, content_sha256 FROM raw.captures
        WHERE capture_id = ANY (:ids) AND content_sha256 IS NOT NULL
    """), given).all()
    connection.execute(text("""
        UPDATE raw.captures SET outcome = :outcome, content_month = NULL, archive_url = NULL, archive_offset = NULL,
            archive_byte_count = NULL WHERE capture_id = ANY (:ids)
    """), given)
    connection.execute(text("DELETE FROM ops.work WHERE stage = 'extract' AND subject_id = ANY (:ids) AND state = 'pending'"), given)
    if reason is not None:
        set_tombstones(connection, "content", {bytes(row.content_sha256): None for row in held}, reason=reason, requested_by=requested_by)
    drop_unneeded_contents(connection, [(row.content_month, bytes(row.content_sha256)) for row in held if row.content_month])


def drop_unneeded_contents(connection: Connection, places: Collection[tuple[date, bytes]]) -> int:
    """Delete those bytes that no capture and no poll names any more; how many."""
    unique = sorted(set(places))
    return connection.execute(text("""
        DELETE FROM raw.contents AS contents
        USING unnest(CAST(:months AS date[]), CAST(:digests AS bytea[])) AS given (content_month, content_sha256)
        WHERE contents.content_month = given.content_month AND contents.content_sha256 = given.content_sha256
          AND NOT EXISTS (SELECT FROM raw.captures WHERE captures.content_sha256 = given.content_sha256
                          AND captures.content_month = given.content_month AND captures.archive_url IS NULL)
          AND NOT EXISTS (SELECT FROM raw.feed_polls WHERE feed_polls.content_sha256 = given.content_sha256
                          AND feed_polls.content_month = given.content_month)
    """), {"months": [month for month, _ in unique], "digests": [digest for _, digest in unique]}).rowcount
