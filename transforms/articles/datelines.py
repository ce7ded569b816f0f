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

from transforms.articles.agencies import BARE_AGENCY, is_agency
from transforms.articles.article import Dateline
from transforms.articles.months import misspelt_month, month_number
from transforms.articles.places import NO_PLACES, Place, Places, Region, title_case

_LONGEST = 180
_MAX_PLACE_WORDS = 6

_LEAD_IN = re.compile(r"[\s*=#>•\ufeff]*(?:[a-z]\s+(?=[A-Z]{3}))?")
_AGENCY_FIRST = re.compile(r"[(\[/]\s*(?P<agency>[^()\[\]/\n]{2,40}?)\s*[)\]/]\s*[.,]?\s*[-–—]{1,2}\s*(?=\S)")
_DASH = re.compile(r"\s*(?:[.,]\s*)?(?:[-–—―‒]{1,3}|=)(?:\s+|(?=[A-ZА-ЯЁІЇЄҚӘҒҢӨҰҮҺ\"«“'<]))|\s*(?:[.,]\s*)?[-–—―‒]{1,3}(?=\S)|\s*_{1,2}\s+")
_STRONG_DASH = re.compile(r"\s*(?:[.,]\s*)?(?:\s[-–]{1,3}|\s?[—―]|[-–]{2,3}|\.[-–—])\s*(?=\S)")
_COLON = re.compile(r"\s*:\s+(?=\S)")
_BRACKETED = re.compile(r"\s*[,.]?\s*(?:[(\[]\s*(?P<round>[^()\[\]\n]{2,50}?)\s*[)\]]|/\s*(?P<slash>[^/\n]{2,40}?)\s*/)\s*[.,]?")
_SEPARATOR = re.compile(r"\s*[,.;:]{0,2}\s*(?:-\s+)?")
_MONTH = r"(?P<month>[^\W\d_]{3,16}\.?)"
_DAY = r"(?P<day>[0-9O]{1,3}(?:er|º|ª|\.|st|nd|rd|th)?)"
_YEAR = r"(?:\s*[,.]?\s*(?:de\s+)?(?P<year>(?:19|20)\d\d)(?:\s*(?:г|год|года|р)\.?)?)?"
_MONTH_DAY = re.compile(rf"{_MONTH}\s*{_DAY}(?![\w%]){_YEAR}\s*,?", re.I)
_DAY_MONTH = re.compile(rf"{_DAY}[\s.]*(?:de\s+)?{_MONTH}(?!\w){_YEAR}\s*[,.]?", re.I)
_WEEKDAY = re.compile(
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?|понедельник|вторник|среда|четверг|пятница"
    r"|суббота|воскресенье|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\s*,?\s+",
    re.I,
)
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]{3,}\.?)")
_LETTER = r"[^\W\d_]"
_PLACE_WORD = rf"(?:{_LETTER}(?:{_LETTER}|['’.}}´`](?={_LETTER})|-(?={_LETTER}))*\.?)"
_PLACE_PART = re.compile(rf"{_PLACE_WORD}(?:[ \t]+{_PLACE_WORD}|[ \t]*[/&][ \t]*{_PLACE_WORD}){{0,{_MAX_PLACE_WORDS}}}")
_CHINESE = re.compile(
    r"(?P<agency>新华社|中新社|中新网|中央社|共同社|法新社|路透社|美联社|新華社|[Cc]GTN)(?P<place>[\u4e00-\u9fff·/]{2,12}?)"
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|電|讯|訊)\s*(?:[（(][^（）()]{1,40}[）)])?\s*"
)
_JAPANESE = re.compile(
    r"[【（［](?P<place>[\u4e00-\u9fff\u30a0-\u30ffー]{2,12})(?:[＝=・](?P<agency>[^】）］]{1,20}))?(?P<kyodo>共同|時事|AFP|ロイター)?[】］）]\s*[＝=]?\s*"
)
_KOREAN = re.compile(r"[(\[](?P<place>[가-힣]{2,8})=(?P<agency>[가-힣A-Za-z0-9]{2,10})[)\]]\s*(?:[가-힣 ]{2,20}(?:기자|특파원)\s*=\s*)?")
_KOREAN_AGENCIES = {"연합뉴스": "Yonhap", "뉴시스": "Newsis", "뉴스1": "News1"}
# "KAZINFORM /Arman Aitbay/ The minister": who wrote it stands behind the agency.
_REPORTER = re.compile(r"\s*/[^/\d\n]{3,40}/\s*(?:[-–—]\s*)?")
_JAPANESE_AGENCIES = {"共同": "Kyodo", "時事": "Jiji", "ロイター": "Reuters", "AFP": "AFP", "AFP＝時事": "AFP"}
# Capitals before a dash that open a line and are no place.
_NOT_PLACES_TEXT = ("""note update updated correction correct corrected correcting advisory embargo embargoed urgent exclusive analysis factbox
    snap flash alert bulletin brief briefs sport sports news newsfeature feature features interview profile timeline chronology
    poll table results result scores standings summary highlights diary calendar preview review wrapup background context
    opinion comment editorial column letter letters photo video audio watch read more editor editors editors' attention repeat
    repeats kill eliminate withdraw notice text full transcript quotes quote new breaking live developing shr net revs qtr
    oper div pay record sales stocks bonds market markets weather lottery obituary obituaries people names title by from
    end ends the a an in on at for and or but with as it he she we they this that these those there here what when where who
    why how if so yes no not all some any one two three four five six seven eight nine ten first second third""")
