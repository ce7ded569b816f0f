"""How far what was read of a page agrees with the truth: the measures of the public article extraction benchmarks.

A record, true or read, is a mapping with some of `headline`, `authors`, `published_at` (ISO 8601) and `body`. What
the truth does not say is not counted.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import Any

MEASURES = ("precision", "recall", "headline", "printed", "minute", "day", "authors")
_WORD = re.compile(r"\w+")
_Record = Mapping[str, Any]


def agreement(pairs: Iterable[tuple[_Record, _Record]]) -> dict[str, float]:
    """Each measure from 0 to 1, averaged over the (true, read) records that it can be taken of, and `body`, the F1 of
    the average precision and recall.

    precision, recall: of the body's runs of four words. headline: equal, case and punctuation aside; printed: the same
    of the headlines that a reader of the page sees, which the truth says by `is_headline_printed`. minute, day: the
    time of publication to the minute and to the UTC day; a true midnight is a day, a true time without a zone takes
    any zone's. authors: F1 of the set of names.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for true, read in pairs:
        if true.get("body"):
            expected, given = _runs(true["body"]), _runs(read.get("body"))
            common = sum((expected & given).values())
            found["precision"].append(common / max(given.total(), 1))
            found["recall"].append(common / expected.total())
        if true.get("headline"):
            is_right = float(fold(true["headline"]) == fold(read.get("headline")))
            found["headline"].append(is_right)
            if true.get("is_headline_printed"):
                found["printed"].append(is_right)
        if true.get("published_at"):
            minute, day = _times_agree(true["published_at"], read.get("published_at"))
            found["day"].append(day)
            if minute is not None:
                found["minute"].append(minute)
        if true.get("authors") is not None:
            names, others = {fold(name) for name in true["authors"]}, {fold(name) for name in read.get("authors") or ()}
            found["authors"].append(2 * len(names & others) / (len(names) + len(others)) if names or others else 1.0)
    figures = {measure: mean(found[measure]) for measure in MEASURES if found[measure]}
    if sides := figures.get("precision", 0.0) + figures.get("recall", 0.0):
        figures["body"] = 2 * figures["precision"] * figures["recall"] / sides
    return figures


def _runs(text: str | None) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text or "")
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3) if words else 0))


def fold(text: str | None) -> str:
    """The words of a text in small letters."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def _times_agree(true: str, read: str | None) -> tuple[float | None, float]:
    """(minute right, None where the truth is a day; day right)."""
    expected = datetime.fromisoformat(true)
    is_day = (expected.hour, expected.minute, expected.second) == (0, 0, 0)
    if not read:
        return None if is_day else 0.0, 0.0
    at = datetime.fromisoformat(read)
    apart = (at if at.tzinfo else at.replace(tzinfo=UTC)) - (expected if expected.tzinfo else expected.replace(tzinfo=UTC))
    if is_day:
        return None, float(timedelta(hours=-14) <= apart < timedelta(hours=36))
    is_same_day = float((expected + apart).astimezone(UTC).date() == expected.astimezone(UTC).date()) if expected.tzinfo else float(
        (expected + apart).date() == expected.date()
    )
    if expected.tzinfo:
        return float(abs(apart) < timedelta(minutes=1)), is_same_day
    beyond = apart.total_seconds() % 900
    is_right = abs(apart) <= timedelta(hours=14, minutes=1) and min(beyond, 900 - beyond) < 60
    return float(is_right), float(is_right or is_same_day)
