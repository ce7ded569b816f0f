"""Captures and their bytes: one row per capture, one content per month for identical bytes."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import zstandard
from sqlalchemy import Connection, select, tuple_

from transforms.documents import Document
from transforms.failures import PermanentError
from transforms.identity import derived_id
from warehouse.ops.tombstones import forgotten_contents, forgotten_urls
from warehouse.raw.partitions import ensure_partitions, month_of
from warehouse.tables.feeds import publishers
from warehouse.tables.raw import captures, contents
from warehouse.upserts import Changes, upsert, upsert_returning

COMPRESSION_LEVEL = 3
# Below this the frame around the compressed bytes costs more than is won.
COMPRESSED_FROM = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What was fetched or read, before it is stored. Times are aware; `content` is decoded, None where there is none.

    `is_time_known` says that `fetched_at` belongs to the source (a fetch, an archive's record) and so tells
    two captures of the same bytes apart; a file read twice is one capture.
    """

    kind: str
    fetched_at: datetime
    content: bytes | None = None
    is_time_known: bool = False
    publisher_code: str | None = None
    url: str | None = None
    path: str | None = None
    final_url: str | None = None
    outcome: str = "content"
    status_code: int | None = None
    media_type: str | None = None
    charset: str | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    elapsed_milliseconds: int | None = None
    feed_item_id: UUID | None = None
    published_hint: datetime | None = None
    published_hint_source: str | None = None
    archive_url: str | None = None
    archive_offset: int | None = None
    archive_byte_count: int | None = None
    content_sha256: bytes | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Hash the content once: everything asks for it."""
        digest = None if self.content is None else hashlib.sha256(self.content).digest()
        object.__setattr__(self, "content_sha256", digest)

    @property
    def capture_id(self) -> UUID:
        """The id of its row."""
        digest = self.content_sha256
        moment = self.fetched_at.astimezone(UTC).isoformat() if self.is_time_known else None
        return derived_id(
            "capture", self.url, self.path, digest.hex() if digest else self.outcome, self.publisher_code, moment
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCaptures:
    """What loading did: the counts, and the ids of those that were new, in the order given.

    `forgotten_count` captures were not stored, because their address or bytes were taken down.
    """

    changes: Changes
    new_ids: tuple[UUID, ...]
    forgotten_count: int = 0


def load_captures(connection: Connection, given: Sequence[Capture], *, run_id: UUID | None = None) -> LoadedCaptures:
    """Store captures with their bytes. One that is known stays as it is: loading again changes nothing.

    Bytes that an archive pointer names are not stored again. Publishers must have been loaded. What was taken
    down stays down, wherever it comes from.
    """
    by_id = {capture.capture_id: capture for capture in given}
    forgotten = _forgotten(connection, by_id)
    by_id = {capture_id: capture for capture_id, capture in by_id.items() if capture_id not in forgotten}
    codes = {capture.publisher_code for capture in by_id.values() if capture.publisher_code}
    codes_known = select(publishers.c.publisher_code, publishers.c.publisher_id).where(
        publishers.c.publisher_code.in_(codes)
    )
    known = {row.publisher_code: row.publisher_id for row in connection.execute(codes_known)}
    if missing := sorted(codes - set(known)):
        raise PermanentError(f"Unknown publishers: {', '.join(missing)}.")
    rows = [
        _row(capture_id, capture, known.get(capture.publisher_code or ""), run_id)
        for capture_id, capture in by_id.items()
    ]
    ignored = [column.name for column in captures.c if not column.primary_key]
    changes, written = upsert_returning(connection, captures, rows, keep=ignored)
    new = {row.capture_id for row in written}
    stored = [c for i, c in by_id.items() if i in new and c.content is not None and c.archive_url is None]
    store_contents(connection, ((capture.fetched_at, capture.content or b"") for capture in stored))
    return LoadedCaptures(changes=changes, new_ids=tuple(i for i in by_id if i in new), forgotten_count=len(forgotten))


def _forgotten(connection: Connection, given: Mapping[UUID, Capture]) -> frozenset[UUID]:
    urls = forgotten_urls(connection, {url for one in given.values() for url in (one.url, one.final_url) if url})
    digests = {capture_id: one.content_sha256 for capture_id, one in given.items()}
    contents = forgotten_contents(connection, {digest for digest in digests.values() if digest})
    return frozenset(capture_id for capture_id, one in given.items()
                     if one.url in urls or one.final_url in urls or digests[capture_id] in contents)


def store_contents(connection: Connection, given: Iterable[tuple[datetime, bytes]]) -> Changes:
    """Store bytes under their hash and the month of their capture; those that are there stay."""
    compressor = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL)
    rows = {}
    for fetched_at, content in given:
        month, digest = month_of(fetched_at.astimezone(UTC)), hashlib.sha256(content).digest()
        if (month, digest) not in rows:
            packed = compressor.compress(content) if len(content) >= COMPRESSED_FROM else content
            is_smaller = len(packed) < len(content)
            rows[month, digest] = {
                "content_month": month,
                "content_sha256": digest,
                "coding": "zstd" if is_smaller else "identity",
                "byte_count": len(content),
                "content": packed if is_smaller else content,
            }
    ensure_partitions(connection, (month for month, _ in rows))
    return upsert(connection, contents, rows.values(), keep=("coding", "byte_count", "content"))


def read_documents(connection: Connection, capture_ids: Sequence[UUID]) -> tuple[Document, ...]:
    """The captured documents in the order of `capture_ids`, their bytes checked against their hash.

    A capture without bytes in the warehouse (it held none, or they were moved to an archive) is left out.
    """
    statement = (
        select(captures, publishers.c.publisher_code, contents.c.coding, contents.c.content)
        .join(
            contents,
            tuple_(contents.c.content_month, contents.c.content_sha256)
            == tuple_(captures.c.content_month, captures.c.content_sha256),
        )
        .outerjoin(publishers, publishers.c.publisher_id == captures.c.publisher_id)
        .where(captures.c.capture_id.in_(capture_ids))
    )
    found = {row.capture_id: _document(row) for row in connection.execute(statement)}
    return tuple(found[capture_id] for capture_id in capture_ids if capture_id in found)


def _document(row: Any) -> Document:
    content = bytes(row.content)
    if row.coding == "zstd":
        content = zstandard.ZstdDecompressor().decompress(content, max_output_size=row.byte_count)
    if hashlib.sha256(content).digest() != bytes(row.content_sha256):
        raise PermanentError(f"The bytes of capture {row.capture_id} are not those that were captured.")
    return Document(
        id=str(row.capture_id),
        content=content,
        url=row.final_url or row.url,
        media_type=row.media_type,
        charset=row.charset,
        filename=row.path.rsplit("/", 1)[-1] if row.path else None,
        fetched_at=row.fetched_at,
        publisher_code=row.publisher_code,
        published_hint=row.published_hint,
        published_hint_source=row.published_hint_source,
    )


def _row(capture_id: UUID, capture: Capture, publisher_id: UUID | None, run_id: UUID | None) -> dict[str, Any]:
    digest = capture.content_sha256
    return {
        "capture_id": capture_id,
        "kind": capture.kind,
        "publisher_id": publisher_id,
        "feed_item_id": capture.feed_item_id,
        "run_id": run_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "path": capture.path,
        "fetched_at": capture.fetched_at,
        "outcome": capture.outcome,
        "status_code": capture.status_code,
        "media_type": capture.media_type,
        "charset": capture.charset,
        "request_headers": dict(capture.request_headers),
        "response_headers": dict(capture.response_headers),
        "elapsed_milliseconds": capture.elapsed_milliseconds,
        "content_sha256": digest,
        "content_month": month_of(capture.fetched_at.astimezone(UTC)) if digest else None,
        "byte_count": len(capture.content or b""),
        "archive_url": capture.archive_url,
        "archive_offset": capture.archive_offset,
        "archive_byte_count": capture.archive_byte_count,
        "published_hint": capture.published_hint,
        "published_hint_source": capture.published_hint_source,
    }
