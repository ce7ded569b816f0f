"""The places that a dateline prints: one city or several, then their states and countries."""

import re
from dataclasses import dataclass

from transforms.articles.agencies import BARE_AGENCY
from transforms.articles.dateline_days import read_day
from transforms.articles.months import month_number
from transforms.articles.places import Place, Places, Region, fold_name, title_case

_MAX_PLACE_WORDS = 6

_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]{3,}\.?)")
# Vowel signs of Indian scripts are no letters to `re`.
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff])"
_PLACE_WORD = rf"(?:{_LETTER}(?:{_LETTER}|['’.}}´`](?={_LETTER})|-(?={_LETTER}))*\.?)"
_PLACE_PART = re.compile(rf"{_PLACE_WORD}(?:[ \t]+{_PLACE_WORD}|(?:[/&]|[ \t]+[/&][ \t]+){_PLACE_WORD}){{0,{_MAX_PLACE_WORDS}}}")
_COMMA = re.compile(r"\s*,\s*(?:-\s+)?")
_BRACKETED_REGION = re.compile(r"\s*(?:\((?P<state>[^()\[\]\d\n]{3,30})\)\s*)?(?:\[(?P<country>[^()\[\]\d\n]{3,30})\])?")
_AND = re.compile(r"\s*/\s*|\s+&\s+|\s+AND\s+|\s+and\s+|\s+UND\s+|\s+ET\s+|\s+Y\s+")
# Rivers that are printed as a part of a German city's name.
_RIVERS = frozenset(("main", "oder", "ems", "saale", "rhein", "ruhr", "donau", "havel", "spree", "elbe"))
# Before an Arabic day stands "on".
_ARABIC_ON = " في"

# Capitals before a dash that open a line and are no place.
_RUBRICS = ("""note update updated correction correct corrected correcting advisory embargo embargoed urgent exclusive analysis factbox
    snap flash alert bulletin brief briefs sport sports news newsfeature feature features interview profile timeline chronology
    poll table results result scores standings summary highlights diary calendar preview review wrapup roundup background context
    opinion comment editorial column letter letters photo video audio watch read more editor editors editors' attention repeat
    repeats kill eliminate withdraw notice text full transcript quotes quote new breaking live developing shr net revs qtr
    oper div pay record sales stocks bonds market markets weather lottery obituary obituaries people names title by from
    soccer football tennis golf rugby cricket hockey boxing cycling basketball baseball athletics swimming olympics oil gold
    metals grains forex banks politics elections election health science trade business world war
    cork male sale sea
    fussball fußball wetter börse politik wirtschaft sport kultur eilmeldung meldung météo politique économie santé sports
    fútbol deportes economía política última urgente calcio meteo economia politica cronaca futebol esporte voetbal weer
    футбол погода срочно экономика политика спорт общество futbol ekonomi spor pogoda fotboll""")
_FUNCTION_WORDS = ("""end ends the a an in on at for and or but with as it he she we they this that these those there here what when where
    who why how if so yes no not all some any one two three four five six seven eight nine ten first second third
    am der die das den dem im vom zum bis seit ab le la les un une au du el los las en al il lo gli nel em na o os
    """)
_MONTHS_AND_DAYS = ("""monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""")
NO_PLACES = frozenset(f"{_RUBRICS} {_FUNCTION_WORDS} {_MONTHS_AND_DAYS}".split())
_NO_PLACE_WORDS_PRINTED = ("""said says say is was were are has have had will would the that which who and or of for with by as from inc corp ltd co plc
    company ag sa nv spa bank group said. according to its his her their our""")
_NO_PLACE_WORDS = frozenset(_NO_PLACE_WORDS_PRINTED.split())


@dataclass(frozen=True, slots=True)
class PrintedPlaces:
    """The places of a dateline as printed, with what resolved them and where they end."""

    end: int
    names: tuple[str, ...]
    region_text: str | None
    region: Region | None
    city: Place | None
    is_capitals: bool

    @property
    def is_known(self) -> bool:
        """Whether the gazetteer has the city or the region."""
        return self.city is not None or self.region is not None

    @property
    def is_name(self) -> bool:
        """Whether these look like places in small letters: few words, most with a capital, no rubric."""
        words = " ".join(self.names).split()
        capitals = sum(word[:1].isupper() or not word[:1].islower() for word in words)
        return len(words) <= 4 and capitals >= 1 and capitals * 2 >= len(words) and words[0].casefold() not in NO_PLACES


