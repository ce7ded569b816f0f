"""`dateline annotate`: entities, quotes and events of given text, as JSON Lines; no database."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any

import click

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Annotations, Entity, Mention, Participant, Text
from transforms.annotations.annotator import annotate
from transforms.articles.datelines import split_dateline
from transforms.failures import PermanentError

BATCH = 50


@click.command(epilog='Example: echo \'{"id": "1", "text": "ANKARA. KAZINFORM …"}\' | dateline annotate --input -')
@click.option("--input", "source", type=click.File("r", encoding="utf-8"), default="-", help="JSON Lines with id and text; - is standard input.")
@click.option("--rules-only", is_flag=True, help="Use no model: tables and rules alone.")
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True, help="Worker processes; each loads the models.")
def command(source: IO[str], rules_only: bool, processes: int) -> None:
    """Find entities, quotes and events in texts: one JSON object a line in, one out, in the same order."""
    lines = (line for line in source if line.strip())
    batches = iter(lambda: list(islice(lines, BATCH)), [])
    if processes == 1:
        for batch in batches:
            _print(annotate_lines(batch, not rules_only))
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting = []
        for batch in batches:
            waiting.append(pool.submit(annotate_lines, batch, not rules_only))
            if len(waiting) > 2 * processes:
                _print(waiting.pop(0).result())
        for future in waiting:
            _print(future.result())


def _print(lines: list[str]) -> None:
    sys.stdout.writelines(line + "\n" for line in lines)
    sys.stdout.flush()


def annotate_lines(lines: list[str], use_model: bool) -> list[str]:
    """Annotate a batch of input lines: one output line each. A line that is no record yields an `error`."""
    reference = load_annotation_reference(use_model=use_model)
    return [json.dumps(_annotate_line(line, reference), ensure_ascii=False) for line in lines]


def _annotate_line(line: str, reference: Any) -> dict[str, Any]:
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise ValueError("each line is an object with a string `text`")
        text, shift = read_text(record)
    except ValueError as error:
        return {"id": None, "error": f"not a record: {error}"}
    try:
        return as_json(annotate(text, reference), shift)
    except PermanentError as error:
        return {"id": record.get("id"), "error": str(error)}


def read_text(record: dict[str, Any]) -> tuple[Text, int]:
    """The text of one input record, its dateline split off, and where in the record's `text` the body begins."""
    published = record.get("published_at")
    moment = datetime.fromisoformat(str(published)) if published else None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whole: str = record["text"]
    line, body = split_dateline(whole, reference_date=moment.date() if moment else None)
    # Without an agency a headline in capitals may look like a dateline: it stays a part of the text.
    is_sure = line is not None and (line.agency is not None or line.date is not None) and whole.endswith(body)
    shift = len(whole) - len(body) if is_sure else 0
    text = Text(
        id=str(record.get("id", "")),
        body=whole[shift:],
        headline=record.get("headline"),
        dateline=whole[:shift] or None,
        dateline_place=line.place if line and shift else None,
        agency=line.agency if line and shift else None,
        country_code=line.country_code if line and shift else None,
        language=record.get("language"),
        published_at=moment,
    )
    return text, shift


def as_json(annotations: Annotations, shift: int = 0) -> dict[str, Any]:
    """The output contract; offsets into the body are moved by `shift`, those into the dateline before it are not."""
    return {
        "id": annotations.text_id,
        "mentions": sorted(
            (_mention(mention, shift if mention.field == "body" else 0) for mention in annotations.mentions if mention.field != "headline"),
            key=lambda mention: (mention["start"], -mention["end"]),
        ),
        "quotes": [
            {
                "start": quote.start + shift, "end": quote.end + shift, "text": quote.text, "is_direct": quote.is_direct, "verb": quote.verb,
                "speaker": _speaker(quote.speaker, shift),
            }
            for quote in annotations.quotes
        ],
        "events": [
            {
                "event_type": event.event_type, "modes": list(event.modes), "contexts": list(event.contexts), "cameo": event.cameo_code,
                "quad_class": event.quad_class, "status": event.status,
                "date": event.event_date.isoformat() if event.event_date else None, "date_precision": event.date_precision,
                "actors": [_participant(actor, shift) for actor in event.actors],
                "recipients": [_participant(recipient, shift) for recipient in event.recipients],
                "place": {"text": event.place.text, "country": event.place.country_code} if event.place else None,
                "start": event.start + shift, "end": event.end + shift, "sentence": event.sentence, "confidence": event.confidence,
            }
            for event in annotations.events
        ],
    }  # fmt: skip


def _entity(entity: Entity | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    return {
        "name": entity.name, "country": entity.country_code, "office": entity.office,
        "wikidata_id": entity.wikidata_id, "geonames_id": entity.geonames_id,
    }  # fmt: skip


def _mention(mention: Mention, shift: int) -> dict[str, Any]:
    return {
        "start": mention.start + shift, "end": mention.end + shift, "text": mention.text, "kind": mention.kind, "form": mention.form,
        "confidence": mention.confidence, "entity": _entity(mention.entity),
    }  # fmt: skip


def _speaker(speaker: Mention | None, shift: int) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {"start": speaker.start + shift, "end": speaker.end + shift, "text": speaker.text, "entity": _entity(speaker.entity)}


def _participant(participant: Participant, shift: int) -> dict[str, Any]:
    return {
        "text": participant.text,
        "start": None if participant.start is None else participant.start + shift,
        "end": None if participant.end is None else participant.end + shift,
        "country": participant.country_code, "sector": participant.sector,
    }  # fmt: skip
