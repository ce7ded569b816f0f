"""A gazetteer of the places that open dispatches: a value that is handed in, never loaded here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_NOT_A_LETTER = re.compile(r"[\W_]+")
# A city at home is meant before one abroad that is at most so many times as large.
_HOME_WEIGHT = 8
_SMALL_WORDS_PRINTED = ("de da do dos das del della di du la le les el al of the on an der den und sur am in upon")
_SMALL_WORDS = frozenset(_SMALL_WORDS_PRINTED.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city. `country_code` is ISO 3166-1 alpha-3, `region_code` the first-level division's ISO 3166-2 part."""

    name: str
    country_code: str
    region_code: str | None = None
    geonames_id: int | None = None
    population: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A country, state or province as datelines print it behind a city ("Calif.", "Ontario", "West Germany")."""

    name: str
    country_code: str
    region_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Cities and regions by folded name (`fold_name`), each city's candidates with the weightiest first.

    A name beyond ASCII may also stand under itself without case. `common_words` are folded names that are
    words of everyday English as well.
    """

    cities: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    alpha3: Mapping[str, str] = field(default_factory=dict)
    common_words: frozenset[str] = frozenset()

    def country(self, printed: str | None) -> str | None:
        """The ISO 3166-1 alpha-3 code of a country given as a code of two or three letters or by its name."""
        text = (printed or "").strip()
        if len(text) == 3 and text.isupper() and text.isascii():
            return text
        if len(text) == 2 and text.isascii():
            return self.alpha3.get(text.upper())
        found = self.region(text) if text else None
        return found.country_code if found else None

    def region(self, name: str) -> Region | None:
        """The region of that name or abbreviation."""
        return self.regions.get(fold_name(name))

    def city(self, name: str, region: Region | None = None, country_code: str | None = None) -> Place | None:
        """The city of that name: in the region where one is given, else the first, or one in the country that is not much smaller."""
        candidates = self.cities.get(fold_name(name)) or self.cities.get(name.casefold(), ())
        if region is not None:
            within = [place for place in candidates if place.country_code == region.country_code]
            if region.region_code:
                exact = [place for place in within if place.region_code == region.region_code]
                within = exact or within
            return within[0] if within else None
        if country_code is not None:
            for place in candidates:
                if place.country_code == country_code and place.population * _HOME_WEIGHT >= candidates[0].population:
                    return place
        return candidates[0] if candidates else None


NO_PLACES = Places()


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """A name for comparing: no case, marks or punctuation; "St. Louis" and "SAINT LOUIS" are one."""
    if name.isascii() and name.replace(" ", "").isalpha():
        folded = name.lower()
        return folded if " " not in folded and folded != "st" else _spelt_out(folded.split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("ı", "i")
    return _spelt_out(_NOT_A_LETTER.sub(" ", plain.replace("'", "").replace("’", "")).split())


def _spelt_out(words: list[str]) -> str:
    return " ".join("saint" if word == "st" else word for word in words)


def title_case(name: str) -> str:
    """A name printed in capitals as it is written in text: RIO DE JANEIRO is Rio de Janeiro."""
    if not name.isupper():
        return name
    words = re.split(r"([\s/-]+)", name)
    cased = [
        word.lower() if index and word.lower() in _SMALL_WORDS else _capitalised(word)
        for index, word in enumerate(words)
    ]
    return "".join(cased)


def _capitalised(word: str) -> str:
    if "." in word.rstrip("."):
        return word
    if word[:2] == "MC" and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    head, mark, tail = word.partition("'")
    return head.capitalize() + mark + tail.capitalize() if len(head) <= 1 else word.capitalize()
