"""A moment in time from whatever a page prints: ISO 8601, RFC 822, epoch numbers, or words in many languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.articles.article import Precision
from transforms.articles.months import months_of

LENGTH_LIMIT = 300
"""Characters of a text that are searched for a date."""
LINE_LIMIT = 40
"""Characters around a day in digits among which a time of day is that day's."""

# Hours from UTC of the abbreviations that mean one zone in news pages (IST is India's there).
_ABBREVIATIONS = {
    "z": 0.0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10, "brt": -3, "art": -3, "bst": 1, "cet": 1, "mez": 1,
    "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "trt": 3, "ist": 5.5, "pkt": 5, "jst": 9,
    "kst": 9, "hkt": 8, "sgt": 8, "wib": 7, "wita": 8, "wit": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "sast": 2, "cat": 2, "eat": 3, "wat": 1, "gst": 4,
}  # fmt: skip

_OFFSET = r"(?P<zone>Z\b|(?:(?:UTC|GMT)\s?)?[+-]\d{1,2}:?(?:\d{2})?(?!\d)|[A-Za-zА-я]{1,5}\b)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:(?:[:.]|\s?h(?:rs)?\s?|\s?시\s?|時)(?P<minute>\d{2})"
    r"(?:(?:[:.]|\s?m(?:in)?\s?|\s?분\s?|分)(?P<second>\d{2})(?:[.,:]\d{1,9})?)?|(?=\s?[ap]\.?m\b)|\s?h\b)"
    r"(?:\s?(?:분|分|h|uhr|klo|น\.))?\s?(?P<half>[ap]\.?\s?m\b\.?)?"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:1[89]|2[0-4])\d{2})(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2})|"
    r"(?P<month2>\d{2})(?P<day2>\d{2})(?=T))"
    r"(?:[T\s_]{1,3}(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s?(?P<half>[ap]\.?m\b)?\s?" + _OFFSET + r"?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_DIGITS_ONLY = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_EAST = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?(?:年|년|[./-])\s?(?P<month>\d{1,2})\s?(?:月|월|[./-])\s?(?P<day>\d{1,2})(?!\d)\s?(?:日|일)?"
)
_NUMERIC = re.compile(r"(?<![\d.:/])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<year>(?:19|20)?\d{2})(?!\d|[./]\d)")
_TIME = re.compile(r"(?<![\d:])(?P<early>오전|오후|午前|午後|上午|下午|am|pm)?\s?" + _CLOCK + r"(?:\s?,?\s?\(?" + _OFFSET + r")?", re.IGNORECASE)
# Not \w: the vowel signs of Thai and of Indian scripts are no letters to it.
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]/|–—_-]+")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?\.?(?:-?(?:те|го|е|ви|ші))?\s*(?:de|of|d'|di|do|da|ta['’])?\s*(?:tháng\s*)?$", re.IGNORECASE)
_DAY_AFTER = re.compile(r"^\.?\s*(\d{1,2})(?:st|nd|rd|th|-?[a-z]{2})?(?![\d:.]\d|\d)(?:\s*[,.]?\s*(?:(?:19|20)\d{2})?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|2[0-5])\d{2})(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*(?:năm\s*)?((?:19|20)\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`at` is aware, in UTC. `zone` is the IANA name (or `UTC`) that was assumed, None where the text printed one."""

    at: datetime
    precision: Precision
    zone: str | None = None


def read_moment(
    text: str, *, language: str | None = None, zone: str | None = None, is_day_first: bool | None = None
) -> Moment | None:
    """The first moment in `text`, or None.

    `zone` (IANA) is assumed where the text prints none, UTC where it is None too. 03/04/2024 is read by
    `is_day_first`, else by `language`: month first in English only where the numbers do not say otherwise.
    """
    text = _plain_digits(text[:LENGTH_LIMIT]).strip()
    if not text:
        return None
    if match := _ISO.search(text):
        rest = text[: match.start()] + " " + text[match.end() :]
        if match["hour"] is None and match["month"] and len(rest) <= LINE_LIMIT:
            # "2024-03-05 | 09:30"
            return _moment(int(match["year"]), int(match["month"]), int(match["day"]), *_clock(rest), zone)
        return _from_match(match, zone)
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return Moment(at=datetime.fromtimestamp(int(seconds), UTC), precision="second")
    if match := _DIGITS_ONLY.fullmatch(text):
        year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups())
        return _moment(year or 0, month or 0, day or 0, hour, minute, second, None, zone)
    for year, month, day, rest in _dates(text, language, is_day_first):
        clock = _clock(rest)
        found = _moment(year, month, day, *clock, zone)
        if found is not None:
            return found
    return None


