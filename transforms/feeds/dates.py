"""Dates as feeds print them: RFC 822 and W3C profiles, their dialects, and what cannot be believed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from transforms.articles.months import month_number

YEAR_MINIMUM = 1990
FUTURE_MAXIMUM = timedelta(days=2)

# Hours from UTC of the abbreviations that have one meaning in the news of their region. RFC 822 and the
# IANA database are the sources; those with several meanings (IST, CST outside America, AMT, GST) follow
# RFC 822 where it names them and are left out where it does not.
ZONE_HOURS = {
    "UT": 0.0, "UTC": 0.0, "GMT": 0.0, "Z": 0.0, "WET": 0.0, "BST": 1.0, "WEST": 1.0, "CET": 1.0, "MEZ": 1.0,
    "MET": 1.0, "CEST": 2.0, "MESZ": 2.0, "MEST": 2.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "TRT": 3.0, "IRST": 3.5, "IRDT": 4.5,
    "PKT": 5.0, "NPT": 5.75, "ALMT": 6.0, "WIB": 7.0, "ICT": 7.0, "HKT": 8.0, "SGT": 8.0, "PHT": 8.0,
    "MYT": 8.0, "WITA": 8.0, "AWST": 8.0, "JST": 9.0, "KST": 9.0, "WIT": 9.0, "ACST": 9.5, "AEST": 10.0,
    "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "BRT": -3.0, "ART": -3.0, "NST": -3.5, "NDT": -2.5,
    "AST": -4.0, "ADT": -3.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0,
    "PST": -8.0, "PDT": -7.0, "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "SAST": 2.0, "EAT": 3.0, "WAT": 1.0,
    "CAT": 2.0, "A": 1.0, "M": 12.0, "N": -1.0, "Y": -12.0,
}
ZONE_NAMES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
              "PT": "America/Los_Angeles", "AT": "America/Halifax", "ETC/GMT": "UTC", "ETC/UTC": "UTC"}
DAY_NAME = r"(?:[^\W\d]{2,12}\.?(?:,\s*|\s+))?"
ZONE = r"\s*(?P<zone>Z|Etc/\w+|[A-Za-z]{1,5}\b|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?)?"
CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
FORMS = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:(?:[Tt]|,?\s+)" + CLOCK + ZONE + ")?", re.I),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[Tt]?(?P<hour>\d{2}):?(?P<minute>\d{2}):?"
               r"(?P<second>\d{2})?" + ZONE + ")?", re.I),
    re.compile(DAY_NAME + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[^\W\d]{3,14})\.?,?[\s-]+"
               r"(?P<year>\d{4}|\d{2})(?:,?\s+" + CLOCK + ZONE + ")?", re.I),
    re.compile(DAY_NAME + r"(?P<month>[^\W\d]{3,14})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
               r"(?:(?P<year>\d{4}),?\s+" + CLOCK + ZONE + "|(?P<year2>\\d{4}))", re.I),
    re.compile(DAY_NAME + r"(?P<month>[^\W\d]{3})\s+(?P<day>\d{1,2})\s+" + CLOCK
               + r"(?:\s+(?P<zone>[A-Z]{1,5}|[+-]\d{4}))?\s+(?P<year>\d{4})", re.I),
    re.compile(DAY_NAME + r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:\s+" + CLOCK + ZONE + ")?", re.I),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDate:
    """`moment` is aware, UTC; `zone_assumed` the IANA zone that was lent, None where one was printed."""

    moment: datetime
    zone_assumed: str | None = None


def read_date(text: str | None, *, time_zone: str | None, known_by: datetime | None) -> FeedDate | str | None:
    """The date that `text` prints; None for no text, a warning where it cannot be read or believed.

    A time without zone, or with an unknown one, is taken in `time_zone` (IANA; None is UTC). Warnings are
    `unreadable_date` and `unbelievable_date`: before 1990, or later than two days after `known_by` (aware).
    A printed 24:00 is the next midnight and a leap second the last second before it.
    """
    text = re.sub(r"\s+", " ", text or "").strip()[:100]
    if not text:
        return None
    found = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return "unreadable_date"
    part = {"year": None, "month": None, "day": None, "hour": None, "minute": None, "second": None, "half": None,
            "zone": None} | found.groupdict()
    printed_year = part["year"] or part.get("year2") or "0"
    year = int(printed_year)
    if len(printed_year) == 2:
        year += 2000 if year < 70 else 1900
    month = part["month"] or "1"
    number = int(month) if month.isdigit() else month_number(month) or month_number(month[:3]) or 0
    hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), min(int(part["second"] or 0), 59)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    is_next_day = hour == 24 and minute == second == 0
    try:
        local = datetime(year, number, int(part["day"] or 1), 0 if is_next_day else hour, minute, second)  # noqa: DTZ001 - its zone follows
        local += timedelta(days=is_next_day)
        printed = _zone(part["zone"])
        lent = ZoneInfo(time_zone) if time_zone else UTC
        moment = local.replace(tzinfo=printed or lent).astimezone(UTC)
    except (ValueError, OverflowError):
        return "unreadable_date"
    if moment.year < YEAR_MINIMUM or (known_by is not None and moment > known_by + FUTURE_MAXIMUM):
        return "unbelievable_date"
    return FeedDate(moment=moment, zone_assumed=None if printed else time_zone)


def _zone(text: str | None) -> tzinfo | None:
    """The zone that was printed; None where there is none, or none that is known."""
    name = re.sub(r"^(?:GMT|UTC)\s*(?=[+-])", "", (text or "").strip().upper())
    if match := re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    if name in ZONE_NAMES:
        return ZoneInfo(ZONE_NAMES[name])
    hours = ZONE_HOURS.get(name)
    return None if hours is None else timezone(timedelta(hours=hours))
