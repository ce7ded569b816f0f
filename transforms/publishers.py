"""A publisher: who publishes, where, in which language and time zone, how it is read and what is normal."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

FeedKind: TypeAlias = Literal["feed", "sitemap", "section", "archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSS selectors for the pages of one publisher, valid from `valid_from` until before `valid_until`.

    `selectors` maps a field of the article (`headline`, `body`, `authors`, ...) to the selectors to try
    in turn; `remove` lists what is cut out of the body first.
    """

    valid_from: date | None = None
    valid_until: date | None = None
    selectors: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One place where a publisher lists its articles.

    `kind` is `feed` (RSS, RDF, Atom or JSON Feed, told apart by the bytes), `sitemap` (news sitemap, sitemap
    or sitemap index), `section` (an HTML page whose links `link_selector` selects) or `archive` (a section
    page for each day or month, whose `url` holds `{year}`, `{month}` and `{day}`; read by backfills only).
    `link_pattern` is a regular expression that a link must match to be an item.
    `interval_seconds` is the time between polls to begin with; what the feed does moves it between the two
    bounds. With `has_honest_validators` false its ETag and Last-Modified are not believed.
    `verified_on` is the day when a person last saw the feed answer; None means that nobody has.
    """

    url: str
    kind: FeedKind = "feed"
    language: str | None = None
    link_selector: str | None = None
    link_pattern: str | None = None
    interval_seconds: int = 900
    interval_minimum_seconds: int = 300
    interval_maximum_seconds: int = 86_400
    has_honest_validators: bool = True
    valid_from: date | None = None
    valid_until: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A value that this publisher is known to print wrongly: `value` in `field` becomes `replacement`.

    `replacement` None drops the value. `reason` says why, for the reader of the file.
    """

    field: str
    value: str
    reason: str
    replacement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRange:
    """What is normal for a publisher: `measure` lies between the bounds, ends included, None is open.

    Measures are those of the checks: `articles_per_day`, `body_characters`, `headline_ratio` ...
    """

    measure: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What reading a document needs to know of its publisher. One TOML file under seeds/publishers/.

    `hosts` are the host names whose pages are this publisher's, without `www.`; their subdomains are too.
    `country_code` is ISO 3166-1 alpha-3, `language` ISO 639-1, `time_zone` an IANA name: it is the zone
    assumed where a page prints none. `is_day_first` settles 03/04/2024 where the language does not.
    `external_id_pattern` is a regular expression whose first group is the agency's own id in a URL.
    `article_pattern` and `excluded_patterns` say which URLs are articles: an item's link must match the
    first, where given, and none of the others. `url_rewrites` are pairs of a regular expression and its
    replacement, applied to canonical URLs that name one page twice. `boilerplate_patterns` match whole
    paragraphs that this publisher puts under its articles. `request_interval_seconds` is the least time between two
    requests to one host, `retention_days` how long captures are kept (None: for ever).
    """

    code: str
    name: str
    hosts: tuple[str, ...] = ()
    country_code: str | None = None
    language: str | None = None
    time_zone: str | None = None
    is_day_first: bool | None = None
    agency: str | None = None
    external_id_pattern: str | None = None
    query_parameters_kept: tuple[str, ...] = ()
    url_rewrites: tuple[tuple[str, str], ...] = ()
    boilerplate_patterns: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    is_active: bool = False
    homepage: str | None = None
    article_pattern: str | None = None
    excluded_patterns: tuple[str, ...] = ()
    request_interval_seconds: float = 5.0
    retention_days: int | None = None
    feeds: tuple[Feed, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    expected_ranges: tuple[ExpectedRange, ...] = ()

    def owns_host(self, host: str) -> bool:
        """Whether `host` (lower case, no port) is one of `hosts` or a subdomain of one."""
        return any(host == own or host.endswith("." + own) for own in self.hosts)