def _plain_digits(text: str) -> str:
    """ASCII digits for the decimal digits of every script, and no marks that only steer the direction."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
        if letter not in "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u00ad"
    )


def _dates(
    text: str, language: str | None, is_day_first: bool | None
) -> Iterator[tuple[int, int, int, str]]:
    """(year, month, day, the text without the date) for each reading of `text`, the surest first."""
    for pattern in (_EAST, _VIETNAMESE):
        if match := pattern.search(text):
            rest = text[: match.start()] + " " + text[match.end() :]
            if pattern is _EAST:
                yield int(match["year"]), int(match["month"]), int(match["day"]), rest
            else:
                yield int(match[3]), int(match[2]), int(match[1]), rest
    yield from _in_words(text, language)
    if match := _NUMERIC.search(text):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        if year < 100:
            year += 2000 if year < 70 else 1900
        rest = text[: match.start()] + " " + text[match.end() :]
        day_first = first > 12 or (second <= 12 and _reads_day_first(match["sep"], language, is_day_first))
        yield (year, second, first, rest) if day_first else (year, first, second, rest)


def _reads_day_first(separator: str, language: str | None, is_day_first: bool | None) -> bool:
    if separator == ".":
        return True
    if is_day_first is not None:
        return is_day_first
    return language not in (None, "en")


def _in_words(text: str, language: str | None) -> Iterator[tuple[int, int, int, str]]:
    months = months_of(language)
    folded = text.casefold().replace("\u0307", "")
    if len(folded) != len(text):
        text = folded
    words = list(_WORD.finditer(folded))
    for index, word in enumerate(words):
        month = months.get(word[0])
        end = word.end()
        if index + 1 < len(words):
            month_of_two = months.get(word[0] + " " + words[index + 1][0])
            if month_of_two:
                month, end = month_of_two, words[index + 1].end()
        if month is None and word[0].endswith(("'da", "’da", "'de", "’de")):
            month = months.get(word[0][:-3])
        if month is None:
            continue
        before, after = text[: word.start()], text[end:]
        year = _YEAR.search(after) or _YEAR.search(before)
        if year is None:
            continue
        number = int(year[1])
        if number > 2400 and language == "th":
            number -= 543
        if day := _DAY_BEFORE.search(before.rstrip(" ,-–/")):
            rest = before[: day.start()] + " " + _cut_year(after, year[1])
            yield number, month, int(day[1]), rest
        elif day := _DAY_AFTER.match(after.lstrip(" ,-–/")):
            trimmed = after.lstrip(" ,-–/")
            yield number, month, int(day[1]), before + " " + _cut_year(trimmed[day.end() :], year[1])


def _cut_year(text: str, year: str) -> str:
    return re.sub(rf"(?<!\d){year}(?!\d)", " ", text, count=1)


def _clock(text: str) -> tuple[int | None, int | None, int | None, str | None]:
    for match in _TIME.finditer(text):
        hour = int(match["hour"])
        minute = int(match["minute"]) if match["minute"] else 0
        if hour > 24 or minute > 59:
            continue
        half = (match["half"] or match["early"] or "").casefold().replace(".", "").replace(" ", "")
        if half in ("pm", "오후", "午後", "下午") and hour < 12:
            hour += 12
        elif half in ("am", "오전", "午前", "上午") and hour == 12:
            hour = 0
        second = int(match["second"]) if match["second"] else None
        return hour, minute, second, match["zone"]
    return None, None, None, None


def _from_match(match: re.Match[str], zone: str | None) -> Moment | None:
    def number(name: str) -> int | None:
        return int(match[name]) if match[name] else None

    hour = number("hour")
    half = (match["half"] or "").casefold().replace(".", "")
    if hour is not None and half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    minute = number("minute")
    if hour is not None and minute is None:
        hour = None
    return _moment(
        number("year") or 0, number("month") or number("month2") or 0, number("day") or number("day2") or 0,
        hour, minute, number("second"), match["zone"], zone,
    )  # fmt: skip


def _moment(
    year: int, month: int, day: int, hour: int | None, minute: int | None, second: int | None,
    printed_zone: str | None, zone: str | None,
) -> Moment | None:  # fmt: skip
    precision: Precision = "day" if hour is None else "minute" if second is None else "second"
    next_day = hour == 24
    try:
        naive = datetime(year, month, day, 0 if next_day else hour or 0, minute or 0, min(second or 0, 59))  # noqa: DTZ001 (the zone is settled below)
        if next_day:
            naive += timedelta(days=1)
        offset = _offset(printed_zone)
        if offset is not None:
            return Moment(at=naive.replace(tzinfo=offset).astimezone(UTC), precision=precision)
        if precision == "day":
            return Moment(at=naive.replace(tzinfo=UTC), precision=precision, zone="UTC")
        name, tzinfo = _zone(zone)
        return Moment(at=naive.replace(tzinfo=tzinfo).astimezone(UTC), precision=precision, zone=name)
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None) -> tuple[str, ZoneInfo]:
    try:
        return (name or "UTC"), ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC", ZoneInfo("UTC")


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    folded = text.casefold()
    if folded in _ABBREVIATIONS:
        return timezone(timedelta(hours=_ABBREVIATIONS[folded]))
    match = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?", folded)
    if not match or int(match[2]) > 14:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(size if match[1] == "+" else -size)
