"""Files and folders in, captures out: each document of each file once, however often it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from flows.capture_documents import capture_documents
from flows.document_files import content_of
from flows.document_sources import DocumentSource
from flows.pipeline import Source
from flows.publishers import publisher_of
from transforms.documents import Document
from transforms.failures import PermanentError
from transforms.publishers import Publisher

# The bytes of a capture are one value in the warehouse; an article is a thousand times smaller.
MAX_CAPTURE_BYTES = 32 * 1024 * 1024
STAGE = "capture-files"


def files_source(
    engine: Engine,
    sources: Iterable[DocumentSource],
    publishers: Mapping[str, Publisher],
    *,
    publisher_code: str | None,
    stage_version: str,
    batch_size: int,
    on_unreadable: Callable[[str], None],
) -> Source:
    """A pipeline's source that captures `sources` in batches. `on_unreadable` is told of each file that cannot be read.

    `publisher_code` holds for documents that name no publisher themselves and whose address is on nobody's host.
    """

    def units() -> Iterator[tuple[str, Callable[[UUID], Mapping[str, int]]]]:
        iterator = iter(sources)
        number = 0
        while batch := list(islice(iterator, batch_size)):
            number += 1
            yield f"{STAGE}-{number}", partial(_capture, batch)

    def _capture(batch: list[DocumentSource], run_id: UUID) -> Mapping[str, int]:
        documents: list[Document] = []
        unreadable = 0
        for source in batch:
            try:
                owner = publisher_of(source.url, publishers) if source.url else None
                documents.append(as_document(source, owner.code if owner else publisher_code))
            except PermanentError as error:
                unreadable += 1
                on_unreadable(str(error))
        changes = capture_documents(engine, run_id, documents, publishers, stage_version=stage_version)
        return {"new": changes.new_count, "unchanged": changes.unchanged_count, "unreadable": unreadable}

    return Source(stage=STAGE, units=units())


def as_document(source: DocumentSource, publisher_code: str | None) -> Document:
    """The document with its bytes. Raises PermanentError where its file is missing, unreadable or too large."""
    content = content_of(source, MAX_CAPTURE_BYTES)
    fetched_at = source.fetched_at or _modified_at(source.path) or datetime.now(UTC)
    return Document(
        id=source.id,
        content=content,
        url=source.url,
        charset=source.charset,
        media_type=source.media_type,
        filename=source.path.name if source.path else None,
        fetched_at=fetched_at,
        publisher_code=source.publisher_code or publisher_code,
        is_record=source.is_record,
    )


def _modified_at(path: Path | None) -> datetime | None:
    """When the file was last written: the nearest that a file has to a time of capture."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path else None
