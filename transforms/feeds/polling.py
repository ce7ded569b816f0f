"""When to poll a feed again: often where news come often, seldom where they do not, ever more seldom on failure."""

from dataclasses import dataclass

WEIGHT_MINIMUM = 1 / 64
"""A feed is never given up: at its lightest it is still tried at 64 times its interval, a week at most."""
PAUSE_MAXIMUM_SECONDS = 7 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a feed is polled. `interval_seconds` adapts to its news, `weight` (1 healthy) to its failures."""

    interval_seconds: int
    weight: float = 1.0
    failure_count: int = 0


def pace_after_success(pace: Pace, *, item_count: int, new_item_count: int, minimum: int, maximum: int,
                       asked_pause: int | None = None) -> Pace:
    """The pace after an answer, 304 included (0 items). Weight is restored at once: the feed is revived.

    Nothing new stretches the interval by half; news shrink it by a quarter, and to half when most of what
    the feed lists is new and some may have been missed. `asked_pause` (RSS ttl) raises the minimum.
    """
    minimum = min(max(minimum, asked_pause or 0), maximum)
    if new_item_count == 0:
        interval = pace.interval_seconds * 3 // 2
    elif new_item_count * 2 > item_count > 4:
        interval = pace.interval_seconds // 2
    else:
        interval = pace.interval_seconds * 3 // 4
    return Pace(interval_seconds=min(max(interval, minimum), maximum))


def pace_after_failure(pace: Pace) -> Pace:
    """The pace after a failure: the weight is halved, the interval kept for the day when it revives."""
    return Pace(interval_seconds=pace.interval_seconds, weight=max(pace.weight / 2, WEIGHT_MINIMUM),
                failure_count=pace.failure_count + 1)


def pause_seconds(pace: Pace) -> int:
    """Seconds until the next poll."""
    return min(int(pace.interval_seconds / pace.weight), PAUSE_MAXIMUM_SECONDS)
