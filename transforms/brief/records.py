"""What a brief is made from: the rows of its figures, each as the query of the same name in warehouse/brief gives them.

Times are aware, days are those of the brief's time zone. `counts` are articles on the seven days before the day and,
last, on the day itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, Literal, TypeAlias, TypeVar

Row = TypeVar("Row")
Topic: TypeAlias = Literal["met", "agreed", "threatened", "fought"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Generic[Row]):
    """The answer to one question of the brief, with the very SQL that gave it.

    `failure` says in a sentence why there are no rows, where the query was stopped.
    """

    name: str
    question: str
    sql: str
    rows: tuple[Row, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What the warehouse holds, and the nearest days (UTC) around the brief's that have articles."""

    first_day: date | None
    last_day: date | None
    article_count: int
    day_before: date | None
    day_after: date | None
    last_run_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Articles of one day; `text_count` counts a story once, `copy_count` what repeats another publisher."""

    day: date
    article_count: int
    text_count: int
    copy_count: int
    publisher_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """Articles of one hour of the day, 0 to 23, that say when they were published."""

    hour: int
    own_count: int
    copy_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A text with its copies, and others that open with the same event. `source_count` are the publishers that did not copy it from another."""

    title: str | None
    url: str | None
    language: str | None
    publisher_name: str
    publishers: list[str]
    place: str | None
    first_published_at: datetime
    article_count: int
    publisher_count: int
    source_count: int
    story_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something with its articles of eight days, the day of the brief last."""

    counts: list[int]

    @property
    def today(self) -> int:
        """Articles of the day."""
        return self.counts[-1]

    @property
    def mean_before(self) -> float:
        """Articles a day in the week before."""
        return sum(self.counts[:-1]) / 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Counted):
    """Somebody or something that articles named. Three places, from 1: among its kind by articles of the day, and
    among people and organizations (or among countries) by how much that is more, or less, than a day in the week before.
    """

    kind: str
    name: str
    country_code: str | None
    office: str | None
    place: int
    rising_place: int
    falling_place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What one country did to another: statements, those of conflict, and their mean Goldstein value (-10 to 10)."""

    actor_country_code: str
    recipient_country_code: str
    event_count: int
    conflict_count: int
    goldstein_mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who did what to whom, with the surest sentence that says so."""

    topic: Topic
    actors: list[str]
    recipients: list[str]
    sentence: str | None
    url: str | None
    language: str | None
    publisher_name: str
    source_count: int
    article_count: int
    topic_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction, kill or revival beside what stood before; texts are None where they may not be shown."""

    change_kind: str
    corrected_at: datetime
    publisher_name: str
    headline: str | None
    previous_headline: str | None
    body: str | None
    previous_body: str | None
    ed_note: str | None
    change_summary: str | None
    url: str | None
    correction_count: int
    kill_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherDay(Counted):
    """What a publisher brought, against what is expected of it."""

    publisher_name: str
    expected_daily_minimum: Decimal | float | None
    expected_daily_maximum: Decimal | float | None
    last_published_date: date | None
    last_published_at: datetime | None
    copy_count: int
    publisher_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """How many texts one publisher took over from another."""

    publisher_name: str
    origin_name: str
    copy_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionCount:
    """Documents of a publisher that were not loaded for one reason; `total_count` counts all reasons."""

    publisher_name: str
    reason: str
    document_count: int
    example: str | None
    total_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch of time of which a publisher's articles are missing, or perhaps missing; `gap_count` counts all of the day."""

    publisher_name: str
    gap_kind: str
    gap_start: datetime
    gap_end: datetime
    reason: str | None
    gap_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedCheck:
    """A check that found offending rows."""

    check_name: str
    severity: str
    offending_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All figures of one day. `day` and every date on the page are read on a clock in `zone` (an IANA name)."""

    day: date
    zone: str
    made_at: datetime
    extent: Figure[Extent]
    days: Figure[DayCount]
    hours: Figure[HourCount]
    stories: Figure[Story]
    names: Figure[Name]
    pairs: Figure[Pair]
    statements: Figure[Statement]
    corrections: Figure[Correction]
    publishers: Figure[PublisherDay]
    copies: Figure[Copying]
    rejections: Figure[RejectionCount]
    gaps: Figure[Gap]
    checks: Figure[FailedCheck]
