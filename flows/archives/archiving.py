"""Old months of captured bytes move to WARC files on any path that fsspec knows, and leave a pointer."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import groupby
from typing import BinaryIO, cast

import fsspec
from sqlalchemy import Engine

from flows.archives.contents import erase_archived
from flows.archives.warc_reading import ArchivedRecord, read_warc
from flows.archives.warc_writing import RecordPlace, WarcWriter
from transforms.failures import ConfigurationError, PermanentError
from warehouse.ops.mutex import hold_mutex
from warehouse.raw.archives import (
    ArchivePlace,
    StoredContent,
    drop_month,
    keep_places,
    last_archive_number,
    months_with_contents,
    read_contents,
)
from warehouse.raw.expiry import expire_captures, find_expired_captures

FILE_BYTES = 1_000_000_000
"""About how large an archive file grows, as the WARC guidelines recommend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedMonth:
    """What moving one month came to."""

    month: date
    archive_urls: tuple[str, ...]
    record_count: int
    capture_count: int
    byte_count: int
    is_dropped: bool


def archive_before(engine: Engine, destination: str, *, before: date, file_bytes: int = FILE_BYTES) -> Iterator[ArchivedMonth]:
    """Move the months before that of `before`, oldest first, to files below `destination` (a folder or fsspec URL).

    A file is written, read back and compared, and only then pointed at: a process that dies leaves at most a
    file that nothing points at, which the next try overwrites. Raises ConfigurationError where nothing can be
    written at `destination`, BusyError where another process archives.
    """
    with hold_mutex(engine, "archive"):
        with engine.connect() as connection:
            months = months_with_contents(connection, before=before)
        for month in months:
            yield _archive_month(engine, destination.rstrip("/"), month, file_bytes)


def expire(engine: Engine) -> int:
    """Erase the bytes and texts that are older than their publisher's `retention_days`; how many captures.

    What was published, when and where stays; so do events and the names in them. Archive files first.
    """
    count = 0
    while True:
        with engine.connect() as connection:
            expired = find_expired_captures(connection)
        if not expired:
            return count
        archived = sorted({one.place for one in expired if one.place is not None})
        for url, places in groupby(archived, key=lambda place: place[0]):
            erase_archived(url, [(offset, byte_count) for _, offset, byte_count in places])
        with engine.begin() as connection:
            expire_captures(connection, [one.capture_id for one in expired])
        count += len(expired)


def _archive_month(engine: Engine, destination: str, month: date, file_bytes: int) -> ArchivedMonth:
    prefix = f"{destination}/{month:%Y}/dateline-{month:%Y-%m}-"
    urls: list[str] = []
    records = moved = written = 0
    # Each batch is a transaction of its own: writing to a slow store holds none open.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as reading:
        number = last_archive_number(reading, prefix)
        batches = (stored for batch in read_contents(reading, month) for stored in batch)
        pending = next(batches, None)
        while pending is not None:
            number += 1
            url = f"{prefix}{number:05}.warc.gz"
            places: list[ArchivePlace] = []
            with _opened(url) as file:
                writer = WarcWriter(cast(BinaryIO, file), name=url.rpartition("/")[2],
                                    software=f"Dateline/{version('dateline')}")
                while pending is not None and writer.byte_count < file_bytes:
                    place = _write(writer, pending)
                    places.append(ArchivePlace(content_sha256=pending.content_sha256, archive_url=url,
                                               offset=place.offset, byte_count=place.byte_count))
                    pending = next(batches, None)
            _verify(url, places)
            with engine.begin() as connection:
                moved += keep_places(connection, month, places)
            urls.append(url)
            records += len(places)
            written += writer.byte_count
    with engine.begin() as connection:
        is_dropped = drop_month(connection, month)
    return ArchivedMonth(month=month, archive_urls=tuple(urls), record_count=records, capture_count=moved,
                         byte_count=written, is_dropped=is_dropped)


def _opened(url: str) -> AbstractContextManager[object]:
    try:
        system, path = fsspec.core.url_to_fs(url)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        opened: AbstractContextManager[object] = system.open(path, "wb")
    except (OSError, ValueError, ImportError) as error:
        raise ConfigurationError(f"No archive can be written at {url}: {error}.") from error
    return opened


def _write(writer: WarcWriter, stored: StoredContent) -> RecordPlace:
    if stored.status_code is None:
        return writer.write_resource(uri=stored.uri, captured_at=stored.captured_at, media_type=stored.media_type,
                                     content=stored.content)
    return writer.write_response(
        url=stored.uri, captured_at=stored.captured_at, status_code=stored.status_code, content=stored.content,
        headers=stored.response_headers, request_headers=stored.request_headers)


def _verify(url: str, places: list[ArchivePlace]) -> None:
    """Read the file back: every record where it is said to be, with the content that it is said to have."""
    with fsspec.open(url, "rb") as file:
        found = {record.offset: hashlib.sha256(record.content).digest()
                 for record in read_warc(cast(BinaryIO, file)) if isinstance(record, ArchivedRecord)}
    wrong = [place for place in places if found.get(place.offset) != place.content_sha256]
    if wrong or len(found) != len(places):
        raise PermanentError(f"The archive {url} does not read back as it was written: the warehouse is left as it is.")