_NOT_PLACES = frozenset(_NOT_PLACES_TEXT.split())
_NO_PLACE_WORDS_PRINTED = ("""said says say is was were are has have had will would the that which who and or of for with by as from inc corp ltd co plc
    company ag sa nv spa bank group said. according to its his her their our""")
_NO_PLACE_WORDS = frozenset(_NO_PLACE_WORDS_PRINTED.split())


@dataclass(frozen=True, slots=True)
class _Where:
    """The places of a dateline as printed, with what resolved them and where they end."""

    end: int
    names: tuple[str, ...]
    region_text: str | None
    region: Region | None
    city: Place | None
    is_capitals: bool


@dataclass(frozen=True, slots=True)
class _When:
    """A printed date and where it ends. `day` is None where it is a typing error ("March 187")."""

    end: int
    month: int
    day: int | None
    year: int | None
    is_misspelt: bool = False


def split_dateline(
    text: str, *, reference_date: date | None = None, places: Places | None = None, agency: str | None = None
) -> tuple[Dateline | None, str]:
    """Split the dateline off the beginning of `text`: the dateline or None, and the text behind it.

    `reference_date` gives the year that a dateline leaves out: its day is the latest that was not yet to come.
    `places` resolves countries and vouches for places in small letters; `agency` is one more agency name.
    """
    gazetteer = places or NO_PLACES
    start = _LEAD_IN.match(text).end()  # type: ignore[union-attr]
    first = text[start : start + 1]
    if not first or not (first.isupper() or first in "([/【（［" or "\u0621" <= first <= "\uffff"):
        return None, text
    head = text[start : start + _LONGEST]
    korean = _KOREAN.match(head) if first in "([" else None
    if korean:
        city = gazetteer.city(korean["place"])
        line = Dateline(
            text=head[: korean.end()].strip(" ="),
            place=korean["place"],
            places=(korean["place"],),
            country_code=city.country_code if city else None,
            agency=_KOREAN_AGENCIES.get(korean["agency"], korean["agency"]),
        )
        return line, text[start + korean.end() :].lstrip()
    if first >= "\u3000":
        return _eastern(head, text, start, reference_date, gazetteer)
    found = _western(head, reference_date, gazetteer, agency)
    if found is None:
        return None, text
    line, end = found
    return line, text[start + end :].lstrip()


