"""When an event was: date expressions near the trigger, read against the date of the article."""

import re
from datetime import date, timedelta
from typing import Literal, TypeAlias

Precision: TypeAlias = Literal["day", "week", "month", "year"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
# How many characters from its trigger (half as many before it) a date still belongs to it.
REACH, REACH_OF_YEAR = 110, 50
MONTH = r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
DATE = re.compile(
    r"\b(?:"
    r"(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + MONTH.format("m1") + r"(?:,?\s+(?P<y1>(?:19|20)\d\d))?"
    r"|" + MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<y2>(?:19|20)\d\d))?"
    r"|" + MONTH.format("m3") + r",?\s+(?P<y3>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|(?P<rel>(?i:last|next|this))\s+(?P<relwhat>(?i:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    + "|".join(MONTHS)
    + r"))"
    r"|(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?P<word>(?i:yesterday|today|tomorrow|tonight|overnight))"
    r"|(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y)\s+(?P<m4>"
    + "|".join(m.capitalize() for m in MONTHS)
    + r")\b(?!,?\s+\d)"
    r"|(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y|[Oo]f|[Ff]rom|[Bb]etween)\s+(?P<y5>(?:1[5-9]|20)\d\d)\b(?!-)"
    r"|^\W*(?P<y6>(?:1[5-9]|20)\d\d)(?=:? [-–—] | ?:)"
    r")"
)


# Every date has a figure, the name of a month or one of these signs.
FIGURE = re.compile(r"\d")
SIGNS = ("day", "night", "tomorrow", "last", "next", "this")
NAMES_OF_MONTHS = tuple(month.capitalize() for month in MONTHS)


def find_date(
    sentence: str, at: int, published: date | None, is_future: bool
) -> tuple[date, Precision] | None:
    """The date expression nearest to character `at`, with its precision; None where there is none to resolve.

    Weekday names and words like "yesterday" need `published`, the day of the article in UTC: a weekday is the
    last such day up to it, or the next one for what `is_future`.
    """
    if not may_hold_date(sentence):
        return None
    best: tuple[int, tuple[date, Precision]] | None = None
    for match in DATE.finditer(sentence):
        found = resolve(match, published, is_future)
        if found is None:
            continue
        distance = match.start() - at if match.start() >= at else (at - match.end()) * 2
        if distance > (REACH_OF_YEAR if found[1] == "year" else REACH):
            continue
        if best is None or distance < best[0]:
            best = distance, found
    return best[1] if best else None


def may_hold_date(sentence: str) -> bool:
    """Whether it is worth to look for dates: most sentences have none, and DATE takes long to say so."""
    lower = sentence.lower()
    signs = [sign for sign in SIGNS if sign in lower] or [month for month in NAMES_OF_MONTHS if month in sentence]
    return bool(signs) or FIGURE.search(sentence) is not None


def resolve(match: re.Match[str], published: date | None, is_future: bool) -> tuple[date, Precision] | None:
    g = match.groupdict()
    try:
        if g["iso"]:
            return date.fromisoformat(g["iso"]), "day"
        month = g["m1"] or g["m2"]
        if month:
            return month_day(month, int(g["d1"] or g["d2"]), g["y1"] or g["y2"], published, is_future)
        if g["m3"]:
            return date(int(g["y3"]), month_number(g["m3"]), 1), "month"
    except ValueError:
        return None
    if g["y5"] or g["y6"]:
        return date(int(g["y5"] or g["y6"]), 1, 1), "year"
    if published is None:
        return None
    if g["m4"]:
        return nearest_month(month_number(g["m4"]), published, is_future), "month"
    if g["word"]:
        word = g["word"].lower()
        return published + timedelta(
            days={"yesterday": -1, "tomorrow": 1, "overnight": 0}.get(word, 0)
        ), "day"
    if g["weekday"]:
        return weekday(g["weekday"].lower(), published, is_future), "day"
    return relative(g["rel"].lower(), g["relwhat"].lower(), published, is_future)


def month_number(name: str) -> int:
    short = name.lower()[:3]
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(short))


def month_day(
    month: str, day: int, year: str | None, published: date | None, is_future: bool
) -> tuple[date, Precision] | None:
    number = month_number(month)
    if year:
        return date(int(year), number, day), "day"
    if published is None:
        return None
    found = date(published.year, number, day)
    if found > published + timedelta(days=1) and not is_future:
        found = date(published.year - 1, number, day)
    elif found < published - timedelta(days=1) and is_future:
        found = date(published.year + 1, number, day)
    return found, "day"


def nearest_month(number: int, published: date, is_future: bool) -> date:
    found = date(published.year, number, 1)
    if found > published and not is_future:
        return date(published.year - 1, number, 1)
    if is_future and number < published.month:
        return date(published.year + 1, number, 1)
    return found


def weekday(name: str, published: date, is_future: bool) -> date:
    back = (published.weekday() - WEEKDAYS.index(name)) % 7
    if is_future:
        return published + timedelta(days=(7 - back) % 7 or 7)
    return published - timedelta(days=back)


def relative(how: str, what: str, published: date, is_future: bool) -> tuple[date, Precision]:
    step = {"last": -1, "this": 0, "next": 1}[how]
    if what in WEEKDAYS:
        if how == "next":
            return weekday(what, published, True), "day"
        found = weekday(what, published, is_future and how == "this")
        return (found - timedelta(days=7) if how == "last" and found == published else found), "day"
    if what == "week":
        monday = published - timedelta(days=published.weekday())
        return monday + timedelta(days=7 * step), "week"
    if what == "month":
        months = published.year * 12 + published.month - 1 + step
        return date(months // 12, months % 12 + 1, 1), "month"
    if what == "year":
        return date(published.year + step, 1, 1), "year"
    return nearest_month(
        month_number(what), published, how == "next" or (how == "this" and is_future)
    ), "month"
