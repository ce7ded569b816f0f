"""Office holders of the reference: one person is one entity, whatever offices they hold."""

from collections import Counter, defaultdict
from datetime import date

from flows.reference.annotation import load_annotation_reference
from flows.reference.seed_tables import seed_rows
from transforms.annotations.linking import current


def test_a_person_has_one_country_however_many_they_reign() -> None:
    countries: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    reigned: dict[str, set[str | None]] = defaultdict(set)
    for holders in load_annotation_reference(use_model=False).holders.values():
        for holder in holders:
            countries[holder.entity.name, holder.entity.key].add(holder.entity.country_code)
            reigned[holder.entity.name].add(holder.country_code)
    assert [name for name, found in countries.items() if len(found) > 1] == []
    assert {"GBR", "CAN", "VCT"} <= reigned["Elizabeth II"]
    assert next(found for (name, _), found in countries.items() if name == "Elizabeth II") == {"GBR"}


def test_the_table_of_office_holders_holds_together() -> None:
    """One name an id and one id a name, so that a person is one row; no term ends before it begins, none stands twice."""
    rows = list(seed_rows("office_holders.csv"))
    ids, names, terms = defaultdict(set), defaultdict(set), Counter[tuple[str, str, str]]()
    for row in rows:
        ids[row["name"]].add(row["wikidata_id"])
        names[row["wikidata_id"] or row["name"]].add(row["name"])
        terms[row["name"], row["office"], row["start"]] += 1
    assert [name for name, found in ids.items() if len(found) > 1] == []
    assert [found for found in names.values() if len(found) > 1] == []
    assert [term for term, count in terms.items() if count > 1] == []
    assert [row for row in rows if row["end"] and row["end"] < row["start"]] == []


def test_an_office_changes_hands_on_its_day() -> None:
    rules = load_annotation_reference(use_model=False)
    presidents = rules.holders["USA", "president"]
    in_office = [current(presidents, date(2021, 1, day)) for day in (19, 20)]
    assert [holder.entity.name for holder in in_office if holder] == ["Donald Trump", "Joe Biden"]
