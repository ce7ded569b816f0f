"""Conditions on the day of publication that PostgreSQL can plan for: ranges of constants on the indexed columns."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

# The day (UTC) of version `v`: that of publication, else that of its beginning.
PUBLICATION_DAY = "(coalesce(v.published_at, v.valid_from) AT TIME ZONE 'UTC')::date"


def day_ranges(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days as ranges, each with the first day and the one behind the last, in order."""
    first: date | None = None
    behind: date | None = None
    for day in sorted(set(days)):
        if first is not None and day == behind:
            behind = day + timedelta(days=1)
            continue
        if first is not None and behind is not None:
            yield first, behind
        first, behind = day, day + timedelta(days=1)
    if first is not None and behind is not None:
        yield first, behind


def falls_on(column: str, days: Iterable[date]) -> str:
    """SQL for: the moment in `column` lies on one of `days` (UTC). Of none where there are no days.

    A join with a table of days lets PostgreSQL expect a ninth of all rows on each of them, and read whole tables.
    """
    ranges = [
        f"{column} >= '{first:%Y-%m-%d} 00:00+00' AND {column} < '{behind:%Y-%m-%d} 00:00+00'"
        for first, behind in day_ranges(days)
    ]
    return f"({' OR '.join(ranges)})" if ranges else "false"


def published_on(days: Iterable[date]) -> str:
    """SQL for: version `v` is of one of `days`."""
    wanted = tuple(days)
    return f"({falls_on('v.published_at', wanted)} OR (v.published_at IS NULL AND {falls_on('v.valid_from', wanted)}))"