def _western(
    head: str, reference_date: date | None, places: Places, known_agency: str | None
) -> tuple[Dateline, int] | None:
    leading = _AGENCY_FIRST.match(head)
    if leading and not _is_agency(leading["agency"], known_agency):
        leading = None
    begin = leading.end() if leading else 0
    undated = _date_and_agency(head, begin, reference_date, known_agency)
    if undated:
        return undated
    where = _read_places(head, begin, places)
    if where is None:
        return _agency_alone(head, leading, known_agency)
    position = where.end
    after_comma = _SEPARATOR.match(head, position)
    when = _read_date(head, after_comma.end() if after_comma else position)
    if when is not None:
        position = when.end
    agency: str | None = leading["agency"] if leading else None
    in_brackets = _BRACKETED.match(head, position)
    agency_is_bracketed = False
    if in_brackets:
        name = (in_brackets["round"] or in_brackets["slash"]).strip()
        is_known_place = where.city is not None or where.region is not None or not places.cities
        if _is_agency(name, known_agency) or (
            _looks_like_agency(name) and (when is not None or (where.is_capitals and is_known_place))
        ):
            agency, agency_is_bracketed = name, True
            position = in_brackets.end()
            if when is None:  # "BERLIN (dpa), 3. November - "
                later = _SEPARATOR.match(head, position)
                when = _read_date(head, later.end() if later else position)
                position = when.end if when else position
        elif when is None:
            return None
    bare_separator = _SEPARATOR.match(head, position)
    bare = None
    if agency is None and bare_separator:
        bare = BARE_AGENCY.match(head, bare_separator.end())
        if bare is None and when is not None:
            dash = _DASH.match(head, position)
            bare = BARE_AGENCY.match(head, dash.end()) if dash else None
    found = _finish(head, where, when, agency, agency_is_bracketed, bare, position, reference_date, places)
    return found or _agency_alone(head, leading, known_agency)


def _finish(
    head: str,
    where: _Where,
    when: _When | None,
    agency: str | None,
    agency_is_bracketed: bool,
    bare: re.Match[str] | None,
    position: int,
    reference_date: date | None,
    places: Places,
) -> tuple[Dateline, int] | None:
    """Judge the evidence and find where the text begins."""
    capitals = where.is_capitals
    known = where.city is not None or where.region is not None
    end: int | None = None
    if bare is not None:
        name = bare[0]
        rest = bare.end()
        dash = _DASH.match(head, rest)
        stop = re.compile(r"\s*[.:]\s+(?=\S)").match(head, rest)
        between = head[position : bare.start()]
        if dash:
            end = dash.end()
        elif stop:
            end = stop.end()
        elif name.isupper() and ("." in between or (when and "," in between)) and re.match(r"\s+\S", head[rest:]):
            end = rest
        reporter = _REPORTER.match(head, end) if end is not None else None
        if reporter:
            end = reporter.end()
        if end is not None and (capitals or known or when):
            return _dateline(head, end, where, when, name, reference_date, places), end
        if when is None:
            return None
    if agency is not None:
        dash = _DASH.match(head, position)
        if dash:
            return _dateline(head, dash.end(), where, when, agency, reference_date, places), dash.end()
        if agency_is_bracketed and (when or capitals) and re.match(r"\s*\S", head[position:]):
            position += len(head[position:]) - len(head[position:].lstrip(" :"))
            return _dateline(head, position, where, when, agency, reference_date, places), position
        return None
    if when is not None:
        if when.is_misspelt and not (capitals or known):
            return None
        dash = _DASH.match(head, position)
        if dash and (capitals or known or _is_name(where)):
            return _dateline(head, dash.end(), where, when, None, reference_date, places), dash.end()
        colon = _COLON.match(head, position)
        if colon and capitals and known:
            return _dateline(head, colon.end(), where, when, None, reference_date, places), colon.end()
        return None
    return _place_alone(head, where, position, reference_date, places)


def _place_alone(
    head: str, where: _Where, position: int, reference_date: date | None, places: Places
) -> tuple[Dateline, int] | None:
    """A place and a dash with nothing else: it has to be in capitals and known, or to name its region."""
    strong = _STRONG_DASH.match(head, position)
    colon = _COLON.match(head, position)
    mark = strong or colon
    if not mark or where.names[0].casefold() in _NOT_PLACES:
        return None
    is_sure = where.region is not None if not where.is_capitals else (where.city is not None or where.region is not None)
    if len(where.names) > 1 and where.is_capitals:
        is_sure = is_sure or not places.cities
    if where.is_capitals and not places.cities and strong and len(where.names[0]) >= 4:
        is_sure = True
    if not is_sure or (colon and not strong and not where.is_capitals):
        return None
    return _dateline(head, mark.end(), where, None, None, reference_date, places), mark.end()


