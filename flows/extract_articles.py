"""Captures in, articles with their versions out; what is no article leaves a rejection with its reason."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from flows.archives.contents import read_archived
from flows.capture_documents import EXTRACT
from flows.reference.places import load_places
from flows.stages import Loaded
from transforms.articles.article import Article, Item, Outcome, Rejection
from transforms.articles.reader import read_document
from transforms.documents import Document
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.publishers import UNKNOWN_PUBLISHER, load_publishers
from warehouse.crash_points import crash_point
from warehouse.ops import runs, work
from warehouse.ops.claims import Claim
from warehouse.ops.rejections import Refused, Textless, forget_stale, load_items, load_rejections
from warehouse.raw.archives import ArchivePlace, find_archived_documents
from warehouse.raw.captures import read_documents
from warehouse.raw.contents import erase_bytes

# To be raised with every change of what the readers yield: the captures are then pending again.
PARSER_VERSION = "1"
TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One capture to read, with what is known of its publisher. `place` is where an archive holds its bytes."""

    document: Document
    publisher: Publisher | None = None
    place: ArchivePlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a capture held, in the order of the document."""

    reading: Reading
    outcomes: tuple[Outcome, ...]


def read_capture(reading: Reading) -> Read:
    """The documents of one capture. Bytes that were archived are fetched first: here, where no transaction is open."""
    crash_point("computing")
    if (place := reading.place) is not None:
        content = read_archived(place.archive_url, place.offset, place.byte_count, sha256=place.content_sha256)
        reading = replace(reading, document=replace(reading.document, content=content), place=None)
    outcomes = tuple(read_document(reading.document, publisher=reading.publisher, places=load_places()))
    return Read(reading=reading, outcomes=outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractArticles:
    """The stage `extract`; its subjects are captures. `followers` are the stages that a new version is pending for."""

    publishers: Mapping[str, Publisher]
    followers: Mapping[str, str] = field(default_factory=dict)
    name: str = EXTRACT
    version: str = PARSER_VERSION

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, Reading]:
        """See `flows.stages.Stage`."""
        capture_ids = [one.subject_id for one in claims]
        documents = [(document, None) for document in read_documents(connection, capture_ids)]
        archived = [(one.document, one.place) for one in find_archived_documents(connection, capture_ids)]
        return {
            UUID(document.id): Reading(
                document=document, publisher=self.publishers.get(document.publisher_code or ""), place=place
            )
            for document, place in (*documents, *archived)
        }

    def compute(self) -> Callable[[Reading], Read]:
        """See `flows.stages.Stage`."""
        return read_capture

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, Read]) -> Loaded:
        """Load articles, items and rejections; make new versions pending for the stages that follow."""
        articles: list[ArticleLoad] = []
        items: list[Textless] = []
        refused: list[Refused] = []
        for capture_id, read in results.items():
            for number, outcome in enumerate(read.outcomes, start=1):
                match outcome:
                    case Article():
                        articles.append(_article_load(capture_id, number, read.reading, outcome))
                    case Item():
                        items.append(Textless(capture_id=capture_id, document_number=number, item=outcome))
                    case Rejection():
                        refused.append(Refused(capture_id=capture_id, document_number=number, rejection=outcome))
        if any(load.publisher_code == UNKNOWN_PUBLISHER.code for load in articles):
            load_publishers(connection, [UNKNOWN_PUBLISHER])
        loaded = load_articles(connection, articles, parser_version=self.version, now=datetime.now(UTC))
        refused += [
            Refused(
                capture_id=load.capture_id,
                document_number=load.document_number,
                rejection=Rejection(
                    document_id=load.article.document_id, reason=TAKEN_DOWN,
                    detail="The article was taken down and stays down.", format=load.article.format,
                ),
            )
            for load, outcome in zip(articles, loaded.outcomes, strict=True)
            if outcome == "forgotten"
        ]
        # Delivered again in other company: what else the file holds is loaded, its bytes may not stay.
        shown = {load.capture_id for load, outcome in zip(articles, loaded.outcomes, strict=True) if outcome == "forgotten"}
        erase_bytes(connection, [one for one in shown if results[one].reading.place is None], outcome="forgotten", reason=TAKEN_DOWN)
        load_items(connection, items, parser_version=self.version)
        load_rejections(connection, refused, stage_version=self.version, run_id=run_id)
        forget_stale(connection, results, stage=self.name, stage_version=self.version)
        if loaded.stale_versions:
            for stage, version in self.followers.items():
                work.enqueue(connection, stage, version, loaded.stale_versions, again=True, priority=None)
        counts = Counter({outcome: count for outcome, count in loaded.counts.items() if outcome != "forgotten"})
        counts.update({"item": len(items), "rejected": len(refused)})
        seen = sum(len(read.outcomes) for read in results.values())
        runs.add_counts(connection, run_id, "document", {runs.SEEN: seen, **counts})
        held = {load.capture_id for load in articles} | {item.capture_id for item in items}
        return Loaded(
            outcomes={capture_id: "read" if capture_id in held else "rejected" for capture_id in results},
            counts=+counts,
        )


def _article_load(capture_id: UUID, number: int, reading: Reading, article: Article) -> ArticleLoad:
    document = reading.document
    if document.fetched_at is None:
        raise ValueError(f"capture {capture_id} has no time")
    return ArticleLoad(
        capture_id=capture_id,
        document_number=number,
        captured_at=document.fetched_at,
        publisher_code=article.publisher_code or document.publisher_code or UNKNOWN_PUBLISHER.code,
        article=article,
        publisher=reading.publisher,
    )
