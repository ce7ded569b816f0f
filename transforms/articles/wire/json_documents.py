"""JSON documents: find the articles in them, whatever envelope an API has put around them."""

from collections.abc import Iterator
from dataclasses import replace

from transforms.articles.article import Article, Item, Outcome, Rejection
from transforms.articles.wire.json_values import Json, UnreadableJson, parse_json
from transforms.articles.wire.ninjs import Fields, looks_like_ninjs, read_ninjs
from transforms.articles.wire.web_json import (
    is_flat_record,
    is_json_feed,
    is_schema_org,
    read_flat_record,
    read_json_feed,
    read_schema_org,
)

# Keys under which APIs wrap what they send.
_ENVELOPES = ("@graph", "data", "item", "items", "_items", "articles", "results", "docs", "documents", "hits", "_source", "entries", "response", "content")
_MAX_ENVELOPES = 5


def read_json_document(document_id: str, text: str, zone: str | None = None) -> Iterator[Outcome]:
    """The articles of one JSON text in order. Raises UnreadableJson."""
    value, warnings = parse_json(text)
    found = False
    for outcome in _read_value(document_id, value, zone, 0):
        found = True
        yield _warned(outcome, warnings)
    if not found:
        keys = ", ".join(list(value)[:8]) if isinstance(value, dict) else type(value).__name__
        yield Rejection(
            document_id=document_id, format="json", reason="unknown_format", detail=f"JSON without an article in it: {keys[:200]}"
        )


def read_json_lines(document_id: str, text: str, zone: str | None = None) -> Iterator[Outcome]:
    """JSON Lines: each line on its own; a broken line is a rejection and the rest goes on."""
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            yield from read_json_document(document_id, line, zone)
        except UnreadableJson as refusal:
            yield Rejection(
                document_id=document_id, format="json", reason=refusal.reason, detail=refusal.detail, offset=refusal.offset
            )


def _read_value(document_id: str, value: Json, zone: str | None, depth: int) -> Iterator[Outcome]:
    if isinstance(value, list):
        for entry in value:
            yield from _read_value(document_id, entry, zone, depth)
        return
    if not isinstance(value, dict) or depth > _MAX_ENVELOPES:
        return
    if is_json_feed(value):
        yield from read_json_feed(document_id, value, zone)
    elif is_schema_org(value):
        yield read_schema_org(document_id, value, zone)
    elif looks_like_ninjs(value):
        yield from read_ninjs(document_id, value, zone)
    elif is_flat_record(value):
        yield read_flat_record(document_id, value, zone)
    else:
        yield from _read_envelope(document_id, value, zone, depth)


def _read_envelope(document_id: str, value: Fields, zone: str | None, depth: int) -> Iterator[Outcome]:
    for key in _ENVELOPES:
        inner = value.get(key)
        if isinstance(inner, dict | list):
            found = False
            for outcome in _read_value(document_id, inner, zone, depth + 1):
                found = True
                yield outcome
            if found:
                return


def _warned(outcome: Outcome, warnings: tuple[str, ...]) -> Outcome:
    if warnings and isinstance(outcome, Article | Item):
        return replace(outcome, warnings=(*outcome.warnings, *warnings))
    return outcome