def _date_and_agency(
    head: str, begin: int, reference_date: date | None, known_agency: str | None
) -> tuple[Dateline, int] | None:
    """A dispatch without a place: "Jan 3 (Reuters) - "."""
    when = _read_date(head, begin)
    name = _BRACKETED.match(head, when.end) if when else None
    dash = _DASH.match(head, name.end()) if name else None
    if when is None or name is None or dash is None:
        return None
    agency = (name["round"] or name["slash"]).strip()
    if not _is_agency(agency, known_agency) and not _looks_like_agency(agency):
        return None
    text = head[: dash.end()].strip(" \t\n-–—―=:")
    return Dateline(text=text, date=_resolve_date(when, reference_date), agency=agency), dash.end()


def _agency_alone(
    head: str, leading: re.Match[str] | None, known_agency: str | None
) -> tuple[Dateline, int] | None:
    """A dispatch that prints its agency and no place: "(Reuters) - "."""
    if leading is None or not _is_agency(leading["agency"], known_agency):
        return None
    text = head[: leading.end()].strip()
    return Dateline(text=text, agency=leading["agency"]), leading.end()


def _read_places(head: str, begin: int, places: Places) -> _Where | None:
    """The places at `begin`: one or several with slashes, then regions between commas."""
    parts: list[tuple[str, int]] = []
    position = begin
    while len(parts) < 4:
        found = _PLACE_PART.match(head, position)
        if not found:
            break
        text, end = found[0], found.end()
        if parts and _read_date(head, position) is not None:
            break
        text, end = _cut_agency(*_cut_date(head, text, position, end))
        if parts and (not text or BARE_AGENCY.fullmatch(text) or not _fits(text, parts[0][0], places)):
            break
        if not text:
            return None
        parts.append((text, end))
        comma = re.compile(r"\s*,\s*(?:-\s+)?").match(head, end)
        if not comma:
            break
        position = comma.end()
    if not parts:
        return None
    return _resolve(parts, head, places)


def _resolve(parts: list[tuple[str, int]], head: str, places: Places) -> _Where | None:
    first, end = parts[0]
    region: Region | None = None
    region_text: str | None = None
    others: list[str] = []
    for text, part_end in parts[1:]:
        found = places.region(text)
        if found is not None or not _is_all_capitals(text):
            region, region_text = found or region, region_text or text
        else:
            others.append(text)
        end = part_end
    first, region, region_text = _cut_region(first, region, region_text, places)
    names = [name.strip(" .,") for name in re.split(r"\s*/\s*|\s+&\s+|\s+AND\s+|\s+and\s+|\s+UND\s+|\s+ET\s+|\s+Y\s+", first)]
    names += [other.strip(" .,") for other in others]
    names = [name for name in names if name]
    if not names or len(names[0]) < 2 or any(word in _NO_PLACE_WORDS for name in names for word in name.split()):
        return None
    is_capitals = all(_is_all_capitals(name) for name in names)
    city = places.city(names[0], region)
    return _Where(end, tuple(names), region_text, region, city, is_capitals)


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


def _cut_date(head: str, text: str, begin: int, end: int) -> tuple[str, int]:
    """"JOHANNESBURG March 13" without its comma: cut where a date begins."""
    for word in _NEXT_WORD.finditer(text):
        if month_number(word[1]) and _read_date(head, begin + word.start(1)) is not None:
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


def _fits(text: str, first: str, places: Places) -> bool:
    """Whether a part behind a comma belongs to the place: a region, or capitals as the first is."""
    words = text.split()
    if places.region(text) is not None:
        return True
    if len(words) > 3 or any(word in _NO_PLACE_WORDS for word in words):
        return False
    return all(word[:1].isupper() for word in words)


def _read_date(head: str, position: int) -> _When | None:
    weekday = _WEEKDAY.match(head, position)
    start = weekday.end() if weekday else position
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        found = pattern.match(head, start)
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
        return _When(end, month, day, int(found["year"]) if found["year"] else None, is_misspelt)
    return None


