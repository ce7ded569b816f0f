"""Moving the bytes of old months to archive files: what is to move, and the pointers that are left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import zstandard
from sqlalchemy import Connection, text

from transforms.documents import Document
from warehouse.raw.contents import drop_unneeded_contents
from warehouse.raw.partitions import PARTITION_LOCK, month_of

BATCH_COUNT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContent:
    """Bytes of a month with the first capture (or, if it has none, the first poll) that they came with."""

    content_sha256: bytes
    content: bytes
    uri: str
    captured_at: datetime
    status_code: int | None
    media_type: str | None
    request_headers: tuple[tuple[str, str], ...]
    response_headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """Where the bytes with a hash lie."""

    content_sha256: bytes
    archive_url: str
    offset: int
    byte_count: int


def months_with_contents(connection: Connection, *, before: date) -> tuple[date, ...]:
    """First days of the months before `before` of which bytes are in the warehouse, oldest first."""
    return tuple(connection.scalars(
        text("SELECT DISTINCT content_month FROM raw.contents WHERE content_month < :before ORDER BY 1"),
        {"before": month_of(before)}))


def read_contents(connection: Connection, month: date) -> Iterator[list[StoredContent]]:
    """The contents of a month in batches, by hash. Those that nothing names are left out."""
    after = b""
    while True:
        rows = connection.execute(_BATCH, {"month": month, "after": after, "limit": BATCH_COUNT}).all()
        if not rows:
            return
        after = bytes(rows[-1].content_sha256)
        yield [_stored(row) for row in rows if row.uri is not None]


_BATCH = text("""
    SELECT contents.content_sha256, contents.coding, contents.byte_count, contents.content,
        coalesce(capture.uri, poll.url) AS uri, coalesce(capture.fetched_at, poll.polled_at) AS captured_at,
        coalesce(capture.status_code, poll.status_code) AS status_code, capture.media_type,
        capture.request_headers, capture.response_headers
    FROM raw.contents
    LEFT JOIN LATERAL (
        SELECT coalesce(final_url, url, 'urn:dateline:file:' || path) AS uri, fetched_at, status_code, media_type,
            request_headers, response_headers
        FROM raw.captures
        WHERE captures.content_sha256 = contents.content_sha256 AND captures.content_month = contents.content_month
        ORDER BY fetched_at, capture_id LIMIT 1
    ) AS capture ON true
    LEFT JOIN LATERAL (
        SELECT feeds.url, feed_polls.polled_at, status_code FROM raw.feed_polls JOIN core.feeds USING (feed_id)
        WHERE feed_polls.content_sha256 = contents.content_sha256 AND feed_polls.content_month = contents.content_month
        ORDER BY feed_polls.polled_at LIMIT 1
    ) AS poll ON capture.uri IS NULL
    WHERE contents.content_month = :month AND contents.content_sha256 > :after
    ORDER BY contents.content_sha256 LIMIT :limit
""")


def _stored(row: Any) -> StoredContent:
    content = bytes(row.content)
    if row.coding == "zstd":
        content = zstandard.ZstdDecompressor().decompress(content, max_output_size=row.byte_count)
    return StoredContent(
        content_sha256=bytes(row.content_sha256), content=content, uri=row.uri, captured_at=row.captured_at,
        status_code=row.status_code, media_type=row.media_type,
        request_headers=tuple(sorted((row.request_headers or {}).items())),
        response_headers=tuple(sorted((row.response_headers or {}).items())))


def keep_places(connection: Connection, month: date, places: Sequence[ArchivePlace]) -> int:
    """Point the captures of a month at their archived bytes, and delete these from the warehouse; how many captures."""
    moved = connection.execute(text("""
        WITH given AS (
            SELECT * FROM unnest(CAST(:digests AS bytea[]), CAST(:urls AS text[]), CAST(:offsets AS bigint[]),
                CAST(:counts AS bigint[])) AS given (content_sha256, archive_url, archive_offset, byte_count)
        )
        UPDATE raw.captures SET archive_url = given.archive_url, archive_offset = given.archive_offset,
            archive_byte_count = given.byte_count
        FROM given
        WHERE captures.content_sha256 = given.content_sha256 AND captures.content_month = :month
          AND captures.archive_url IS NULL
    """), {"month": month, "digests": [place.content_sha256 for place in places],
           "urls": [place.archive_url for place in places], "offsets": [place.offset for place in places],
           "counts": [place.byte_count for place in places]}).rowcount
    digests = [place.content_sha256 for place in places]
    connection.execute(text("""
        UPDATE raw.feed_polls SET content_month = NULL
        WHERE content_month = :month AND content_sha256 = ANY (CAST(:digests AS bytea[]))
    """), {"month": month, "digests": digests})
    drop_unneeded_contents(connection, [(month, digest) for digest in digests])
    return moved


def drop_month(connection: Connection, month: date) -> bool:
    """Drop the partition of a month that holds no bytes any more, which frees its room; whether it was dropped."""
    name = f"raw.contents_{month:%Y_%m}"
    if connection.scalar(text("SELECT to_regclass(:name)"), {"name": name}) is None:
        return False
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PARTITION_LOCK})
    connection.exec_driver_sql(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
    if connection.scalar(text("SELECT EXISTS (SELECT FROM raw.contents WHERE content_month = :month)"), {"month": month}):
        return False
    connection.exec_driver_sql(f"DROP TABLE {name}")
    return True


def last_archive_number(connection: Connection, prefix: str) -> int:
    """The highest number n of the archive files `{prefix}{n:05}.warc.gz` that captures point at; 0 for none."""
    numbers = connection.scalars(
        text("SELECT DISTINCT archive_url FROM raw.captures WHERE starts_with(archive_url, :prefix)"), {"prefix": prefix})
    found = [url[len(prefix):].partition(".")[0] for url in numbers]
    return max((int(number) for number in found if number.isdigit()), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDocument:
    """A document whose bytes lie in an archive: `document.content` is empty until they are fetched."""

    document: Document
    place: ArchivePlace


def find_archived_documents(connection: Connection, capture_ids: Sequence[UUID]) -> tuple[ArchivedDocument, ...]:
    """Those of the captures whose bytes were moved to archives, in the order of `capture_ids`."""
    rows = connection.execute(text("""
        SELECT captures.*, publisher_code FROM raw.captures LEFT JOIN core.publishers USING (publisher_id)
        WHERE capture_id = ANY (:ids) AND archive_url IS NOT NULL
    """), {"ids": list(capture_ids)})
    found = {
        row.capture_id: ArchivedDocument(
            document=Document(
                id=str(row.capture_id), content=b"", url=row.final_url or row.url, media_type=row.media_type,
                charset=row.charset, filename=row.path.rsplit("/", 1)[-1] if row.path else None,
                fetched_at=row.fetched_at, publisher_code=row.publisher_code, published_hint=row.published_hint,
                published_hint_source=row.published_hint_source),
            place=ArchivePlace(content_sha256=bytes(row.content_sha256), archive_url=row.archive_url,
                               offset=row.archive_offset, byte_count=row.archive_byte_count))
        for row in rows}
    return tuple(found[capture_id] for capture_id in capture_ids if capture_id in found)
