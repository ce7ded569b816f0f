"""Coded events of versions, as rows with their modes, contexts, sizes and participants."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from transforms.annotations.annotation import Event, Participant
from transforms.identity import derived_id
from warehouse.core.entities import entity_id
from warehouse.core.stale_events import clusters_of, mark_stale_events
from warehouse.replacements import replace_rows
from warehouse.tables.articles import article_versions
from warehouse.tables.events import event_contexts, event_modes, event_participants, event_sizes, events
from warehouse.upserts import Changes


def load_events(
    connection: Connection, given: Mapping[UUID, Sequence[Event]], *, coder_version: str
) -> Changes:
    """Make the stored events of these versions equal to `given`; their entities were loaded before.

    Returns the changes of events, not of what belongs to them.
    """
    coded = [pair for version_id, listed in given.items() for pair in _identified(version_id, listed)]
    days = _published_dates(connection, given)
    # Events that go leave their clusters without a trace.
    left = clusters_of(connection, given.keys())
    changes = replace_rows(
        connection,
        events,
        [
            _event_row(event_id, version_id, event, coder_version) | {"published_date": days.get(version_id)}
            for event_id, version_id, event in coded
        ],
        owner="article_version_id",
        owner_ids=list(given),
    )
    event_ids = [event_id for event_id, _, _ in coded]
    changed = not changes.is_empty
    parts: dict[Any, Iterator[dict[str, Any]]] = {
        event_modes: ({"event_id": key, "mode": mode} for key, _, event in coded for mode in event.modes),
        event_contexts: ({"event_id": key, "context": c} for key, _, event in coded for c in event.contexts),
        event_sizes: (row for key, _, event in coded for row in _size_rows(key, event)),
        event_participants: (row for key, _, event in coded for row in _participant_rows(key, event)),
    }
    for table, rows in parts.items():
        changed |= not replace_rows(connection, table, rows, owner="event_id", owner_ids=event_ids).is_empty
    if changed:
        mark_stale_events(connection, {*given, *left})
    return changes


def move_events(connection: Connection, version_ids: Collection[UUID]) -> None:
    """Bring the events of versions whose time of publication changed to their day; what was coded waits for annotation."""
    for version_id, day in sorted(_published_dates(connection, version_ids).items()):
        connection.execute(update(events).where(events.c.article_version_id == version_id).values(published_date=day))


def _published_dates(connection: Connection, version_ids: Collection[UUID]) -> dict[UUID, date | None]:
    """The UTC days of publication of versions; None where a version gives none."""
    found = connection.execute(
        select(article_versions.c.article_version_id, article_versions.c.published_at).where(
            article_versions.c.article_version_id.in_(version_ids)
        )
    )
    return {row.article_version_id: row.published_at.astimezone(UTC).date() if row.published_at else None for row in found}


def _identified(version_id: UUID, listed: Sequence[Event]) -> Iterator[tuple[UUID, UUID, Event]]:
    """Each event with its id: two of one type on one trigger are told apart by their order."""
    seen: Counter[tuple[object, ...]] = Counter()
    for event in listed:
        key = (event.field, event.trigger_start, event.trigger_end, event.event_type)
        yield derived_id("event", version_id, *key, seen[key]), version_id, event
        seen[key] += 1


def _event_row(event_id: UUID, version_id: UUID, event: Event, coder_version: str) -> dict[str, Any]:
    place = event.place
    return {
        "event_id": event_id,
        "article_version_id": version_id,
        "field": event.field,
        "sentence_number": event.sentence,
        "start_offset": event.start,
        "end_offset": event.end,
        "trigger_start_offset": event.trigger_start,
        "trigger_end_offset": event.trigger_end,
        "event_type": event.event_type,
        "quad_class": event.quad_class,
        "cameo_code": event.cameo_code,
        "cameo_edition": event.cameo_edition,
        "goldstein": event.goldstein,
        "plover_score": event.plover_score,
        "status": event.status,
        "event_date": event.event_date,
        "date_precision": event.date_precision,
        "date_source": event.date_source,
        "place_text": place.text if place else None,
        "place_country_code": place.country_code if place else None,
        "place_entity_id": entity_id(place.entity.key) if place and place.entity else None,
        "place_source": place.source if place else None,
        "confidence": event.confidence,
        "coder": event.coder,
        "coder_version": coder_version,
    }


def _size_rows(event_id: UUID, event: Event) -> Iterator[dict[str, Any]]:
    for size in event.sizes:
        yield {"event_id": event_id, "kind": size.kind, "minimum": size.minimum, "maximum": size.maximum}


def _participant_rows(event_id: UUID, event: Event) -> Iterator[dict[str, Any]]:
    claimed: tuple[Participant, ...] = (event.claimed_by,) if event.claimed_by else ()
    for role, listed in (("actor", event.actors), ("recipient", event.recipients), ("claimant", claimed)):
        for position, participant in enumerate(listed, 1):
            yield {
                "event_id": event_id,
                "role": role,
                "position": position,
                "surface": participant.text,
                "start_offset": participant.start,
                "end_offset": participant.end,
                "country_code": participant.country_code,
                "sector": participant.sector,
                "entity_id": entity_id(participant.entity.key) if participant.entity else None,
            }