def _dateline(
    head: str, end: int, where: _Where, when: _When | None, agency: str | None, reference_date: date | None, places: Places
) -> Dateline:
    names = tuple(_display(name, places, where.region) for name in where.names)
    country = where.region.country_code if where.region else None
    if country is None and where.city is not None:
        country = where.city.country_code
    if country is None:
        sole = places.region(where.names[0])
        country = sole.country_code if sole else None
    return Dateline(
        text=head[:end].strip(" \t\n-–—―=:"),
        place=f"{names[0]}, {where.region_text}" if where.region_text else names[0],
        places=names,
        region=where.region_text,
        country_code=country,
        date=_resolve_date(when, reference_date),
        agency=agency.strip() if agency else None,
    )


def _display(name: str, places: Places, region: Region | None) -> str:
    """A name in capitals as it is written in text; the gazetteer knows its small letters best."""
    name = name.replace("}", "")
    if not _is_all_capitals(name):
        return name
    city = places.city(name, region)
    return city.name if city and city.name.casefold() == name.casefold() else title_case(name)


def _resolve_date(when: _When | None, reference_date: date | None) -> date | None:
    if when is None or when.day is None:
        return None
    if when.year is not None:
        return _valid_date(when.year, when.month, when.day)
    if reference_date is None:
        return None
    years = (reference_date.year + 1, reference_date.year, reference_date.year - 1)
    days = [day for year in years if (day := _valid_date(year, when.month, when.day))]
    # A dispatch is not dated from the future; a month's leeway is for records that know the month alone.
    return next((day for day in days if (day - reference_date).days <= 31), None)


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_agency(name: str, known: str | None) -> bool:
    first, _, rest = name.partition(" ")
    if rest and is_agency(first) and re.match(r"(?:special )?(?:correspondent|reporter|корр)", rest, re.I):
        return True
    return is_agency(name) or (known is not None and name.casefold() == known.casefold())


def _looks_like_agency(name: str) -> bool:
    words = name.split()
    return len(name) <= 24 and len(words) <= 3 and not any(map(str.isdigit, name)) and all(word[:1].isupper() for word in words)


def _is_all_capitals(name: str) -> bool:
    """Whether a name is printed in capitals; one slip is forgiven ("ME}LBOURNE", "WALtHAM"), "St." and "d'" too."""
    letters = [c for c in name if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return len(letters) >= 2 and (small == 0 or (small == 1 and len(letters) >= 5))


def _is_name(where: _Where) -> bool:
    """A place in small letters without a gazetteer: few words, each with a capital."""
    words = " ".join(where.names).split()
    capitals = sum(word[:1].isupper() for word in words)
    return len(words) <= 4 and capitals >= 1 and capitals * 2 >= len(words) and words[0].casefold() not in _NOT_PLACES


def _eastern(
    head: str, text: str, start: int, reference_date: date | None, places: Places
) -> tuple[Dateline | None, str]:
    """Chinese and Japanese datelines, where no dash or bracket of the Western kind stands."""
    chinese = _CHINESE.match(head)
    if chinese:
        when = _When(0, int(chinese["month"]), int(chinese["day"]), None)
        agency, end = chinese["agency"], chinese.end()
    else:
        japanese = _JAPANESE.match(head)
        if not japanese:
            return None, text
        name = japanese["place"]
        agency = japanese["kyodo"] or ""
        for known in _JAPANESE_AGENCIES:
            if not agency and name.endswith(known):
                agency, name = known, name.removesuffix(known)
        if not agency and not places.city(name):
            return None, text
        city = places.city(name)
        line = Dateline(
            text=head[: japanese.end()].strip(),
            place=name,
            places=(name,),
            country_code=city.country_code if city else None,
            agency=_JAPANESE_AGENCIES.get(agency) or _JAPANESE_AGENCIES.get(japanese["agency"]),
        )
        return line, text[start + japanese.end() :].lstrip()
    names = tuple(re.split(r"[/·]", chinese["place"]))
    city = places.city(names[0])
    line = Dateline(
        text=head[:end].strip(),
        place=names[0],
        places=names,
        country_code=city.country_code if city else None,
        date=_resolve_date(when, reference_date),
        agency=agency,
    )
    return line, text[start + end :].lstrip()
