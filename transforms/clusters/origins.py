"""Who wrote a text that several publishers carry: by the agency that they credit, and by who was first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from transforms.clusters.shingles import words


class Carrier(Protocol):
    """What of an article says who wrote it."""

    @property
    def article_id(self) -> UUID: ...
    @property
    def publisher_id(self) -> UUID: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def publisher_agency(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The origin of a cluster's text.

    `article_id` is the member that the others copy; None where they credit an agency whose own is not among them.
    `agency` is that agency's name as most of them print it.
    """

    article_id: UUID | None
    agency: str | None


def origin_of(carriers: Sequence[Carrier]) -> tuple[Origin, frozenset[UUID]]:
    """The origin of a text, and the articles that repeat what another publisher wrote.

    The agency that most carriers credit wrote it, of several the one that is credited first; its own first article
    is the origin. Where nobody is credited, whoever was first is the origin.
    """
    ordered = sorted(carriers, key=lambda one: (one.published_at, one.article_id))
    credited = [(one.agency or one.publisher_agency or "") for one in ordered]
    counts = Counter(_folded(name) for name in credited if name)
    if not counts:
        first = ordered[0]
        copies = frozenset(one.article_id for one in ordered if one.publisher_id != first.publisher_id)
        return Origin(article_id=first.article_id, agency=None), copies
    agency = max(counts, key=lambda name: counts[name])  # of equal counts the first one credited
    printed = Counter(name for name in credited if _folded(name) == agency)
    own = [one for one in ordered if _folded(one.publisher_agency or "") == agency]
    return (
        Origin(article_id=own[0].article_id if own else None, agency=min(printed, key=lambda name: (-printed[name], name))),
        frozenset(one.article_id for one in ordered) - {one.article_id for one in own},
    )


def _folded(name: str) -> str:
    return " ".join(words(name))
