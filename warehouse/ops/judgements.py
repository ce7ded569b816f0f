"""Judgements of people on articles and entities: who and why, taken back by revoking, overridden by no rule."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.identity import derived_id
from warehouse.storable import storable

JudgementKind: TypeAlias = Literal["cluster_join", "cluster_split", "entity_merge", "entity_split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredJudgement:
    """Two articles or entities belong together or apart; a split without `right_id` is from everything."""

    kind: JudgementKind
    left_id: UUID
    right_id: UUID | None
    judge: str
    reason: str | None
    made_at: datetime


def record_judgement(connection: Connection, judgement: StoredJudgement) -> UUID:
    """Store a judgement; what was judged on the same two before is revoked. Returns its id.

    Clusters follow with `warehouse.core.clusters.join_clusters`, entities with `warehouse.core.entity_groups.regroup_entities`.
    """
    left, right = judgement.left_id, judgement.right_id
    connection.execute(
        text(
            "UPDATE ops.judgements SET revoked_at = :made_at WHERE revoked_at IS NULL"
            " AND split_part(kind, '_', 1) = split_part(:kind, '_', 1)"
            " AND ((left_id = :left AND right_id IS NOT DISTINCT FROM CAST(:right AS uuid))"
            "   OR (left_id = CAST(:right AS uuid) AND right_id = :left))"
        ),
        {"made_at": judgement.made_at, "kind": judgement.kind, "left": left, "right": right},
    )
    judgement_id = derived_id("judgement", judgement.kind, left, right, judgement.made_at.isoformat())
    connection.execute(
        text(
            "INSERT INTO ops.judgements (judgement_id, kind, left_id, right_id, reason, judge, made_at)"
            " VALUES (:id, :kind, :left, :right, :reason, :judge, :made_at) ON CONFLICT (judgement_id) DO NOTHING"
        ),
        {"id": judgement_id, "kind": judgement.kind, "left": left, "right": right,
         "reason": None if judgement.reason is None else storable(judgement.reason), "judge": storable(judgement.judge),
         "made_at": judgement.made_at},
    )  # fmt: skip
    return judgement_id


def revoke_judgement(connection: Connection, judgement_id: UUID, revoked_at: datetime) -> Any | None:
    """Take a judgement back. Returns its row (kind, left_id, right_id), None where none of that id stands."""
    return connection.execute(
        text(
            "UPDATE ops.judgements SET revoked_at = :at WHERE judgement_id = :id AND revoked_at IS NULL"
            " RETURNING kind, left_id, right_id"
        ),
        {"id": judgement_id, "at": revoked_at},
    ).one_or_none()


def find_articles(connection: Connection, name: str, canonical: str | None) -> list[UUID]:
    """The articles that `name` may mean: an article's id, the agency's own id, or `canonical`, its canonical URL."""
    found = connection.execute(
        text(
            "SELECT article_id FROM core.articles WHERE article_id::text = :name OR external_id = :name"
            " OR (:canonical <> '' AND canonical_url = :canonical) ORDER BY article_id LIMIT 20"
        ),
        {"name": name.lower() if len(name) == 36 else name, "canonical": canonical or ""},
    )
    return list(found.scalars())
