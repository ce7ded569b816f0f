"""Articles and their versions: idempotent loading of what was read, in any order of arrival.

Every reading leaves a row in core.sightings; the versions of an article are a function of its sightings (see
transforms.articles.versions), and loading makes the stored versions equal to that function's answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.articles.article import Article
from transforms.articles.doubtful_times import without_doubtful_time
from transforms.articles.normalisation import content_sha256
from transforms.articles.versions import Sighting, version_id, versions_of, wire_sequence, wire_time
from transforms.canonical_urls import canonical_url
from transforms.identity import identify
from transforms.publishers import Publisher
from warehouse.copying import array_literal, columns_of
from warehouse.core.article_rows import article_rows, insert_articles, update_articles
from warehouse.core.stale_events import mark_stale_articles_events
from warehouse.core.version_loading import VersionChange, store_versions
from warehouse.core.version_plans import Arrival
from warehouse.day_counts import mark_stale
from warehouse.storable import storable

LoadOutcome: TypeAlias = Literal["new", "changed", "unchanged", "forgotten"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLoad:
    """One article that was read from a document of a capture, for loading.

    `document_number` counts the documents of the capture from 1. `captured_at` is the capture's time, aware, UTC.
    `publisher` refines the article's identity where its file is at hand.
    """

    capture_id: UUID
    document_number: int = 1
    captured_at: datetime
    publisher_code: str
    article: Article
    publisher: Publisher | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedArticles:
    """What loading a batch came to.

    `outcomes` has one element per load, in their order: `new` (the first sighting of its article), `changed` (the
    article has another version, or another text of one), `unchanged`, or `forgotten` (taken down for good).
    `stale_versions` are the versions whose text is new, sorted: they are to be signed and annotated.
    `moved_versions` are current versions of which only the place in time is new: their clusters may change.
    `touched_articles` are the articles with any change of versions or status, sorted.
    """

    outcomes: tuple[LoadOutcome, ...]
    stale_versions: tuple[UUID, ...]
    moved_versions: tuple[UUID, ...]
    touched_articles: tuple[UUID, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Loads by outcome."""
        return dict(Counter(self.outcomes))


def load_articles(
    connection: Connection, loads: Sequence[ArticleLoad], *, parser_version: str, now: datetime
) -> LoadedArticles:
    """Load what was read; loading it again, in any order and any batches, changes nothing.

    The captures and publishers exist already. `parser_version` read the articles, `now` is our clock. Rows are
    written in the order of their ids, so that concurrent loaders wait for each other and never deadlock.
    """
    arrivals = _arrivals(loads, parser_version)
    forgotten = _forgotten(connection, arrivals)
    kept = {key: arrival for key, arrival in arrivals.items() if arrival.article_id not in forgotten}
    former = _former_articles(connection, kept)
    sightings: dict[UUID, list[Sighting]] = {}
    for arrival in kept.values():
        sightings.setdefault(arrival.article_id, []).append(arrival.sighting)
    spans = {article_id: versions_of(seen) for article_id, seen in sightings.items()}
    known_before = insert_articles(connection, article_rows(spans, sightings, kept.values()))
    # Of an article that was not there, all is in this batch. Of the others the warehouse knows more.
    known = known_before | set(former.values()) | {kept[key].article_id for key in former}
    _lock_articles(connection, known)
    _store_sightings(connection, kept.values())
    sightings |= {key: [] for key in known} | _sightings(connection, known)
    spans |= {article_id: versions_of(sightings[article_id]) for article_id in known}
    change = store_versions(connection, spans, sightings, kept, now, known)
    update_articles(connection, article_rows({key: spans[key] for key in known}, sightings, kept.values()))
    current = {article_id: _version_of(article_id, own[-1].sighting) for article_id, own in spans.items() if own}
    loaded = _loaded(loads, arrivals, forgotten, known_before, change, current)
    mark_stale(connection, loaded.touched_articles)
    mark_stale_articles_events(connection, loaded.touched_articles)
    return loaded


def _arrivals(loads: Iterable[ArticleLoad], parser_version: str) -> dict[tuple[UUID, int], Arrival]:
    arrivals = {}
    for load in loads:
        identity = identify(load.article, load.publisher_code, load.publisher)
        identity = replace(identity, key=storable(identity.key))
        article = without_doubtful_time(load.article)
        wire_at, warnings = wire_time(article, load.captured_at)
        digest = content_sha256(load.article.headline, load.article.body, load.article.pub_status)
        arrivals[load.capture_id, load.document_number] = Arrival(
            identity=identity, article_id=identity.article_id, article=article, parser_version=parser_version,
            canonical_url=_address(load),
            warnings=(*load.article.warnings, *warnings),
            sighting=Sighting(
                capture_id=load.capture_id, document_number=load.document_number, wire_at=wire_at,
                captured_at=load.captured_at, sequence=wire_sequence(load.article.version),
                is_kill=load.article.pub_status == "canceled", readings=((parser_version, digest),),
            ),
        )
    return arrivals


def _address(load: ArticleLoad) -> str | None:
    urls = (load.article.canonical_url, load.article.url)
    return next((found for url in urls if url and (found := canonical_url(url, load.publisher))), None)


def _forgotten(connection: Connection, arrivals: Mapping[tuple[UUID, int], Arrival]) -> set[UUID]:
    found = connection.execute(
        text("SELECT DISTINCT article_id FROM ops.tombstones WHERE article_id = ANY(CAST(:ids AS uuid[]))"),
        {"ids": array_literal({arrival.article_id for arrival in arrivals.values()})},
    )
    return set(found.scalars())


