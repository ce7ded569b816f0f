"""A publisher: who publishes, in which language and time zone, and how its pages are read."""

from dataclasses import dataclass
from datetime import date


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
class Publisher:
    """What reading a document needs to know of its publisher. One TOML file under seeds/publishers/.

    `hosts` are the host names whose pages are this publisher's, without `www.`.
    `country_code` is ISO 3166-1 alpha-3, `language` ISO 639-1, `time_zone` an IANA name: it is the zone
    assumed where a page prints none. `is_day_first` settles 03/04/2024 where the language does not.
    `external_id_pattern` is a regular expression whose first group is the agency's own id in a URL.
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
    layouts: tuple[Layout, ...] = ()
