"""Files and folders in, captures out: each document of each file once, however often it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from flows.capture_documents import UnreadableDocument, capture_documents
from flows.documents.files import content_of
from flows.documents.sources import DocumentSource, UnreadableSourceError
from flows.pipeline import Source
from flows.publishers.loading import publisher_of
from transforms.articles.article import Rejection
from transforms.documents import Document
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
    """A pipeline's source that captures `sources` in batches. `on_unreadable` is told of each file that cannot be read;
    it is a row of raw.captures without bytes, and of ops.rejections with the reason.

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
        unreadable: list[UnreadableDocument] = []
        for source in batch:
            owner = publisher_of(source.url, publishers) if source.url else None
            code = owner.code if owner else publisher_code
            try:
                documents.append(as_document(source, code))
            except UnreadableSourceError as error:
                unreadable.append(as_unreadable(source, error, code))
                on_unreadable(str(error))
        changes = capture_documents(engine, run_id, documents, publishers, unreadable=unreadable, stage_version=stage_version)
        return {"new": changes.new_count, "unchanged": changes.unchanged_count, "unreadable": len(unreadable)}

    return Source(stage=STAGE, units=units())


def as_document(source: DocumentSource, publisher_code: str | None) -> Document:
    """The document with its bytes. Raises UnreadableSourceError where its file is missing, unreadable or too large."""
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


def as_unreadable(source: DocumentSource, error: UnreadableSourceError, publisher_code: str | None) -> UnreadableDocument:
    """What is kept of a source that cannot be read: a row with its reason."""
    fault = error.fault
    return UnreadableDocument(
        path=source.id if fault.offset is None else f"{source.id}@{fault.offset}",
        publisher_code=source.publisher_code or publisher_code,
        noticed_at=_modified_at(source.path) or datetime.now(UTC),
        rejection=Rejection(
            document_id=source.id, stage=STAGE, reason=fault.reason, detail=str(error), offset=fault.offset
        ),
    )


def _modified_at(path: Path | None) -> datetime | None:
    """When the file was last written: the nearest that a file has to a time of capture."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path and path.exists() else None