def _former_articles(
    connection: Connection, arrivals: Mapping[tuple[UUID, int], Arrival]
) -> dict[tuple[UUID, int], UUID]:
    """The article that a document was taken for before, where a better parser says otherwise."""
    found = connection.execute(
        text(
            "SELECT s.capture_id, s.document_number, s.article_id FROM core.sightings s"
            " JOIN unnest(CAST(:captures AS uuid[]), CAST(:numbers AS int[])) AS given (capture_id, document_number)"
            " USING (capture_id, document_number)"
        ),
        {"captures": [key[0] for key in arrivals], "numbers": [key[1] for key in arrivals]},
    )
    return {(row[0], row[1]): row[2] for row in found if arrivals[row[0], row[1]].article_id != row[2]}


def _lock_articles(connection: Connection, article_ids: Iterable[UUID]) -> None:
    connection.execute(
        text("SELECT 1 FROM core.articles WHERE article_id = ANY(CAST(:ids AS uuid[])) ORDER BY article_id FOR UPDATE"),
        {"ids": array_literal(article_ids)},
    )


def _store_sightings(connection: Connection, arrivals: Iterable[Arrival]) -> None:
    ordered = sorted(arrivals, key=lambda arrival: (arrival.sighting.capture_id, arrival.sighting.document_number))
    rows = [{
        "capture_id": arrival.sighting.capture_id, "document_number": arrival.sighting.document_number,
        "article_id": arrival.article_id, "wire_at": arrival.sighting.wire_at,
        "captured_at": arrival.sighting.captured_at, "wire_sequence": arrival.sighting.sequence,
        "is_kill": arrival.sighting.is_kill,
        "parser_version": arrival.parser_version, "content_sha256": arrival.sighting.content_sha256,
    } for arrival in ordered]
    connection.execute(
        text(
            "INSERT INTO core.sightings AS s (capture_id, document_number, article_id, wire_at, captured_at,"
            "   wire_sequence, is_kill, parser_version, content_sha256)"
            " SELECT * FROM unnest(CAST(:capture_id AS uuid[]), CAST(:document_number AS int[]),"
            "   CAST(:article_id AS uuid[]), CAST(:wire_at AS timestamptz[]), CAST(:captured_at AS timestamptz[]),"
            "   CAST(:wire_sequence AS int[]), CAST(:is_kill AS bool[]), CAST(:parser_version AS text[]), CAST(:content_sha256 AS bytea[]))"
            " ON CONFLICT (capture_id, document_number) DO UPDATE SET"
            "   article_id = excluded.article_id, wire_at = excluded.wire_at, captured_at = excluded.captured_at,"
            "   wire_sequence = excluded.wire_sequence, is_kill = excluded.is_kill,"
            "   previous_parser_version = CASE WHEN s.parser_version = excluded.parser_version"
            "     THEN s.previous_parser_version ELSE s.parser_version END,"
            "   previous_content_sha256 = CASE WHEN s.parser_version = excluded.parser_version"
            "     THEN s.previous_content_sha256 ELSE s.content_sha256 END,"
            "   parser_version = excluded.parser_version, content_sha256 = excluded.content_sha256"
            " WHERE (s.article_id, s.wire_at, s.captured_at, s.wire_sequence, s.is_kill, s.parser_version, s.content_sha256)"
            "   IS DISTINCT FROM (excluded.article_id, excluded.wire_at, excluded.captured_at,"
            "   excluded.wire_sequence, excluded.is_kill, excluded.parser_version, excluded.content_sha256)"
        ),
        columns_of(rows, "capture_id", "document_number", "article_id", "wire_at", "captured_at", "wire_sequence",
                   "is_kill", "parser_version", "content_sha256"),
    )


def _sightings(connection: Connection, article_ids: Iterable[UUID]) -> dict[UUID, list[Sighting]]:
    found = connection.execute(
        text("SELECT * FROM core.sightings WHERE article_id = ANY(CAST(:ids AS uuid[]))"), {"ids": array_literal(article_ids)}
    )
    by_article: dict[UUID, list[Sighting]] = {}
    for row in found:
        readings: tuple[tuple[str, bytes], ...] = ((row.parser_version, bytes(row.content_sha256)),)
        if row.previous_parser_version is not None:
            readings = ((row.previous_parser_version, bytes(row.previous_content_sha256)), *readings)
        by_article.setdefault(row.article_id, []).append(Sighting(
            capture_id=row.capture_id, document_number=row.document_number, wire_at=row.wire_at,
            captured_at=row.captured_at, sequence=row.wire_sequence, is_kill=row.is_kill, readings=readings))
    return by_article


def _loaded(
    loads: Sequence[ArticleLoad], arrivals: Mapping[tuple[UUID, int], Arrival], forgotten: set[UUID],
    known_before: set[UUID], change: VersionChange, current: Mapping[UUID, UUID],
) -> LoadedArticles:
    outcomes: list[LoadOutcome] = []
    seen = set(known_before)
    for load in loads:
        arrival = arrivals[load.capture_id, load.document_number]
        own_version = version_id(arrival.article_id, load.capture_id, load.document_number)
        if arrival.article_id in forgotten:
            outcomes.append("forgotten")
        elif arrival.article_id not in seen:
            outcomes.append("new")
        elif own_version in change.inserted or own_version in change.rewritten:
            outcomes.append("changed")
        else:
            outcomes.append("unchanged")
        seen.add(arrival.article_id)
    moved = {current[article_id] for article_id in change.articles if article_id in current} - change.stale
    return LoadedArticles(outcomes=tuple(outcomes), stale_versions=tuple(sorted(change.stale)),
                          moved_versions=tuple(sorted(moved)), touched_articles=tuple(sorted(change.articles)))


def _version_of(article_id: UUID, sighting: Sighting) -> UUID:
    return version_id(article_id, sighting.capture_id, sighting.document_number)
