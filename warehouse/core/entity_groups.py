"""Which entities are one, in the warehouse: kept equal to what names and judgements say, by one writer at a time."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.entities.groups import Candidate, Judgement, group_entities
from transforms.entities.keys import parse_found_key
from transforms.entities.spelling import compared_words, name_key
from warehouse.copying import array_literal, columns_of
from warehouse.core.stale_events import clusters_of, mark_stale_events
from warehouse.day_counts import mark_stale_versions

# One number for the single writer of merges; nothing else may take this lock.
ENTITY_LOCK = 0x6461_7465_656E_7469


def settle_entities(connection: Connection, *, limit: int = 5_000) -> Sequence[UUID]:
    """Find the place of up to `limit` entities that were never compared; returns them, empty where there are none.

    Waits for the transaction-level lock of the single writer. Any order and any batches lead to the same merges.
    """
    _lock(connection)
    rows = connection.execute(
        text(
            "SELECT entity_id, entity_key, kind, name, is_known FROM core.entities WHERE name_key IS NULL"
            " ORDER BY entity_id LIMIT :limit"
        ),
        {"limit": limit},
    ).all()
    keys = {row.entity_id: name_key(row.kind, _compared_name(row)) for row in rows}
    if keys:
        _regroup(connection, set(keys), keys)
    return list(keys)


def regroup_entities(connection: Connection, entity_ids: Collection[UUID]) -> frozenset[UUID]:
    """Bring the merges of these entities, and of those that they may be one with, up to date: after a judgement.

    Returns those whose survivor changed; the counts of their days and the events that they take part in become stale.
    """
    _lock(connection)
    return _regroup(connection, set(entity_ids), {})


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ENTITY_LOCK})


def _regroup(connection: Connection, entity_ids: set[UUID], new_keys: Mapping[UUID, str]) -> frozenset[UUID]:
    rows, judgements = _affected(connection, entity_ids, new_keys)
    survivors = group_entities((_candidate(row, new_keys) for row in rows), judgements)
    changed = frozenset(row.entity_id for row in rows if row.merged_into_id != survivors.get(row.entity_id))
    written = [
        {"entity_id": row.entity_id, "survivor": survivors.get(row.entity_id), "name_key": _key(row, new_keys)}
        for row in rows
        if row.entity_id in changed or row.entity_id in new_keys
    ]
    arrays = columns_of(written, "entity_id", "survivor", "name_key")
    # Loaders take entities in the order of their ids: so does this, and nobody waits in a circle.
    connection.execute(
        text("SELECT FROM core.entities WHERE entity_id = ANY(CAST(:ids AS uuid[])) ORDER BY entity_id FOR NO KEY UPDATE"),
        {"ids": arrays["entity_id"]},
    )
    connection.execute(
        text(
            "UPDATE core.entities e SET merged_into_id = given.survivor, name_key = given.name_key"
            " FROM unnest(CAST(:entity_id AS uuid[]), CAST(:survivor AS uuid[]), CAST(:name_key AS text[]))"
            " given (entity_id, survivor, name_key) WHERE e.entity_id = given.entity_id"
        ),
        arrays,
    )
    if changed:
        _mark_stale(connection, changed)
    return changed


def _affected(
    connection: Connection, entity_ids: set[UUID], new_keys: Mapping[UUID, str]
) -> tuple[Sequence[Any], list[Judgement]]:
    """The rows of all who may be one with those given, by key or by judgement, and the judgements on any of them."""
    reached = set(entity_ids)
    while True:
        judgements = _judgements(connection, reached)
        judged = {one for judgement in judgements for one in (judgement.left_id, judgement.right_id) if one}
        rows = connection.execute(
            text(
                "WITH own AS (SELECT entity_id, resolved_id, name_key FROM core.entities"
                "   WHERE entity_id = ANY(CAST(:ids AS uuid[])))"
                " SELECT entity_id, entity_key, kind, name, country_code, name_key, is_known, merged_into_id"
                " FROM core.entities WHERE entity_id IN (SELECT entity_id FROM own)"
                " OR resolved_id IN (SELECT resolved_id FROM own)"
                " OR name_key IN (SELECT name_key FROM own WHERE name_key <> '')"
                " OR name_key = ANY(CAST(:keys AS text[]))"
            ),
            {"ids": array_literal(reached | judged), "keys": sorted({key for key in new_keys.values() if key})},
        ).all()
        wider = {row.entity_id for row in rows}
        if wider <= reached:
            return rows, judgements
        reached |= wider


def _judgements(connection: Connection, entity_ids: set[UUID]) -> list[Judgement]:
    found = connection.execute(
        text(
            "SELECT kind, left_id, right_id, made_at FROM ops.judgements WHERE revoked_at IS NULL"
            " AND kind IN ('entity_merge', 'entity_split')"
            " AND (left_id = ANY(CAST(:ids AS uuid[])) OR right_id = ANY(CAST(:ids AS uuid[])))"
        ),
        {"ids": array_literal(entity_ids)},
    )
    kinds: dict[str, Literal["merge", "split"]] = {"entity_merge": "merge", "entity_split": "split"}
    return [
        Judgement(kind=kinds[row.kind], left_id=row.left_id, right_id=row.right_id, made_at=row.made_at) for row in found
    ]


def _compared_name(row: Any) -> str:
    """The name in the key: other than the one shown, it is the same whoever was loaded first."""
    return row.name if row.is_known else parse_found_key(row.entity_key).name


def _key(row: Any, new_keys: Mapping[UUID, str]) -> str | None:
    """Null stays null: whoever was never compared still has to be."""
    held: str | None = row.name_key
    return new_keys.get(row.entity_id, held)


def _candidate(row: Any, new_keys: Mapping[UUID, str]) -> Candidate:
    found = None if row.is_known else parse_found_key(row.entity_key)
    return Candidate(
        entity_id=row.entity_id, entity_key=row.entity_key, kind=row.kind,
        words=compared_words(row.kind, _compared_name(row)), name_key=_key(row, new_keys) or "",
        country_code=found.country_code if found else row.country_code, office=found.office if found else frozenset(),
        is_known=row.is_known,
    )  # fmt: skip


def _mark_stale(connection: Connection, entity_ids: frozenset[UUID]) -> None:
    ids = {"ids": array_literal(entity_ids)}
    named = connection.scalars(
        text("SELECT DISTINCT article_version_id FROM core.mentions WHERE entity_id = ANY(CAST(:ids AS uuid[]))"), ids
    ).all()
    mark_stale_versions(connection, named)
    stated = connection.scalars(
        text(
            "SELECT DISTINCT e.article_version_id FROM core.event_participants p JOIN core.events e USING (event_id)"
            " WHERE p.entity_id = ANY(CAST(:ids AS uuid[]))"
        ),
        ids,
    ).all()
    mark_stale_events(connection, {*stated, *clusters_of(connection, stated)})
