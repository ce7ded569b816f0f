"""The agency that a dateline prints in brackets: with its desk, its correspondent, or unknown but of the right shape."""

import re

from transforms.articles.agencies import is_agency
from transforms.articles.dateline_days import WEEKDAYS

BRACKETED = re.compile(
    r"\s*(?:[,.]|[-–—]{1,2}(?=\())?\s*(?:[(\[]\s*(?P<round>[^()\[\]\n]{2,50}?)\s*[)\]]|/\s*(?P<slash>[^/\n]{2,40}?)\s*/)\s*[.,]?"
)
_CORRESPONDENT = re.compile(r"(?:корр(?:еспондент)?\.?)\s+(?P<agency>[^\W\d_]{3,12})(?:\s+[^\W\d_]+){0,3}\Z", re.I)
# A regional desk of an agency ("dpa/lby", "dpa/bb").
_DESK = re.compile(r"[a-z]{2,4}\Z")


def agency_in(bracketed: re.Match[str]) -> str:
    """The name within the brackets of a match of BRACKETED, a correspondent's left out."""
    name: str = (bracketed["round"] or bracketed["slash"]).strip()
    named = _CORRESPONDENT.match(name)
    return named["agency"] if named else name


def names_agency(name: str) -> bool:
    """Whether `name` is an agency's, alone or with desks ("dpa/lby") or "correspondent" behind it."""
    first, _, rest = name.partition(" ")
    if rest and is_agency(first) and re.match(r"(?:special )?(?:correspondent|reporter|корр)|news agency", rest, re.I):
        return True
    named, *desks = name.split("/")
    return is_agency(name) or (bool(desks) and is_agency(named) and all(map(_DESK.match, desks)))


def looks_like_agency(name: str) -> bool:
    """Whether a name that is not known has the shape of an agency's: few words with capitals, no digits."""
    words = name.strip("«»“”\"'").split()
    return (
        len(name) <= 24
        and len(words) <= 3
        and not any(map(str.isdigit, name))
        and all(word.strip("«»“”\"'")[:1].isupper() or word[0] >= "\u0900" for word in words)
        and name.casefold() not in WEEKDAYS
    )
