"""Datelines: the line that opens a dispatch, told from an ordinary first sentence.

What is accepted needs evidence: a date, an agency, or a place in capitals (or one that the gazetteer has)
before a dash. The forms, with the evidence in brackets:

    SALVADOR, Feb 26 - …                     [date]       MOSCOW, January 21. /TASS/. …      [date, agency]
    WASHINGTON (AP) — …                      [agency]     ANKARA. KAZINFORM …                [agency]
    (ANSA) - ROMA, 1 LUG - …                 [agency]     PARIS/BERLIN - …                   [capitals]
    BEIJING, Nov. 3 (Xinhua) -- …            [both]       BAGUIO, Philippines - …            [region]
    МОСКВА, 21 янв - РИА Новости. …          [both]       新华社北京11月3日电 …                 [agency]
"""

import re
from dataclasses import dataclass
from datetime import date

from transforms.articles.agencies import AGENCY_HOMES, BARE_AGENCY, is_agency
from transforms.articles.article import Dateline
from transforms.articles.dateline_agencies import BRACKETED, agency_in, looks_like_agency, names_agency
from transforms.articles.dateline_days import PrintedDay, read_day, resolve_day
from transforms.articles.dateline_places import NO_PLACES, PrintedPlaces, display_name, read_places
from transforms.articles.eastern_datelines import read_eastern
from transforms.articles.places import NO_PLACES as NO_GAZETTEER
from transforms.articles.places import Places, fold_name

_LONGEST = 180
# What a lone place must have to be believed: its own name and this many people.
_LEAST_POPULATION = 50_000
# A name that is a word as well ("MOBILE - ") must be that of a metropolis ("PHOENIX - ").
_METROPOLIS = 600_000

_LEAD_IN = re.compile(r"[\s*=#>•\ufeff]*(?:[a-z]\s+(?=[A-Z]{3}))?")
_AGENCY_FIRST = re.compile(r"[(\[/]\s*(?P<agency>[^()\[\]/\n]{2,40}?)\s*[)\]/]\s*[.,]?\s*[-–—]{1,2}\s*(?=\S)")
_DASH = re.compile(r"\s*(?:[.,]\s*)?(?:[-–—―‒]{1,3}|=)(?:\s+|(?=[A-ZА-ЯЁІЇЄҚӘҒҢӨҰҮҺ\"«“'<]))|\s*(?:[.,]\s*)?[-–—―‒]{1,3}(?=\S)|\s*_{1,2}\s+")
_STRONG_DASH = re.compile(r"\s*(?:[.,]\s*)?(?:\s[-–]{1,3}|\s?[—―]|[-–]{2,3}|\.[-–—]|[-–](?=\s))\s*(?=\S)")
_COLON = re.compile(r"\s*:\s+(?=\S)")
_STOP = re.compile(r"\s*[.:]\s+(?=\S)")
_SEPARATOR = re.compile(r"\s*[,.;:]{0,2}\s*(?:-\s+)?")
# "KAZINFORM /Arman Aitbay/ The minister", "РИА Новости, Иван Петров. ...": who wrote it stands behind the agency.
_REPORTER = re.compile(r"\s*/[^/\d\n]{3,40}/\s*(?:[-–—]\s*)?")
_REPORTER_NAMED = re.compile(r",\s+[^\W\d_]+\s+[^\W\d_]+(?=\.\s)")
_SCORE = re.compile(r"[^\n.]{2,50}?\s\d{1,3}\s?[-–:]\s?\d{1,3}\b")
_NEWS_AGENCY = re.compile(r"\s+News\s+Agency\b", re.I)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known beside the text: the day, the gazetteer, one more agency name, the publisher's country."""

    reference_date: date | None
    places: Places
    agency: str | None
    country_code: str | None

    def is_agency(self, name: str) -> bool:
        """Whether `name` is a known agency's, or the one that is known beside."""
        return names_agency(name) or (self.agency is not None and name.casefold() == self.agency.casefold())

    def home(self, agency: str | None) -> str | None:
        """Whose city is meant where several share a name: the agency's country; without an agency the publisher's."""
        return AGENCY_HOMES.get(agency.partition("/")[0].casefold()) if agency else self.country_code


@dataclass(frozen=True, slots=True)
class _Line:
    """The parts of a dateline, where they end, and how its agency is printed."""

    end: int
    where: PrintedPlaces
    when: PrintedDay | None = None
    agency: str | None = None
    is_bracketed: bool = False


