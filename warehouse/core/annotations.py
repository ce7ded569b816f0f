"""Annotations of versions: mentions, quotes and events, as rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from transforms.annotations.annotation import Annotations, Entity, Mention, Quote
from transforms.identity import derived_id
from warehouse.core.entities import EntityAlias, entity_id, load_entities
from warehouse.core.events import load_events
from warehouse.day_counts import mark_stale_versions
from warehouse.replacements import replace_rows
from warehouse.tables.mentions import mentions, quotes
from warehouse.upserts import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAnnotations:
    """What was found in one version of an article."""

    article_version_id: UUID
    annotations: Annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedAnnotations:
    """What loading a batch did, by kind of row."""

    entities: Changes
    mentions: Changes
    quotes: Changes
    events: Changes


def load_annotations(
    connection: Connection, given: Sequence[VersionAnnotations], *, annotator_version: str
) -> LoadedAnnotations:
    """Make the stored annotations of these versions equal to `given`; what is equal is not touched.

    `annotator_version` names the rules, tables and models that found them. Rows of an older one are replaced.
    """
    by_version = {one.article_version_id: one.annotations for one in given}
    version_ids = sorted(by_version)
    found = by_version.values()
    loaded_entities = load_entities(connection, _entities(found), _aliases(found))
    mention_rows = [
        _mention_row(version_id, mention, annotator_version)
        for version_id in version_ids
        for mention in by_version[version_id].mentions
    ]
    known_mentions = {row["mention_id"] for row in mention_rows}
    quote_rows = [
        _quote_row(version_id, quote, known_mentions, annotator_version)
        for version_id in version_ids
        for quote in by_version[version_id].quotes
    ]
    owner = "article_version_id"
    loaded_mentions = replace_rows(connection, mentions, mention_rows, owner=owner, owner_ids=version_ids)
    loaded_quotes = replace_rows(connection, quotes, quote_rows, owner=owner, owner_ids=version_ids)
    loaded_events = load_events(
        connection,
        {version_id: by_version[version_id].events for version_id in version_ids},
        coder_version=annotator_version,
    )
    if not (loaded_mentions.is_empty and loaded_events.is_empty):
        mark_stale_versions(connection, version_ids)
    return LoadedAnnotations(
        entities=loaded_entities, mentions=loaded_mentions, quotes=loaded_quotes, events=loaded_events
    )


def _entities(given: Iterable[Annotations]) -> Iterator[Entity]:
    for one in given:
        for mention in one.mentions:
            if mention.entity:
                yield mention.entity
        for quote in one.quotes:
            if quote.speaker and quote.speaker.entity:
                yield quote.speaker.entity
        for event in one.events:
            claimed = (event.claimed_by,) if event.claimed_by else ()
            for participant in (*event.actors, *event.recipients, *claimed):
                if participant.entity:
                    yield participant.entity
            if event.place and event.place.entity:
                yield event.place.entity


def _aliases(given: Iterable[Annotations]) -> Iterator[EntityAlias]:
    for one in given:
        for mention in one.mentions:
            if mention.entity and mention.form == "name":
                yield EntityAlias(entity_key=mention.entity.key, alias=mention.text, source="text")


def _mention_id(version_id: UUID, mention: Mention) -> UUID:
    return derived_id("mention", version_id, mention.field, mention.start, mention.end)


def _mention_row(version_id: UUID, mention: Mention, annotator_version: str) -> dict[str, Any]:
    return {
        "mention_id": _mention_id(version_id, mention),
        "article_version_id": version_id,
        "field": mention.field,
        "start_offset": mention.start,
        "end_offset": mention.end,
        "sentence_number": mention.sentence,
        "surface": mention.text,
        "kind": mention.kind,
        "form": mention.form,
        "entity_id": entity_id(mention.entity.key) if mention.entity else None,
        "country_code": mention.country_code,
        "sector": mention.sector,
        "office": mention.entity.office if mention.entity else None,
        "confidence": mention.confidence,
        "annotator": mention.annotator,
        "annotator_version": annotator_version,
    }


def _quote_row(version_id: UUID, quote: Quote, known_mentions: set[UUID], annotator_version: str) -> dict[str, Any]:
    speaker_id = _mention_id(version_id, quote.speaker) if quote.speaker else None
    entity = quote.speaker.entity if quote.speaker else None
    return {
        "quote_id": derived_id("quote", version_id, quote.field, quote.start, quote.end),
        "article_version_id": version_id,
        "field": quote.field,
        "start_offset": quote.start,
        "end_offset": quote.end,
        "quote_text": quote.text,
        "is_direct": quote.is_direct,
        "verb": quote.verb,
        "speaker_mention_id": speaker_id if speaker_id in known_mentions else None,
        "speaker_entity_id": entity_id(entity.key) if entity else None,
        "confidence": quote.confidence,
        "annotator_version": annotator_version,
    }
