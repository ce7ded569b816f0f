"""The article record: what every parser yields, whatever the format of the document was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

# A field named `date` would hide the type within its class.
Day: TypeAlias = date
PubStatus: TypeAlias = Literal["usable", "withheld", "canceled"]
Precision: TypeAlias = Literal["second", "minute", "hour", "day", "month", "year"]
ChangeHint: TypeAlias = Literal["initial", "update", "correction", "kill", "advisory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The line that opens a dispatch. `text` is as printed; `country_code` ISO 3166-1 alpha-3.

    `date` is the day that the dateline prints, its year taken from the document. `places` holds every city
    of a dateline of several, `place` the first with its region as printed ("Boise, Idaho").
    """

    text: str
    place: str | None = None
    places: tuple[str, ...] = ()
    region: str | None = None
    country_code: str | None = None
    date: Day | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject with the scheme of its code: `medtop`, `subj` (the older IPTC codes), `anpa`, `keyword` ..."""

    scheme: str
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation to another article. `external_id` is the other's own id, `url` its address.

    `relation` is `corrects`, `kills`, `updates`, `advises`, `continues` (a take), `translates`,
    `syndicated_from`, `original`, `member_of` or `related`.
    """

    relation: str
    external_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Which element gave a field: shown by `dateline parse --explain`, kept beside the version."""

    field: str
    source: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text with its metadata. Times are aware and in UTC; `body` is paragraphs joined by a blank line.

    `document_id` is the id of the document, `#n` behind it where the document held several.
    `published_at_source` is where the time came from (`jsonld`, `layout`, `microdata`, `opengraph`,
    `time`, `meta`, `url`, `text`, `feed`, `wire`, `dateline`, `crawl_record`), `published_at_zone` the
    zone that was assumed (an IANA name) or None where the document printed its own.
    `headline` is None where the document has none: it is never guessed from the body.
    """

    document_id: str
    format: str
    body: str
    url: str | None = None
    canonical_url: str | None = None
    external_id: str | None = None
    publisher_code: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    slugline: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    credit: str | None = None
    dateline: Dateline | None = None
    language: str | None = None
    section: str | None = None
    genre: str | None = None
    subjects: tuple[Subject, ...] = ()
    urgency: int | None = None
    ed_note: str | None = None
    sign_off: str | None = None
    rights: str | None = None
    image_url: str | None = None
    published_at: datetime | None = None
    published_at_source: str | None = None
    published_at_precision: Precision | None = None
    published_at_zone: str | None = None
    modified_at: datetime | None = None
    embargoed_until: datetime | None = None
    version: str | None = None
    pub_status: PubStatus = "usable"
    change_hint: ChangeHint | None = None
    links: tuple[Link, ...] = ()
    is_paywalled: bool | None = None
    is_partial: bool = False
    charset: str | None = None
    charset_source: str | None = None
    replacement_ratio: float = 0.0
    provenance: tuple[Provenance, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a wire sends without text: a picture, a video, an audio piece, a package, planning, an event."""

    document_id: str
    format: str
    item_type: str
    external_id: str | None = None
    headline: str | None = None
    published_at: datetime | None = None
    version: str | None = None
    pub_status: PubStatus = "usable"
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A document that is no article, and why. `reason` is a stable code, `detail` a sentence for a person.

    `offset` is the byte at which a parser gave up, where it knows.
    """

    document_id: str
    reason: str
    detail: str
    format: str | None = None
    stage: str = "extract"
    offset: int | None = None


Outcome: TypeAlias = Article | Item | Rejection

