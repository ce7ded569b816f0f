"""Windows: half-open stretches of time `[start, end)`, cut where the publisher's own days begin, kept in UTC.

A day is what the publisher's calendar calls one: 23 or 25 hours long where the clocks change, and missing where
the calendar left one out (Samoa had no 30 December 2011). Windows of one split follow each other without gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

Interval: TypeAlias = Literal["hour", "day", "week", "month"]
INTERVALS: tuple[str, ...] = get_args(Interval)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time from `start` until before `end`, both in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError("a window's bounds are in UTC")
        if self.start >= self.end:
            raise ValueError("a window ends after it starts")

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M:%SZ}/{self.end:%Y-%m-%dT%H:%M:%SZ}"


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which a clock in `zone` shows `day` or later."""
    midnight = datetime.combine(day, time.min, zone)
    start = midnight.astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return start
    # Midnight was skipped: the day begins with the change of the clocks, which lies between midnight reckoned
    # with the offset behind the change and midnight reckoned with the one before it.
    before, after = midnight.replace(fold=1).astimezone(UTC), start
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).date() >= day:
            after = middle
        else:
            before = middle
    return before if before.astimezone(zone).date() >= day else after


def window_start(moment: datetime, *, interval: Interval, zone: ZoneInfo) -> datetime:
    """The start, in UTC, of the hour, day, week (from Monday) or month of `zone` that holds `moment`."""
    moment = moment.astimezone(UTC)
    day = moment.astimezone(zone).date()
    if interval == "hour":
        # A clock that goes back over midnight shows yesterday's date once more.
        start = day_start(day + _DAY, zone)
        start = start if start <= moment else day_start(day, zone)
        return start + (moment - start) // _HOUR * _HOUR
    if interval == "week":
        day -= timedelta(days=day.weekday())
    elif interval == "month":
        day = day.replace(day=1)
    following = day_start(_next(day, interval), zone)
    return following if following <= moment else day_start(day, zone)


def split_windows(since: datetime, until: datetime, *, interval: Interval, zone: ZoneInfo) -> Iterator[Window]:
    """The windows of `[since, until)`, oldest first; the first and the last are cut to the bounds.

    Hours are counted from the start of each day, so the last hour of a day on which the clocks move by a part
    of an hour is shorter. Yields nothing where `until` does not lie behind `since`.
    """
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    if since >= until:
        return
    bounds = [since]
    bounds += (bound for bound in _bounds(since, until, interval, zone) if since < bound < until)
    bounds.append(until)
    for start, end in pairwise(bounds):
        if start < end:
            yield Window(start=start, end=end)


def due_window(
    watermark: datetime | None, now: datetime, *, interval: Interval, zone: ZoneInfo,
    settling: timedelta = timedelta(0),
) -> Window | None:
    """What a scheduled run has to read: all whole intervals from `watermark` until `settling` before `now`.

    One window, however many ticks were missed; None when nothing is due: a tick that is early or doubled, or a
    clock that stands before the watermark. Without a watermark it is the last whole interval.
    """
    end = window_start(now - settling, interval=interval, zone=zone)
    if watermark is None:
        watermark = window_start(end - _SECOND, interval=interval, zone=zone)
    watermark = watermark.astimezone(UTC)
    return Window(start=watermark, end=end) if watermark < end else None


def read_bound(text: str, zone: ZoneInfo) -> datetime:
    """A bound as a person writes it, in UTC: `2024-03-31` is the start of that day in `zone`; a date with a time
    is in `zone` unless it names an offset. Raises ValueError with a sentence."""
    try:
        if len(text) == 10:
            return day_start(date.fromisoformat(text), zone)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date: write 2024-03-31 or 2024-03-31T06:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _next(day: date, interval: Interval) -> date:
    if interval == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + (timedelta(days=7) if interval == "week" else _DAY)


def _bounds(since: datetime, until: datetime, interval: Interval, zone: ZoneInfo) -> Iterator[datetime]:
    """Starts of intervals around `[since, until)`, rising, some of them outside of it."""
    day = since.astimezone(zone).date()
    if interval == "week":
        day -= timedelta(days=day.weekday())
    elif interval == "month":
        day = day.replace(day=1)
    start = day_start(day, zone)
    while start < until:
        day = _next(day, interval)
        following = day_start(day, zone)
        if interval == "hour":
            while start < following:
                yield start
                start += _HOUR
        elif start < following:
            yield start
        start = following
