"""The annotation records: mentions, quotes and events of one text.

Offsets are Unicode code points into the field's text, ends exclusive; `text[start:end]` is the surface.
Countries are ISO 3166-1 alpha-3 (Kosovo `KOS`, as PLOVER has it).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

Field: TypeAlias = Literal["body", "headline", "dateline"]
EntityKind: TypeAlias = Literal[
    "person", "organization", "country", "city", "region", "facility", "place", "other"
]
Form: TypeAlias = Literal["name", "nominal", "pronoun", "demonym"]
EventStatus: TypeAlias = Literal["actual", "future", "negated", "hypothetical", "historical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text to annotate. `paragraphs` of `body` are separated by blank lines.

    `published_at` (aware, UTC) anchors weekday names and office holders; `country_code` and `dateline_place`
    are priors from the dateline, `dateline` its text as a field of its own.
    """

    id: str
    body: str
    headline: str | None = None
    dateline: str | None = None
    dateline_place: str | None = None
    agency: str | None = None
    country_code: str | None = None
    language: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Whom or what a mention names. `key` is its natural key (see `transforms.identity`), stable on any machine.

    `is_known` is true where a reference table has it. `office` is the office that the text or the table
    gives it on the article's date ("President of Kazakhstan").
    """

    key: str
    name: str
    kind: EntityKind
    country_code: str | None = None
    office: str | None = None
    sector: str | None = None
    wikidata_id: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names an entity. `entity` is None where the answer is left open (NIL).

    `country_code` and `sector` (PLOVER's) are what the words themselves say ("Turkish troops": TUR, MIL), also
    where no entity is behind them.
    """

    field: Field = "body"
    sentence: int | None = None
    start: int
    end: int
    text: str
    kind: EntityKind
    form: Form = "name"
    entity: Entity | None = None
    confidence: float = 1.0
    annotator: str
    country_code: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words with their speaker. The span is without its marks; `speaker` is a mention or None."""

    field: Field = "body"
    start: int
    end: int
    text: str
    is_direct: bool
    verb: str | None = None
    speaker: Mention | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor or recipient. Offsets are None where it was resolved from outside the sentence."""

    text: str
    start: int | None = None
    end: int | None = None
    country_code: str | None = None
    sector: str | None = None
    entity: Entity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSize:
    """Counts that a sentence gives: `kind` is `dead`, `injured`, `arrested` ...; bounds inclusive."""

    kind: str
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace:
    """Where an event took place; `source` is `sentence` or `dateline` (a prior, not an answer)."""

    text: str
    country_code: str | None = None
    entity: Entity | None = None
    source: str = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One coded statement in one sentence: PLOVER type, modes and contexts, CAMEO code (ICEWS edition).

    `start`/`end` span the sentence, `trigger_start`/`trigger_end` the trigger words, all into the field.
    `quad_class` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    `claimed_by` is who says so where the statement is reported speech.
    """

    field: Field = "body"
    sentence: int
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    event_type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo_code: str | None = None
    cameo_edition: str | None = None
    quad_class: int
    goldstein: float | None = None
    plover_score: float | None = None
    status: EventStatus = "actual"
    event_date: date | None = None
    date_precision: str | None = None
    date_source: str | None = None
    place: EventPlace | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    claimed_by: Participant | None = None
    sizes: tuple[EventSize, ...] = ()
    confidence: float = 1.0
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """All that was found in one text, each tuple in order of the text."""

    text_id: str
    sentences: tuple[tuple[int, int], ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)