def read_places(text: str, position: int, places: Places, home: str | None) -> PrintedPlaces | None:
    """The places at `position`: one or several with slashes, then regions between commas or in brackets.

    `home` is the country (ISO 3166-1 alpha-3) whose city is meant where several share a name.
    """
    parts: list[tuple[str, int]] = []
    while len(parts) < 4:
        found = _PLACE_PART.match(text, position)
        if not found:
            break
        name, end = found[0], found.end()
        if parts and read_day(text, position) is not None:
            break
        name, end = _cut_agency(*_cut_day(text, name, position, end))
        if parts and (not name or BARE_AGENCY.fullmatch(name) or not _fits(name, places)):
            break
        if not name:
            return None
        parts.append((name, end))
        in_brackets = _region_in_brackets(text, end, places) if len(parts) == 1 else None
        if in_brackets:
            parts.append(in_brackets)
            break
        comma = _COMMA.match(text, end)
        if not comma:
            break
        position = comma.end()
    return _resolve(parts, places, home) if parts else None


def is_all_capitals(name: str) -> bool:
    """Whether a name is printed in capitals; one slip is forgiven ("ME}LBOURNE", "WALtHAM"), "St." and "d'" too."""
    letters = [c for c in name if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return len(letters) >= 2 and (small == 0 or (small == 1 and len(letters) >= 5))


def display_name(name: str, places: Places, region: Region | None) -> str:
    """A name in capitals as it is written in text; the gazetteer knows its small letters best."""
    name = name.replace("}", "")
    if not is_all_capitals(name):
        return name
    city = places.city(name, region)
    if city and (city.name.casefold() == name.casefold() or (not name.isascii() and fold_name(city.name) == fold_name(name))):
        return city.name
    return title_case(name)


def _resolve(parts: list[tuple[str, int]], places: Places, home: str | None) -> PrintedPlaces | None:
    first, end = parts[0]
    region: Region | None = None
    region_text: str | None = None
    others: list[str] = []
    for text, part_end in parts[1:]:
        found = places.region(text)
        if found is not None or not is_all_capitals(text) or len(text) == 2:
            region, region_text = region or found, region_text or text
        else:
            others.append(text)
        end = part_end
    first, region, region_text = _cut_region(first, region, region_text, places)
    river = first.rpartition("/")[2].strip().casefold()
    names = [name.strip(" .,").removesuffix(_ARABIC_ON) for name in ([first] if river in _RIVERS else _AND.split(first))]
    names += [other.strip(" .,") for other in others]
    names = [name for name in names if name]
    if not names or len(names[0]) < 2 or any(word in _NO_PLACE_WORDS for name in names for word in name.split()):
        return None
    is_capitals = all(is_all_capitals(name) for name in names)
    city = places.city(names[0].partition("/")[0], region, home)
    return PrintedPlaces(end, tuple(names), region_text, region, city, is_capitals)


def _region_in_brackets(text: str, position: int, places: Places) -> tuple[str, int] | None:
    """`Amaravati (Andhra Pradesh) [India]`: the widest region in brackets, and where they end."""
    found = _BRACKETED_REGION.match(text, position)
    if not found or not (found["country"] or found["state"]):
        return None
    name = (found["country"] or found["state"]).strip()
    return (name, found.end()) if places.region(name) is not None else None


def _cut_agency(text: str, end: int) -> tuple[str, int]:
    """`ANKARA. KAZINFORM Presidents of` holds a place of one word: cut where an agency or a full stop stands."""
    for stop in re.finditer(r"\.(?=\s)", text):
        word = re.split(r"[\s/]", text[: stop.start()])[-1]
        if len(word) > 4 or (len(word) > 3 and word.isupper() and word not in ("CALIF", "CONN", "MASS", "TENN")):
            return text[: stop.start()], end - (len(text) - stop.start())
    for agency in BARE_AGENCY.finditer(text):
        # Short names are words of places too: "SANTA ANA".
        if agency.start() > 0 and len(agency[0]) >= 5 and text[agency.start() - 1] in " \t":
            cut = text[: agency.start()].rstrip()
            return cut, end - (len(text) - len(cut))
    return text, end


def _cut_day(head: str, text: str, begin: int, end: int) -> tuple[str, int]:
    """"JOHANNESBURG March 13" without its comma: cut where a date begins."""
    for word in _NEXT_WORD.finditer(text):
        if month_number(word[1]) and read_day(head, begin + word.start(1)) is not None:
            cut = text[: word.start()].rstrip()
            return cut, end - (len(text) - len(cut))
    return text, end


def _cut_region(
    first: str, region: Region | None, region_text: str | None, places: Places
) -> tuple[str, Region | None, str | None]:
    """"FARMINGTON Conn." without its comma."""
    words = first.split()
    if region is None and len(words) > 1 and words[-1].endswith(".") and not words[-1][:-1].isupper():
        found = places.region(words[-1])
        if found is not None:
            return " ".join(words[:-1]), found, words[-1]
    return first, region, region_text


def _fits(text: str, places: Places) -> bool:
    """Whether a part behind a comma belongs to the place: a region, or few words with capitals."""
    words = text.split()
    if places.region(text) is not None:
        return True
    if len(words) > 3 or any(word in _NO_PLACE_WORDS for word in words):
        return False
    return all(word[:1].isupper() for word in words)
