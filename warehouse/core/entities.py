"""Entities with their names and offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, update

from transforms.annotations.annotation import Entity
from transforms.identity import derived_id
from warehouse.core.scripts import script_of
from warehouse.storable import storable
from warehouse.tables.entities import entities, entity_aliases, offices
from warehouse.upserts import Changes, upsert, upsert_returning

# What a text may say of an entity, and another not.
_LACKING = ("country_code", "sector", "wikidata_id", "geonames_id", "latitude", "longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAlias:
    """A name of an entity; dates bound it, half open. `source` is the reference table, or `text`."""

    entity_key: str
    alias: str
    source: str
    language: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """An office that a person held, from `started_date` until before `until_date`; None where open or not known."""

    person: Entity
    title: str
    source: str
    country_code: str | None = None
    sector: str | None = None
    started_date: date | None = None
    until_date: date | None = None
    rank: int = 1


def entity_id(key: str) -> UUID:
    """The id of an entity's row."""
    return derived_id("entity", storable(key))


def load_entities(
    connection: Connection, given: Iterable[Entity], aliases: Iterable[EntityAlias] = ()
) -> Changes:
    """Insert entities, each with its own name as an alias, and further names of them.

    What a reference table knows is brought up to date; what was found in texts gains what it lacked and keeps the
    fullest name, so that the order of loading does not matter.
    """
    unique = _unique(given)
    # Both kinds in one order of ids each, known ones first: two loaders never wait in a circle.
    known = [_entity_row(entity) for entity in unique.values() if entity.is_known]
    found = [_entity_row(entity) for entity in unique.values() if not entity.is_known]
    changes, written = upsert_returning(connection, entities, known, fill=("sector",))
    if renamed := [row.entity_id for row in written if not row.is_new]:
        # They may have another name now, and be others' namesakes by it.
        connection.execute(update(entities).where(entities.c.entity_id.in_(renamed)).values(name_key=None))
    kept = ("entity_key", "kind", "is_known")
    changes += upsert(connection, entities, found, keep=kept, fill=_LACKING, fullest=("name",))
    names = [EntityAlias(entity_key=key, alias=entity.name, source="name") for key, entity in unique.items()]
    # All names in one statement, for the same reason.
    load_aliases(connection, [*aliases, *names])
    return changes


def load_aliases(connection: Connection, given: Iterable[EntityAlias]) -> Changes:
    """Insert names. One that is there keeps its source: a reference table's stands before a text's."""
    rows = []
    for one in given:
        parts = (entity_id(one.entity_key), storable(one.alias), one.language, one.valid_from)
        rows.append(
            {
                "entity_alias_id": derived_id("entity_alias", *parts),
                "entity_id": parts[0],
                "alias": parts[1],
                "script": script_of(one.alias),
                "language": one.language,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
                "source": one.source,
            }
        )
    return upsert(connection, entity_aliases, rows, keep=("entity_id", "alias", "script", "language", "source"))


def load_tenures(connection: Connection, given: Sequence[Tenure]) -> Changes:
    """Insert who held which office, with the people."""
    changes = load_entities(connection, (one.person for one in given))
    rows: list[dict[str, Any]] = []
    for one in given:
        person_id = entity_id(one.person.key)
        rows.append(
            {
                "office_id": derived_id("office", person_id, one.title, one.country_code, one.started_date),
                "person_id": person_id,
                "title": one.title,
                "country_code": one.country_code,
                "sector": one.sector,
                "started_date": one.started_date,
                "ended_date": one.until_date - timedelta(days=1) if one.until_date else None,
                "rank": one.rank,
                "source": one.source,
            }
        )
    return changes + upsert(connection, offices, rows)


def _unique(given: Iterable[Entity]) -> dict[str, Entity]:
    """Entities by key. Of several under one key the table's, the last of them, else what loading them one after the
    other would leave."""
    unique: dict[str, Entity] = {}
    # No set: its order differs from process to process, and a monarch has a row in the table for each realm.
    for entity in sorted(dict.fromkeys(given), key=lambda one: (one.is_known, len(one.name), one.name)):
        held = unique.get(entity.key)
        if held is not None and not entity.is_known:
            entity = replace(
                entity, country_code=_least(held.country_code, entity.country_code), sector=_least(held.sector, entity.sector)
            )
        unique[entity.key] = entity
    return unique


def _least(one: str | None, other: str | None) -> str | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "entity_id": entity_id(entity.key),
        "entity_key": entity.key,
        "name": entity.name,
        "kind": entity.kind,
        "country_code": entity.country_code,
        "sector": entity.sector,
        "wikidata_id": entity.wikidata_id,
        "geonames_id": entity.geonames_id,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "is_known": entity.is_known,
    }
