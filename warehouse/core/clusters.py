"""Clusters in the warehouse: kept equal to what verified pairs and judgements say, by one writer at a time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.clusters.clusters import Candidate, Judgement, cluster_articles
from transforms.clusters.pairs import Comparison, Windows
from transforms.clusters.texts import SignedVersion
from warehouse.copying import array_literal
from warehouse.core.cluster_rows import store_clusters
from warehouse.core.signatures import find_candidates, find_excerpt_candidates, load_signatures
from warehouse.core.similar_texts import store_comparisons, verify_pairs
from warehouse.day_counts import mark_stale

# One number for the single writer of clusters; nothing else may take this lock.
CLUSTER_LOCK = 0x6461_7465_636C_7573
_LONGEST_WAIT = "15min"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterChange:
    """What joining articles to clusters came to.

    `clustered` of the articles given are in a cluster, `duplicates` of these are not its canonical member.
    `crowded` texts share hashes with more others than are compared, so that a near-duplicate may have been missed.
    `changed_clusters` are the clusters that were made, changed or dissolved.
    """

    clustered: int = 0
    duplicates: int = 0
    crowded: int = 0
    changed_clusters: frozenset[UUID] = field(default_factory=frozenset)


def load_clusters(
    connection: Connection, signed: Collection[SignedVersion], windows: Windows | None = None,
    boilerplate: Mapping[str, tuple[str, ...]] | None = None,
) -> ClusterChange:
    """Store signed versions and bring the clusters of their articles up to date.

    Waits for the transaction-level lock of the single writer first, so that every signature that another has
    stored is seen. Any order and any batches lead to the same clusters.
    """
    _lock(connection)
    load_signatures(connection, signed)
    return join_clusters(connection, {one.article_id for one in signed}, windows, boilerplate)


def join_clusters(
    connection: Connection, article_ids: Collection[UUID], windows: Windows | None = None,
    boilerplate: Mapping[str, tuple[str, ...]] | None = None,
) -> ClusterChange:
    """Bring the clusters of `article_ids`, whose versions are signed, up to date: pairs, members, canonical, origin.

    To be called again for an article when its current version or a judgement on it changes.
    """
    if not article_ids:
        return ClusterChange()
    _lock(connection)
    windows = windows or Windows()
    text_ids = _choose_compared(connection, article_ids)
    near = find_candidates(connection, text_ids, windows.pair)
    pairs = near.pairs | find_excerpt_candidates(connection, text_ids).pairs
    if pairs:
        store_comparisons(connection, verify_pairs(connection, pairs, boilerplate))
    affected, judgements = _affected(connection, article_ids, text_ids)
    candidates = _candidates(connection, affected)
    clusters = cluster_articles(candidates, _pairs(connection, candidates), judgements, windows)
    changed = store_clusters(connection, affected, clusters)
    if changed:
        mark_stale(connection, affected)
    members = {member.candidate.article_id: member for cluster in clusters for member in cluster.members}
    own = [members[article_id] for article_id in article_ids if article_id in members]
    return ClusterChange(clustered=len(own), duplicates=sum(member.relation != "canonical" for member in own),
                         crowded=len(near.crowded), changed_clusters=changed)


def _lock(connection: Connection) -> None:
    # Writers queue here for as long as those before them take: a session's own limit is for rows, not for this.
    before = connection.scalar(text("SELECT current_setting('lock_timeout')"))
    connection.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": _LONGEST_WAIT})
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CLUSTER_LOCK})
    connection.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": before})


def _choose_compared(connection: Connection, article_ids: Collection[UUID]) -> set[UUID]:
    """Mark the version by which each article is compared: its latest that is no kill. Returns their texts."""
    chosen = {
        row.article_id: (row.article_version_id, row.text_id)
        for row in connection.execute(
            text(
                "SELECT DISTINCT ON (v.article_id) v.article_id, v.article_version_id, t.text_id"
                " FROM core.article_versions v JOIN core.version_texts t USING (article_version_id)"
                " WHERE v.article_id = ANY(CAST(:ids AS uuid[])) AND v.superseded_at IS NULL"
                " ORDER BY v.article_id, v.pub_status = 'canceled', v.valid_from DESC"
            ),
            {"ids": array_literal(article_ids)},
        )
    }
    parameters = {"articles": array_literal(article_ids), "versions": array_literal(one for one, _ in chosen.values())}
    connection.execute(
        text("UPDATE core.version_texts SET is_compared = false WHERE article_id = ANY(CAST(:articles AS uuid[])) AND is_compared"
             " AND article_version_id <> ALL(CAST(:versions AS uuid[]))"), parameters)
    connection.execute(
        text("UPDATE core.version_texts SET is_compared = true WHERE article_version_id = ANY(CAST(:versions AS uuid[]))"
             " AND NOT is_compared"), parameters)
    return {text_id for _, text_id in chosen.values() if text_id is not None}


def _affected(
    connection: Connection, article_ids: Collection[UUID], text_ids: Collection[UUID]
) -> tuple[set[UUID], list[Judgement]]:
    """The articles whose clusters may change with those given, and the judgements on any of them.

    An article that is like no other, now and before, is not among them: most are such.
    """
    reached = _alike(connection, text_ids)
    while True:
        judgements = _judgements(connection, reached | set(article_ids))
        wider = reached | {key for judgement in judgements for key in (judgement.left_id, judgement.right_id) if key}
        members = connection.execute(
            text("SELECT m.article_id FROM core.cluster_members m WHERE m.cluster_id IN"
                 " (SELECT cluster_id FROM core.cluster_members WHERE article_id = ANY(CAST(:ids AS uuid[])))"),
            {"ids": array_literal(wider | set(article_ids))},
        )
        wider |= set(members.scalars())
        if any(judgement.kind == "split" for judgement in judgements):
            # Where people hold texts apart, links that were refused may hold elsewhere: all of them are weighed again.
            wider |= _neighbours(connection, wider)
        if wider == reached:
            return reached, judgements
        reached = wider


def _alike(connection: Connection, text_ids: Collection[UUID]) -> set[UUID]:
    """The articles that have one of these texts or one that is near to it, where there are two or more of them."""
    near = connection.execute(
        text("SELECT left_text_id, right_text_id FROM core.similar_texts"
             " WHERE left_text_id = ANY(CAST(:texts AS uuid[])) OR right_text_id = ANY(CAST(:texts AS uuid[]))"),
        {"texts": array_literal(text_ids)},
    )
    linked = {text_id for pair in near for text_id in pair}
    holders: dict[UUID, list[UUID]] = {}
    for article_id, text_id in connection.execute(
            text("SELECT article_id, text_id FROM core.version_texts"
                 " WHERE is_compared AND text_id = ANY(CAST(:texts AS uuid[]))"),
            {"texts": array_literal(linked | set(text_ids))}):
        holders.setdefault(text_id, []).append(article_id)
    return {one for text_id, same in holders.items() if text_id in linked or len(same) > 1 for one in same}


def _neighbours(connection: Connection, article_ids: Collection[UUID]) -> set[UUID]:
    found = connection.execute(
        text(
            "WITH own AS (SELECT DISTINCT text_id FROM core.version_texts WHERE is_compared AND article_id = ANY(CAST(:ids AS uuid[])))"
            " SELECT article_id FROM core.version_texts WHERE is_compared AND text_id IN (SELECT text_id FROM own"
            "   UNION SELECT right_text_id FROM core.similar_texts JOIN own ON left_text_id = text_id"
            "   UNION SELECT left_text_id FROM core.similar_texts JOIN own ON right_text_id = text_id)"
        ),
        {"ids": array_literal(article_ids)},
    )
    return set(found.scalars())


def _judgements(connection: Connection, article_ids: Collection[UUID]) -> list[Judgement]:
    found = connection.execute(
        text("SELECT kind, left_id, right_id, made_at FROM ops.judgements WHERE revoked_at IS NULL"
             " AND kind IN ('cluster_join', 'cluster_split') AND (left_id = ANY(CAST(:ids AS uuid[])) OR right_id = ANY(CAST(:ids AS uuid[])))"),
        {"ids": array_literal(article_ids)},
    )
    kinds: dict[str, Literal["join", "split"]] = {"cluster_join": "join", "cluster_split": "split"}
    return [Judgement(kind=kinds[row.kind], left_id=row.left_id, right_id=row.right_id, made_at=row.made_at)
            for row in found]


def _candidates(connection: Connection, article_ids: Collection[UUID]) -> list[Candidate]:
    found = connection.execute(
        text(
            "SELECT a.article_id, t.article_version_id, t.text_id, a.publisher_id, t.published_at, v.headline,"
            " coalesce(v.dateline_agency, v.credit) AS agency, p.agency AS publisher_agency,"
            " a.pub_status = 'canceled' AS is_canceled"
            " FROM core.version_texts t JOIN core.articles a USING (article_id)"
            " JOIN core.article_versions v USING (article_version_id) JOIN core.publishers p USING (publisher_id)"
            " WHERE t.is_compared AND t.text_id IS NOT NULL AND t.article_id = ANY(CAST(:ids AS uuid[]))"
        ),
        {"ids": array_literal(article_ids)},
    )
    return [Candidate(**row) for row in found.mappings()]


def _pairs(connection: Connection, candidates: Iterable[Candidate]) -> dict[tuple[UUID, UUID], Comparison]:
    found = connection.execute(
        text("SELECT left_text_id, right_text_id, similarity_ratio, differs_in_figures, has_like_opening"
             " FROM core.similar_texts WHERE left_text_id = ANY(CAST(:texts AS uuid[])) AND right_text_id = ANY(CAST(:texts AS uuid[]))"),
        {"texts": array_literal({candidate.text_id for candidate in candidates})},
    )
    return {
        (row.left_text_id, row.right_text_id): Comparison(
            similarity=row.similarity_ratio, left_contained=0.0, right_contained=0.0,
            differs_in_figures=row.differs_in_figures, has_like_opening=row.has_like_opening)
        for row in found
    }
