"""Clusters: connected articles, as a pure function of verified pairs, times of publication and judgements."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, TypeAlias
from uuid import UUID

from transforms.clusters.origins import Origin, origin_of
from transforms.clusters.pairs import Comparison, Windows, is_pair, within
from transforms.identity import derived_id

CLUSTERER_VERSION = "1"
# Two texts with more copies than this between them are joined by the copies nearest in time alone.
_PAIRS_JUDGED = 10_000

TextPairs: TypeAlias = Mapping[tuple[UUID, UUID], Comparison]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article as it is compared: its text, and what its pairs are judged by.

    `agency` is whom it credits, `publisher_agency` the agency that its publisher is, if it is one.
    """

    article_id: UUID
    article_version_id: UUID
    text_id: UUID
    publisher_id: UUID
    published_at: datetime
    headline: str | None = None
    agency: str | None = None
    publisher_agency: str | None = None
    is_canceled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's word: two articles belong together or apart. Of two on the same articles the later stands.

    A `split` without `right_id` keeps the article out of every cluster.
    """

    kind: Literal["join", "split"]
    left_id: UUID
    right_id: UUID | None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article in a cluster. `similarity` is that to the canonical member; None: joined through others."""

    candidate: Candidate
    relation: Literal["canonical", "exact", "near"]
    similarity: float | None
    is_wire_copy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Two or more articles, by id. `cluster_id` is derived from the least of their ids."""

    cluster_id: UUID
    canonical: Candidate
    origin: Origin
    members: tuple[Member, ...]


def cluster_articles(
    candidates: Iterable[Candidate], pairs: TextPairs, judgements: Iterable[Judgement] = (), windows: Windows | None = None,
) -> tuple[Cluster, ...]:
    """The clusters of `candidates`, sorted by id; an article that is like no other is in none.

    `pairs` holds the comparisons of texts, keyed (lower id, higher id). Links are taken in the order of
    similarity, except those that would bring together what a judgement holds apart, so that the answer depends on
    the sets alone and not on any order of arrival.
    """
    articles = {candidate.article_id: candidate for candidate in candidates}
    latest = {frozenset((judgement.left_id, judgement.right_id)): judgement
              for judgement in sorted(judgements, key=lambda judgement: (judgement.made_at, judgement.kind))}
    groups = _Groups(articles, latest.values())
    joined = sorted((judgement.left_id, judgement.right_id) for judgement in latest.values()
                    if judgement.kind == "join" and judgement.right_id is not None)
    for left, right in joined:
        groups.join(left, right)
    # By similarity, then by ids; comparing these as numbers takes a fraction of the time.
    links = sorted(_links(articles.values(), pairs, windows or Windows()),
                   key=lambda link: (-link[0], *sorted((link[1].int, link[2].int))))
    for _, left, right in links:
        groups.join(left, right)
    found = (_cluster([articles[one] for one in sorted(group)], pairs) for group in groups.groups() if len(group) > 1)
    return tuple(sorted(found, key=lambda cluster: cluster.cluster_id))


def _links(
    candidates: Iterable[Candidate], pairs: TextPairs, windows: Windows
) -> Iterator[tuple[float, UUID, UUID]]:
    by_text: dict[UUID, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda candidate: (candidate.published_at, candidate.article_id)):
        by_text.setdefault(candidate.text_id, []).append(candidate)
    for same in by_text.values():
        # Whoever is within the window of anyone is within that of a neighbour in time.
        for before, after in pairwise(same):
            if within(before.published_at, after.published_at, windows.pair):
                yield 1.0, before.article_id, after.article_id
    for (left_text, right_text), comparison in pairs.items():
        if left_text in by_text and right_text in by_text:
            for left, right in _couples(by_text[left_text], by_text[right_text]):
                if is_pair(comparison, left.published_at, right.published_at, windows,
                           is_same_publisher=left.publisher_id == right.publisher_id,
                           left_headline=left.headline, right_headline=right.headline):
                    yield comparison.similarity, left.article_id, right.article_id


def _couples(left: Sequence[Candidate], right: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    if len(left) * len(right) <= _PAIRS_JUDGED:
        yield from ((one, other) for one in left for other in right)
        return
    times = [other.published_at for other in right]
    for one in left:
        place = bisect_left(times, one.published_at)
        yield from ((one, other) for other in right[max(0, place - 2):place + 2])
    times = [one.published_at for one in left]
    for other in right:
        place = bisect_left(times, other.published_at)
        yield from ((one, other) for one in left[max(0, place - 2):place + 2])


class _Groups:
    """Disjoint sets of articles that never bring together what is held apart."""

    def __init__(self, articles: Iterable[UUID], judgements: Iterable[Judgement]) -> None:
        self._parent = {article: article for article in articles}
        self._members = {article: {article} for article in self._parent}
        self._alone: set[UUID] = set()
        self._apart: dict[UUID, set[UUID]] = {}
        for judgement in judgements:
            if judgement.kind == "split" and judgement.right_id is None:
                self._alone.add(judgement.left_id)
            elif judgement.kind == "split" and judgement.right_id is not None:
                self._apart.setdefault(judgement.left_id, set()).add(judgement.right_id)
                self._apart.setdefault(judgement.right_id, set()).add(judgement.left_id)

    def join(self, left: UUID, right: UUID) -> None:
        """Unite the groups of two articles, unless an article is unknown or a judgement forbids it."""
        if left not in self._parent or right not in self._parent or left in self._alone or right in self._alone:
            return
        large, small = self._root(left), self._root(right)
        if large == small:
            return
        if len(self._members[large]) < len(self._members[small]):
            large, small = small, large
        if self._apart and any(not self._members[large].isdisjoint(self._apart.get(one, ()))
                               for one in self._members[small]):
            return
        self._parent[small] = large
        self._members[large] |= self._members.pop(small)

    def groups(self) -> Iterable[set[UUID]]:
        """All groups."""
        return self._members.values()

    def _root(self, article: UUID) -> UUID:
        root = article
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[article] != root:
            self._parent[article], article = root, self._parent[article]
        return root


def _cluster(candidates: Sequence[Candidate], pairs: TextPairs) -> Cluster:
    origin, copies = origin_of(candidates)
    first = min(candidates, key=lambda one: (one.is_canceled, one.published_at, one.article_id))
    canonical = next((one for one in candidates if one.article_id == origin.article_id and not one.is_canceled), first)
    return Cluster(
        cluster_id=derived_id("cluster", candidates[0].article_id), canonical=canonical, origin=origin,
        members=tuple(_member(one, canonical, pairs, one.article_id in copies) for one in candidates))


def _member(candidate: Candidate, canonical: Candidate, pairs: TextPairs, is_wire_copy: bool) -> Member:
    if candidate is canonical:
        return Member(candidate=candidate, relation="canonical", similarity=1.0, is_wire_copy=is_wire_copy)
    if candidate.text_id == canonical.text_id:
        return Member(candidate=candidate, relation="exact", similarity=1.0, is_wire_copy=is_wire_copy)
    low, high = sorted((candidate.text_id, canonical.text_id))
    comparison = pairs.get((low, high))
    return Member(candidate=candidate, relation="near", is_wire_copy=is_wire_copy,
                  similarity=comparison.similarity if comparison else None)
