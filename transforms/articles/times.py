"""Times as wires print them, with their precision and the zone that had to be assumed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.articles.article import Precision
from transforms.articles.months import month_number

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|(?P<month2>\d\d)(?P<day2>\d\d))?"
    r"(?:[T ]?\s?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?\Z",
    re.I,
)
_SPELT = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,?\s+)?(?P<day>\d{1,2})\.?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,14})\.?,?\s+(?:de\s+)?(?P<year>\d{4}|\d{2})"
    r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<zone>[A-Z]{1,4}|[+-]\d\d:?\d\d)?)?"
    r"(?:\s*\([^)]*\))?\Z",
    re.I,
)
# RFC 822 section 5.1 names these, and no others are unambiguous.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "bst": 1, "msk": 3,
}  # fmt: skip
_EARLIEST, _LATEST = 1800, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class WireTime:
    """An instant (aware, UTC) with its precision; `zone` is the IANA name assumed, None where one was printed."""

    at: datetime
    precision: Precision
    zone: str | None = None


def parse_time(value: str | None, *, zone: str | None = None) -> WireTime | None:
    """A time as printed: ISO 8601 in both forms, RFC 822, "10 december 2018". None where it is none.

    `zone` (an IANA name) is assumed where the value has none; without it UTC is, and said to be.
    A day without a time is midnight UTC.
    """
    text = (value or "").strip()
    if not text or len(text) > 64:
        return None
    found = _ISO.match(text)
    if found:
        part = found.groupdict()
        month, day = part["month"] or part["month2"], part["day"] or part["day2"]
        return _build(
            (part["year"], month, day), (part["hour"], part["minute"], part["second"]), part["fraction"], part["zone"], zone
        )
    found = _SPELT.match(text)
    if found:
        part = found.groupdict()
        number = month_number(part["month"])
        if number is None:
            return None
        year = part["year"] if len(part["year"]) == 4 else str(century(int(part["year"])))
        clock = (part["hour"], part["minute"], part["second"])
        return _build((year, str(number), part["day"]), clock, None, part["zone"], zone)
    return None


def century(year: int) -> int:
    """A year of two digits in full: 70 and later is the last century, as POSIX has it."""
    return year + (1900 if year >= 70 else 2000)


def zone_offset(name: str) -> timedelta | None:
    """The offset of a printed zone (`GMT`, `EST`, `+0100`, `+01:00`), or None for an unknown one."""
    name = name.strip().lower()
    if name in _ZONES:
        return timedelta(hours=_ZONES[name])
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)?", name)
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset >= timedelta(hours=24):
        return None
    return -offset if found[1] == "-" else offset


def _build(
    date: tuple[str | None, str | None, str | None],
    clock: tuple[str | None, str | None, str | None],
    fraction: str | None,
    printed_zone: str | None,
    zone: str | None,
) -> WireTime | None:
    year, month, day = date
    hour, minute, second = clock
    if year is None or not _EARLIEST <= int(year) <= _LATEST or (hour and not day):
        return None
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        local = datetime(  # noqa: DTZ001  the zone is decided below
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), min(int(second or 0), 59), microsecond
        )
    except ValueError:
        return None
    precision: Precision = (
        "second" if second else "minute" if minute else "day" if day else "month" if month else "year"
    )
    if hour is None:
        return WireTime(at=local.replace(tzinfo=UTC), precision=precision)
    offset = zone_offset(printed_zone) if printed_zone else None
    try:
        if offset is not None:
            return WireTime(at=local.replace(tzinfo=timezone(offset)).astimezone(UTC), precision=precision)
        if zone:
            return WireTime(at=local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), precision=precision, zone=zone)
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return WireTime(at=local.replace(tzinfo=UTC), precision=precision, zone="UTC")
    return WireTime(at=local.replace(tzinfo=UTC), precision=precision, zone="UTC")
