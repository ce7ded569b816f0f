"""What the stored versions of an article should be: each wanted version with the source of its content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from transforms.articles.article import Article
from transforms.articles.changes import Content, change_kind, change_summary, is_perhaps_another_article
from transforms.articles.versions import Sighting, Span, version_id
from transforms.identity import Identity

# Warnings that follow from a version's neighbours; the others are the document's own.
NEIGHBOUR_WARNINGS = frozenset({"clock_backwards", "captured_after_its_successor", "id_perhaps_reused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One reading on its way into the warehouse. `warnings` are the document's and those of its clock."""

    identity: Identity
    article_id: UUID
    article: Article
    canonical_url: str | None
    parser_version: str
    sighting: Sighting
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """A version as it stands in the warehouse, without its content."""

    key: UUID
    capture_id: UUID
    document_number: int
    content_sha256: bytes
    valid_from: datetime
    valid_to: datetime | None
    is_superseded: bool
    change_kind: str
    change_summary: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One wanted version, named `key`.

    Its content is what `arrival` read, else what is `stored` under its key, else that of the version
    `copied_from`, which holds the same. `previous` is the version before it, `is_moved` whether that or its
    validity differs from what is stored.
    """

    key: UUID
    article_id: UUID
    span: Span
    previous: UUID | None
    arrival: Arrival | None
    stored: StoredVersion | None
    copied_from: UUID | None
    is_moved: bool


def plans_of(
    article_id: UUID, spans: Sequence[Span], sightings: Sequence[Sighting], stored: Mapping[UUID, StoredVersion],
    arrivals: Mapping[tuple[UUID, int], Arrival],
) -> Iterator[Plan]:
    """The plans for one article's versions, in the wire's order."""
    live = sorted((version for version in stored.values() if not version.is_superseded),
                  key=lambda version: version.valid_from)
    stood_before = {after.key: before.key for before, after in pairwise(live)}
    previous: UUID | None = None
    for span in spans:
        first = span.sighting
        key = version_id(article_id, first.capture_id, first.document_number)
        held = stored.get(key)
        arrival = arrivals.get((first.capture_id, first.document_number))
        if arrival is not None and arrival.article_id != article_id:
            arrival = None
        yield Plan(
            key=key, article_id=article_id, span=span, previous=previous, arrival=arrival, stored=held,
            copied_from=None if held or arrival else _source(first, sightings, stored),
            is_moved=held is None or held.is_superseded or stood_before.get(key) != previous
            or (held.valid_from, held.valid_to) != (span.valid_from, span.valid_to),
        )
        previous = key


def facts_of(plan: Plan, current: Content, previous: Content | None) -> dict[str, Any]:
    """The columns of a version that follow from its neighbours."""
    warnings = list(plan.span.warnings)
    if previous is not None and is_perhaps_another_article(previous, current):
        warnings.append("id_perhaps_reused")
    if plan.arrival is not None:
        own: Sequence[str] = plan.arrival.warnings
    else:
        own = [warning for warning in plan.stored.warnings if warning not in NEIGHBOUR_WARNINGS] if plan.stored else []
    return {
        "change_kind": change_kind(previous, current),
        "change_summary": None if previous is None else change_summary(previous, current),
        "valid_from": plan.span.valid_from,
        "valid_to": plan.span.valid_to,
        "warnings": [*own, *warnings],
    }


def content_of(row: Mapping[str, Any]) -> Content:
    """What of a version's row is compared with its neighbours."""
    return Content(headline=row["headline"], body=row["body"], pub_status=row["pub_status"], ed_note=row["ed_note"])


def _source(
    wanted: Sighting, sightings: Sequence[Sighting], stored: Mapping[UUID, StoredVersion]
) -> UUID:
    """A stored version that shows what `wanted` showed, by any parser that read both."""
    readings = set(wanted.readings)
    digests = {digest for _, digest in readings}
    by_place = {(one.capture_id, one.document_number): one for one in sightings}
    for version in sorted(stored.values(), key=lambda version: version.valid_from):
        seen = by_place.get((version.capture_id, version.document_number))
        if version.content_sha256 in digests or (seen is not None and readings & set(seen.readings)):
            return version.key
    raise LookupError(f"no stored version holds what capture {wanted.capture_id} showed: replay that capture")