def split_dateline(
    text: str,
    *,
    reference_date: date | None = None,
    places: Places | None = None,
    agency: str | None = None,
    country_code: str | None = None,
) -> tuple[Dateline | None, str]:
    """Split the dateline off the beginning of `text`: the dateline or None, and the text behind it.

    `reference_date` gives the year that a dateline leaves out: its day is the latest that was not yet to come.
    `places` resolves countries and vouches for places in small letters; `agency` is one more agency name.
    Of cities of one name that of the agency's or the publisher's country (`country_code`, ISO 3166-1 alpha-3) is meant.
    """
    start = _LEAD_IN.match(text).end()  # type: ignore[union-attr]
    first = text[start : start + 1]
    if not first or not (first.isupper() or first.isdigit() or first in "([/【（［" or "\u0590" <= first <= "\uffff"):
        return None, text
    head = text[start : start + _LONGEST]
    reader = _Reader(reference_date, places or NO_GAZETTEER, agency, country_code)
    found = read_eastern(head, reference_date, reader.places) if first in "([" or first >= "\u3000" else None
    if found is None and first < "\u3000":
        found = _western(head, reader)
    if found is None:
        return None, text
    line, end = found
    return line, text[start + end :].lstrip()


def _western(head: str, reader: _Reader) -> tuple[Dateline, int] | None:
    leading = _AGENCY_FIRST.match(head)
    if leading and not reader.is_agency(leading["agency"]):
        leading = None
    begin = leading.end() if leading else 0
    dated = _day_first(head, begin, reader)
    if dated:
        return dated
    home = reader.home(leading["agency"] if leading else _agency_ahead(head, begin))
    where = read_places(head, begin, reader.places, home)
    if where is not None:
        line = _read_rest(head, where, leading["agency"] if leading else None, reader)
        found = _judge(head, line, reader) if line else None
        if found:
            return found
        if line is None:
            return None
    return _agency_alone(head, leading)


def _agency_ahead(head: str, begin: int) -> str | None:
    """The first agency in brackets: it tells which of several cities of one name is meant."""
    for found in re.finditer(r"[(/]\s*([^()/\d\n]{2,30}?)\s*[)/]", head[begin : begin + 80]):
        if is_agency(found[1]):
            return found[1]
    return None


def _read_rest(head: str, where: PrintedPlaces, agency: str | None, reader: _Reader) -> _Line | None:
    """Date and agency behind the places, in either order; None where brackets hold neither."""
    position = where.end
    when = read_day(head, _skip(head, position)) or read_day(head, position + len(head[position:]) - len(head[position:].lstrip()))
    if when is not None:
        position = when.end
    is_bracketed = False
    in_brackets = BRACKETED.match(head, position)
    if in_brackets:
        name = agency_in(in_brackets)
        if reader.is_agency(name) or (looks_like_agency(name) and (when is not None or (where.is_capitals and where.is_known))):
            agency, is_bracketed = name, True
            position = in_brackets.end()
            if when is None:  # "BERLIN (dpa), 3. November - "
                when = read_day(head, _skip(head, position))
                position = when.end if when else position
        elif when is None:
            return None
    return _Line(position, where, when, agency, is_bracketed)


def _skip(head: str, position: int) -> int:
    found = _SEPARATOR.match(head, position)
    return found.end() if found else position


def _judge(head: str, line: _Line, reader: _Reader) -> tuple[Dateline, int] | None:
    """Weigh the evidence and find where the text begins."""
    where, when, position = line.where, line.when, line.end
    if where.names[0].casefold() in NO_PLACES and where.region is None:
        return None
    is_place = where.is_capitals or where.is_known
    if line.agency is None:
        bare = _bare_agency(head, line, reader)
        if bare is not None:
            return bare
    dash = _DASH.match(head, position)
    if line.agency is not None:
        if dash:
            is_title = where.names[0].startswith(("The ", "THE ")) and not where.is_known and when is None
            return None if is_title else _found(head, dash.end(), line, reader)
        is_evident = when is not None or (where.city is not None and reader.is_agency(line.agency))
        if line.is_bracketed and is_evident and (where.is_capitals or when is not None or reader.is_agency(line.agency)):
            text = re.compile(r"[\s:.]*(?=\S)").match(head, position)
            # Behind no dash a sentence may go on: "Madrid (EFE) reported".
            if text and not head[text.end()].islower():
                return _found(head, text.end(), line, reader)
        return None
    if when is not None:
        if when.is_doubtful and not is_place:
            return None
        if dash and (is_place or where.is_name) and _begins_a_text(head, dash.end(), is_sure=is_place):
            return _found(head, dash.end(), line, reader)
        colon = _COLON.match(head, position)
        if colon and where.is_known and not head[colon.end()].islower():
            return _found(head, colon.end(), line, reader)
        return None
    return _place_alone(head, line, reader)


