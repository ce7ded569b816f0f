"""Aliases of organisations from the seed tables: bodies, companies, teams; and what is named like them."""

from collections.abc import Iterator

from flows.reference.seed_tables import cell_parts, is_acronym, seed_lines, seed_rows
from transforms.annotations.annotation import Entity
from transforms.annotations.folding import fold_name
from transforms.annotations.gazetteer import Alias

_WEIGHT = 1e6


def body_aliases() -> Iterator[Alias]:
    """International organisations, agencies, parties, media: organizations.csv."""
    for row in seed_rows("organizations.csv"):
        entity = _entity(row["name"], row["country_code"], row["sector"])
        for surface in (row["name"], *cell_parts(row["aliases"])):
            for spelling in {surface, surface.replace("Organisation", "Organization"), surface.replace("Organization", "Organisation")}:
                yield Alias(surface=spelling, entity=entity, weight=_WEIGHT, is_acronym=is_acronym(surface))


def company_aliases() -> Iterator[Alias]:
    """Companies that need no "Inc" behind their names: companies.csv."""
    for row in seed_rows("companies.csv"):
        entity = _entity(row["name"], row["country_code"], "BUS")
        for surface in (row["name"], *cell_parts(row["aliases"])):
            # Texts are split in front of the apostrophe of "Moody's"; who reads them asks for it.
            yield Alias(surface=surface.removesuffix("'s"), entity=entity, weight=_WEIGHT, is_acronym=is_acronym(surface))


def team_aliases() -> Iterator[Alias]:
    """Teams and clubs by their full and short names: teams.csv; one short name may be several teams'."""
    for row in seed_rows("teams.csv"):
        entity = _entity(row["name"], "", "")
        for surface in (row["name"], *cell_parts(row["aliases"])):
            yield Alias(surface=surface, entity=entity, weight=_WEIGHT, is_acronym=is_acronym(surface))


def index_aliases() -> Iterator[Alias]:
    """Measures of markets: market_indices.txt."""
    for name in seed_lines("market_indices.txt"):
        entity = Entity(key=f"other:{' '.join(fold_name(name))}", name=name, kind="other", is_known=True)
        yield Alias(surface=name, entity=entity, weight=_WEIGHT, is_acronym=is_acronym(name))


def _entity(name: str, country_code: str, sector: str) -> Entity:
    return Entity(
        key=f"organization:{' '.join(fold_name(name))}", name=name, kind="organization",
        country_code=country_code or None, sector=sector or None, is_known=True,
    )  # fmt: skip
