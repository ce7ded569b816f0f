"""Captures of documents that are at hand: stored with their bytes, and made pending for extraction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from transforms.articles.article import Rejection
from transforms.documents import Document
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.crash_points import crash_point
from warehouse.ops import work
from warehouse.ops.rejections import Refused, load_rejections
from warehouse.raw.captures import Capture, load_captures
from warehouse.upserts import Changes

EXTRACT = "extract"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableDocument:
    """A file or an archive's record that has no bytes to be had: where, when noticed, and why."""

    path: str
    noticed_at: datetime
    rejection: Rejection
    publisher_code: str | None = None

    @property
    def capture(self) -> Capture:
        """The capture without content that stands for it."""
        return Capture(
            kind="file", path=self.path, fetched_at=self.noticed_at, outcome=self.rejection.reason, publisher_code=self.publisher_code
        )


def capture_documents(
    engine: Engine,
    run_id: UUID,
    documents: Iterable[Document],
    publishers: Mapping[str, Publisher],
    *,
    stage_version: str,
    unreadable: Sequence[UnreadableDocument] = (),
    priority: int = 0,
) -> Changes:
    """Store documents as captures in one transaction, with their publishers; the same document twice is one.

    Every document has `fetched_at`. New captures become pending for extraction by `stage_version`. What is
    `unreadable` is stored with its reason and not counted in what is returned.
    """
    captures = [as_capture(document) for document in documents]
    empty = [one.capture for one in unreadable]
    codes = {capture.publisher_code for capture in (*captures, *empty)}
    with engine.begin() as connection:
        load_publishers(connection, [publisher for code, publisher in publishers.items() if code in codes])
        loaded = load_captures(connection, captures, run_id=run_id)
        if empty:
            load_captures(connection, empty, run_id=run_id)
            refused = [
                Refused(capture_id=capture.capture_id, document_number=0, rejection=one.rejection)
                for capture, one in zip(empty, unreadable, strict=True)
            ]
            load_rejections(connection, refused, stage_version=stage_version, run_id=run_id)
        if loaded.new_ids:
            work.enqueue(connection, EXTRACT, stage_version, loaded.new_ids, priority=priority)
        crash_point("capturing")
    crash_point("captured")
    return loaded.changes


def as_capture(document: Document) -> Capture:
    """A document from a file or an archive's record as a capture.

    The time of a file is not part of its identity: read twice it is one. A record is the same wherever its
    archive lies, and the same as the fetch that was archived.
    """
    if document.fetched_at is None:
        raise ValueError(f"document {document.id} has no time of capture")
    return Capture(
        kind="record" if document.is_record else "file",
        path=None if document.is_record else document.id,
        is_time_known=document.is_record,
        url=document.url,
        publisher_code=document.publisher_code,
        content=document.content,
        fetched_at=document.fetched_at,
        media_type=document.media_type,
        charset=document.charset,
        published_hint=document.published_hint,
        published_hint_source=document.published_hint_source,
    )
