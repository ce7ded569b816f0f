"""Where a backfill finds old articles: documents at hand, cut into windows by their dates."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from flows.capture_documents import UnreadableDocument, as_capture, capture_documents
from flows.capture_files import as_document, as_unreadable
from flows.documents.dates import moment_of
from flows.documents.sources import DocumentSource, UnreadableSourceError
from transforms.documents import Document
from transforms.publishers import Publisher
from transforms.windows import Window

BACKFILL_PRIORITY = 10
CAPTURE_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCapture:
    """What a source found in one window. `capture_ids` are all of its captures, those known before included.

    `request_count` is what it cost; with `is_out_of_requests` the window is not whole and has to be read again.
    """

    capture_ids: tuple[UUID, ...]
    new_count: int = 0
    unreadable_count: int = 0
    request_count: int = 0
    is_out_of_requests: bool = False


class WindowSource(Protocol):
    """Captures what was published in a window. Capturing it again captures nothing new."""

    def capture(self, window: Window, run_id: UUID, *, request_maximum: int | None) -> WindowCapture:
        """Store the captures of `window`, committed, and make them pending for extraction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedDocuments:
    """Documents at hand in the order of their moments; those of which nothing tells the moment are counted alone."""

    moments: tuple[datetime, ...]
    sources: tuple[DocumentSource, ...]
    undated_count: int = 0

    @classmethod
    def of(cls, sources: Iterable[DocumentSource], zone: ZoneInfo) -> "DatedDocuments":
        """Date and sort `sources`. Their bytes stay on disk where they are files of their own."""
        dated: list[tuple[datetime, DocumentSource]] = []
        undated_count = 0
        for source in sources:
            moment = moment_of(source, zone)
            if moment is None:
                undated_count += 1
            else:
                dated.append((moment, source))
        dated.sort(key=lambda one: (one[0], one[1].id))
        return cls(
            moments=tuple(moment for moment, _ in dated), sources=tuple(source for _, source in dated), undated_count=undated_count
        )

    def within(self, window: Window) -> tuple[DocumentSource, ...]:
        """Those of a window."""
        return self.sources[bisect_left(self.moments, window.start) : bisect_left(self.moments, window.end)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsSource:
    """Files, folders, JSON Lines and WARC members, whichever window they belong to."""

    engine: Engine
    documents: DatedDocuments
    publisher: Publisher
    stage_version: str
    priority: int = BACKFILL_PRIORITY
    publishers: Mapping[str, Publisher] = field(default_factory=dict)

    def capture(self, window: Window, run_id: UUID, *, request_maximum: int | None) -> WindowCapture:
        """See `WindowSource.capture`. Costs no request."""
        found = self.documents.within(window)
        ids: list[UUID] = []
        new = unreadable_count = 0
        for start in range(0, len(found), CAPTURE_BATCH):
            documents: list[Document] = []
            unreadable: list[UnreadableDocument] = []
            for source in found[start : start + CAPTURE_BATCH]:
                try:
                    documents.append(as_document(source, self.publisher.code))
                except UnreadableSourceError as error:
                    unreadable.append(as_unreadable(source, error, self.publisher.code))
            known = {**self.publishers, self.publisher.code: self.publisher}
            changes = capture_documents(
                self.engine, run_id, documents, known, unreadable=unreadable, stage_version=self.stage_version, priority=self.priority
            )
            new += changes.new_count
            unreadable_count += len(unreadable)
            ids += [as_capture(document).capture_id for document in documents]
        return WindowCapture(capture_ids=tuple(ids), new_count=new, unreadable_count=unreadable_count)
