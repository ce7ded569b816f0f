"""Office holders of the reference: one person is one entity, whatever offices they hold."""

from collections import defaultdict

from flows.reference.annotation import load_annotation_reference


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
