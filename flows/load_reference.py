"""The reference tables into the warehouse: office holders with their offices, and the names that they go by."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Engine

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.gazetteer import Alias
from transforms.annotations.reference import AnnotationReference, Holder
from warehouse.core.entities import EntityAlias, Tenure, load_entities, load_tenures
from warehouse.interruptions import told_interruptions
from warehouse.upserts import Changes

STAGE = "load-reference"
SOURCE = "seeds/reference/office_holders.csv"


def load_reference(engine: Engine, run_id: UUID, *, use_model: bool = True) -> Mapping[str, int]:
    """Bring offices, countries and their names up to date with seeds/reference; equal rows are not touched.

    Cities and organizations come with the texts that name them. `use_model` chooses which of the process's
    references is at hand; its tables are the same.
    """
    reference = load_annotation_reference(use_model=use_model)
    tenures = [_tenure(holder) for holders in reference.holders.values() for holder in holders]
    known = [*reference.countries.values(), *(tenure.person for tenure in tenures)]
    with told_interruptions(engine), engine.begin() as connection:
        changes: Changes = load_entities(connection, known, _aliases(reference))
        changes += load_tenures(connection, tenures)
    return {"new": changes.new_count, "changed": changes.changed_count}


def _tenure(holder: Holder) -> Tenure:
    until = holder.end
    if until is not None and holder.start is not None and until <= holder.start:
        # The table gives years: whoever came and went within one left at its end.
        until = holder.start.replace(year=holder.start.year + 1, month=1, day=1)
    return Tenure(
        person=holder.entity, title=holder.title, source=SOURCE, country_code=holder.country_code,
        sector=holder.entity.sector, started_date=holder.start, until_date=until,
    )


def _aliases(reference: AnnotationReference) -> list[EntityAlias]:
    """Names of countries, with the dates between which they held, and of office holders, who keep theirs."""
    countries = {entity.key for entity in reference.countries.values()}
    people = {holder.entity.key for holders in reference.holders.values() for holder in holders}

    def as_row(alias: Alias) -> EntityAlias:
        return EntityAlias(
            entity_key=alias.entity.key, alias=alias.surface, source="seeds/reference",
            valid_from=alias.valid_from if alias.entity.kind != "person" else None,
            valid_until=alias.valid_until if alias.entity.kind != "person" else None,
        )

    found = [*reference.places.entries.values(), *reference.people.entries.values()]
    known = countries | people
    rows = [as_row(alias) for aliases in found for alias in aliases if alias.form == "name" and alias.entity.key in known]
    unique = {(row.entity_key, row.alias, row.valid_from): row for row in rows}
    return [unique[key] for key in sorted(unique, key=str)]
