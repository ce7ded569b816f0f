"""The versions of an article as a function of its sightings: what was seen when, in whatever order it came.

A sighting is one reading of one document of one capture. Sightings in the wire's order with the same content are
one version, which is named by its first sighting. The answer depends on the set of sightings alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from transforms.articles.article import Article
from transforms.identity import derived_id

# A publisher's clock may be this far ahead of ours before it is not believed.
_AHEAD = timedelta(hours=36)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One reading of an article. Times are aware, UTC.

    `wire_at` is when the text became the article's by the wire's clock, `captured_at` when we captured it.
    `sequence` is the wire's own number of the version. Of two sightings with one time that which `is_kill` is the later:
    a story that was withdrawn must not come back because files were read in another order. `readings` are the content hashes that parsers read from
    the same bytes, as (parser version, hash), the newest last: two sightings are compared by a parser version
    that read both, where there is one, so that a better parser never looks like an update.
    """

    capture_id: UUID
    document_number: int
    wire_at: datetime
    captured_at: datetime
    readings: tuple[tuple[str, bytes], ...]
    sequence: int | None = None
    is_kill: bool = False

    @property
    def content_sha256(self) -> bytes:
        """The hash of the newest reading."""
        return self.readings[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A version: its first sighting, and from when until when it stood (`valid_to` None: it stands)."""

    sighting: Sighting
    valid_from: datetime
    valid_to: datetime | None
    last_sighting: Sighting
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=2_048)
def version_id(article_id: UUID, capture_id: UUID, document_number: int) -> UUID:
    """The id of the version of an article that a document of a capture was the first to show."""
    return derived_id("article_version", article_id, capture_id, document_number)


def wire_time(article: Article, captured_at: datetime) -> tuple[datetime, tuple[str, ...]]:
    """When the text became the article's by the wire's clock, and warnings where that clock was not believed.

    It is the time of the last change, else of publication, else of capture. A change before the publication and
    a time more than 36 hours ahead of the capture are not believed.
    """
    warnings: list[str] = []
    published, modified = article.published_at, article.modified_at
    if modified is not None and published is not None and modified < published:
        if article.published_at_precision in (None, "second", "minute", "hour"):
            warnings.append("modified_before_published")
        modified = None
    wire_at = modified or published or captured_at
    if wire_at > captured_at + _AHEAD:
        warnings.append("clock_ahead")
        wire_at = captured_at
    return wire_at, tuple(warnings)


def wire_sequence(version: str | None) -> int | None:
    """The number that a wire gives a version ("2", "v.003", "20220511T0930Z;2" has none), else None."""
    found = re.fullmatch(r"\s*[vV]?\.?\s*(\d{1,9})\s*", version or "")
    return int(found[1]) if found else None


def versions_of(sightings: Iterable[Sighting]) -> tuple[Span, ...]:
    """The versions of one article in the wire's order: without gap or overlap, no two neighbours the same.

    The order is that of the wire's own version numbers where all sightings have one, else of its times, then of
    capture. Several versions with one time are set apart by the time of capture, else by a microsecond each.
    """
    seen = list(sightings)
    is_numbered = all(sighting.sequence is not None for sighting in seen)

    def order(sighting: Sighting) -> tuple[int, datetime, bool, datetime, UUID, int]:
        number = sighting.sequence if is_numbered and sighting.sequence is not None else 0
        return (number, sighting.wire_at, sighting.is_kill, sighting.captured_at, sighting.capture_id,
                sighting.document_number)

    runs: list[list[Sighting]] = []
    read: dict[str, bytes] = {}
    for sighting in sorted(seen, key=order):
        if runs and _is_same(read, runs[-1][-1], sighting):
            runs[-1].append(sighting)
        else:
            runs.append([sighting])
            read = {}
        read.update(sighting.readings)
    starts: list[datetime] = []
    for run in runs:
        start = run[0].wire_at
        if starts and start <= starts[-1]:
            start = run[0].captured_at if run[0].captured_at > starts[-1] else starts[-1] + _TICK
        starts.append(start)
    captured = [min(sighting.captured_at for sighting in run) for run in runs]
    spans = []
    for index, run in enumerate(runs):
        warnings = []
        if index and run[0].wire_at < runs[index - 1][0].wire_at:
            warnings.append("clock_backwards")
        if index + 1 < len(runs) and captured[index] > captured[index + 1]:
            warnings.append("captured_after_its_successor")
        spans.append(Span(sighting=run[0], last_sighting=run[-1], valid_from=starts[index],
                          valid_to=starts[index + 1] if index + 1 < len(starts) else None,
                          warnings=tuple(warnings)))
    return tuple(spans)


def _is_same(read: dict[str, bytes], last: Sighting, sighting: Sighting) -> bool:
    """Whether `sighting` shows what `read` of the run before it: by the newest parser version that read both."""
    for parser, digest in reversed(sighting.readings):
        if parser in read:
            return read[parser] == digest
    return last.content_sha256 == sighting.content_sha256
