"""The day that a dateline prints, in the orders and languages of the wires, and the year that it leaves out."""

import re
from dataclasses import dataclass
from datetime import date

from transforms.articles.months import misspelt_month, month_number
from transforms.articles.times import century

_LEEWAY_DAYS = 31

_MONTH = r"(?P<month>[^\W\d_][^\W\d_\u0300-\u036f]*[^\W\d_]\.?|[\u0900-\u097f]{2,16})"
_DAY = r"(?P<day>[0-9O]{1,3}(?:er|º|ª|\.|st|nd|rd|th)?)"
_YEAR = r"(?:\s*[,./]?\s*(?:de\s+)?(?P<year>(?:19|20)\d\d)(?:\s*(?:г|год|года|р)\b\.?|\.)?)?"
_MONTH_DAY = re.compile(rf"{_MONTH}\s*{_DAY}(?![\w%])(?:\s+d\.)?{_YEAR}\s*,?", re.I)
_DAY_MONTH = re.compile(rf"{_DAY}[\s.]*(?:de\s+)?{_MONTH}(?!\w){_YEAR}\s*[,.]?", re.I)
_YEAR_FIRST = re.compile(rf"(?P<year>(?:19|20)\d\d)\.\s+{_MONTH}\s+(?P<day>\d{{1,2}})\.(?:\s*,\s*[^\W\d_]{{3,12}}(?!\w))?", re.I)
_NUMERIC = re.compile(
    r"(?P<day>\d{2}|\d(?=[./-]\d{1,2}[./-]\d))(?P<mark>[./-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>(?:19|20)\d\d|\d\d))?(?![\d%:])"
)
_WEEKDAYS = ("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun понедельник "
    "вторник среда четверг пятница суббота воскресенье lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi "
    "jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag lunedì martedì mercoledì giovedì "
    "venerdì sabato domenica")  # fmt: skip
WEEKDAYS = frozenset(_WEEKDAYS.split())
_WEEKDAY = re.compile(rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\.?\s*,?\s+", re.I)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A printed day and where it ends. `day` is None where it is a typing error ("March 187").

    `is_doubtful`: the month is misspelt or a number, which alone is no evidence of a dateline.
    """

    end: int
    month: int
    day: int | None
    year: int | None
    is_doubtful: bool = False


def read_day(text: str, position: int) -> PrintedDay | None:
    """The day printed at `position`, in brackets too, or None."""
    if text[position : position + 1] == "(":
        inner = read_day(text, position + 1)
        closed = re.compile(r"\s*\)").match(text, inner.end) if inner else None
        return PrintedDay(closed.end(), inner.month, inner.day, inner.year, inner.is_doubtful) if inner and closed else None
    weekday = _WEEKDAY.match(text, position)
    start = weekday.end() if weekday else position
    for pattern in (_MONTH_DAY, _DAY_MONTH, _YEAR_FIRST):
        found = pattern.match(text, start)
        if not found:
            continue
        month = month_number(found["month"])
        is_misspelt = month is None
        if month is None:
            month = misspelt_month(found["month"])
        if month is None:
            continue
        digits = re.sub(r"[^\dO]", "", found["day"])
        day = int(digits) if digits.isdigit() and 1 <= int(digits) <= 31 else None
        end = found.end()
        if found[0].rstrip()[-1:] in ",.":
            end = found.start() + len(found[0].rstrip()) - 1
        return PrintedDay(end, month, day, int(found["year"]) if found["year"] else None, is_misspelt)
    return _numeric(text, start)


def _numeric(text: str, position: int) -> PrintedDay | None:
    """`03.05.2022`, `03/05`: the day first, but where only the other order makes a date."""
    found = _NUMERIC.match(text, position)
    if not found:
        return None
    day, month = int(found["day"]), int(found["month"])
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = int(found["year"]) if found["year"] else None
    return PrintedDay(found.end(), month, day, century(year) if year is not None and year < 100 else year, is_doubtful=True)


def resolve_day(printed: PrintedDay | None, reference_date: date | None) -> date | None:
    """The date that is meant: without a year, the latest such day that was not yet to come at `reference_date`."""
    if printed is None or printed.day is None:
        return None
    if printed.year is not None:
        return _valid_date(printed.year, printed.month, printed.day)
    if reference_date is None:
        return None
    years = (reference_date.year + 1, reference_date.year, reference_date.year - 1)
    days = [day for year in years if (day := _valid_date(year, printed.month, printed.day))]
    # A dispatch is not dated from the future; a month's leeway is for records that know the month alone.
    return next((day for day in days if (day - reference_date).days <= _LEEWAY_DAYS), None)


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