def _bare_agency(head: str, line: _Line, reader: _Reader) -> tuple[Dateline, int] | None:
    """An agency without brackets: "ANKARA. KAZINFORM Two", "TOKYO, Dec. 9 Kyodo - ", "Baku – APA. "."""
    where, when, position = line.where, line.when, line.end
    bare = BARE_AGENCY.match(head, _skip(head, position))
    if bare is None and (when is not None or where.is_known):
        dash = _DASH.match(head, position)
        bare = BARE_AGENCY.match(head, dash.end()) if dash else None
    if bare is None:
        return None
    name, rest = bare[0], bare.end()
    title = _NEWS_AGENCY.match(head, rest) or _REPORTER_NAMED.match(head, rest)
    rest = title.end() if title else rest
    ending = _DASH.match(head, rest) or _STOP.match(head, rest)
    between = head[position : bare.start()]
    end: int | None = None
    if ending:
        end = ending.end()
    elif name.isupper() and ("." in between or (when and "," in between) or _is_home(name, where)):
        end = rest if re.match(r"\s+\S", head[rest:]) else None
    if end is None or not (where.is_capitals or where.is_known or when):
        return None
    reporter = _REPORTER.match(head, end)
    end = reporter.end() if reporter else end
    return _found(head, end, _Line(line.end, where, when, name), reader)


def _is_home(agency: str, where: PrintedPlaces) -> bool:
    """Whether an agency writes from its own country: "Baghdad - INA The minister"."""
    return where.city is not None and AGENCY_HOMES.get(agency.casefold()) == where.city.country_code


def _place_alone(head: str, line: _Line, reader: _Reader) -> tuple[Dateline, int] | None:
    """A place and a dash with nothing else: it has to name its region, or to be in capitals and no other word."""
    where = line.where
    strong = _STRONG_DASH.match(head, line.end)
    mark = strong or _COLON.match(head, line.end)
    if not mark or not _begins_a_text(head, mark.end(), is_sure=False):
        return None
    if where.region is not None:
        is_sure = strong is not None or where.is_capitals
    else:
        is_sure = where.is_capitals and all(_stands_alone(name, reader) for name in where.names)
    if not is_sure or _SCORE.match(head, mark.end()):
        return None
    return _found(head, mark.end(), line, reader)


def _stands_alone(name: str, reader: _Reader) -> bool:
    """Whether a name in capitals is a city's to every reader: large, and neither a word nor an agency."""
    city = reader.places.city(name)
    if city is None or city.population < _LEAST_POPULATION or is_agency(name) or name.casefold() in NO_PLACES:
        return False
    return city.population >= _METROPOLIS or fold_name(name) not in reader.places.common_words


def _begins_a_text(head: str, position: int, *, is_sure: bool) -> bool:
    """Whether a text may begin here; behind a doubtful place no small letter does: "Paris - that was the word"."""
    return is_sure or (position < len(head) and not head[position].islower())


def _day_first(head: str, begin: int, reader: _Reader) -> tuple[Dateline, int] | None:
    """A dispatch that opens with its day: "Jan 3 (Reuters) - ", "3 мая, Минск /Корр. БЕЛТА/. "."""
    when = read_day(head, begin)
    if when is None:
        return None
    name = BRACKETED.match(head, when.end)
    where: PrintedPlaces | None = None
    if name is None:
        where = read_places(head, _skip(head, when.end), reader.places, reader.home(None))
        name = BRACKETED.match(head, where.end) if where and where.city is not None else None
    if name is None:
        return None
    agency = agency_in(name)
    dash = _DASH.match(head, name.end())
    if where is not None and reader.is_agency(agency):
        end = dash.end() if dash else name.end()
        return _found(head, end, _Line(end, where, when, agency), reader)
    if where is not None or dash is None or not (reader.is_agency(agency) or looks_like_agency(agency)):
        return None
    text = head[: dash.end()].strip(" \t\n-–—―=:")
    return Dateline(text=text, date=resolve_day(when, reader.reference_date), agency=agency), dash.end()


def _agency_alone(head: str, leading: re.Match[str] | None) -> tuple[Dateline, int] | None:
    """A dispatch that prints its agency and no place: "(Reuters) - "."""
    if leading is None:
        return None
    text = head[: leading.end()].strip()
    return Dateline(text=text, agency=leading["agency"]), leading.end()


def _found(head: str, end: int, line: _Line, reader: _Reader) -> tuple[Dateline, int]:
    where, places = line.where, reader.places
    names = tuple(display_name(name, places, where.region) for name in where.names)
    sole = places.region(where.names[0])
    # A country outweighs a district of its name on another continent.
    if sole is not None and sole.region_code is not None and where.city is not None:
        sole = None
    resolved = where.region or sole or where.city
    dateline = Dateline(
        text=head[:end].strip(" \t\n-–—―=:"),
        place=f"{names[0]}, {where.region_text}" if where.region_text else names[0],
        places=names,
        region=where.region_text,
        country_code=resolved.country_code if resolved else None,
        date=resolve_day(line.when, reader.reference_date),
        agency=line.agency.strip() if line.agency else None,
    )
    return dateline, end
