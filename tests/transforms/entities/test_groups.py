"""Names that are one person's or organization's, and namesakes that are not."""

from datetime import UTC, datetime
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.entities.groups import Candidate, Judgement, group_entities
from transforms.entities.keys import FoundKey, found_key, parse_found_key
from transforms.entities.spelling import compared_words, name_key, sounds
from transforms.identity import derived_id

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def found(name: str, country: str | None = None, office: str | None = None, *, kind: str = "person", known: bool = False) -> Candidate:
    key = found_key(kind, name, country, office)
    parsed = parse_found_key(key)
    return Candidate(
        entity_id=derived_id("entity", key, known), entity_key=key, kind=kind, words=compared_words(kind, parsed.name),
        name_key=name_key(kind, parsed.name), country_code=country, office=parsed.office, is_known=known,
    )  # fmt: skip


def groups(*candidates: Candidate, judgements: tuple[Judgement, ...] = ()) -> set[frozenset[str]]:
    """Groups of two and more, as keys."""
    survivors = group_entities(candidates, judgements)
    key_of = {one.entity_id: one.entity_key for one in candidates}
    gathered: dict[str, set[str]] = {}
    for member, survivor in survivors.items():
        gathered.setdefault(key_of[survivor], {key_of[survivor]}).add(key_of[member])
    return {frozenset(names) for names in gathered.values()}


def are_one(*candidates: Candidate) -> bool:
    return groups(*candidates) == {frozenset(one.entity_key for one in candidates)}


@pytest.mark.parametrize(
    "names",
    [
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", "Kassym-Jomart Tokaev"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "Володимир Зеленский"),
        ("Sergei Shoigu", "Sergey Shoygu", "Сергей Шойгу"),
        ("Yulia Ushakova", "Юлия Ушакова"),
        ("Bakhytzhan Japarov", "Бахытжан Жапаров"),
        ("Alexis Tsipras", "Aleksis Tsipras"),
    ],
)
def test_spellings_of_one_name_sound_alike(names: tuple[str, ...]) -> None:
    assert len({sounds(name) for name in names}) == 1
    assert are_one(*(found(name) for name in names))


@pytest.mark.parametrize("pair", [("Maria Orlu", "Mara Orlu"), ("John Brask", "Jane Brask"), ("Ana Lee", "Ana Li")])
def test_other_names_do_not(pair: tuple[str, str]) -> None:
    assert groups(*map(found, pair)) == set()


def test_a_key_tells_namesakes_by_country_and_office() -> None:
    assert found_key("person", "Marta  Oduya") == "person:marta oduya"
    key = found_key("person", "Marta Oduya", "KEN", "former Defence Minister of Kenya")
    assert key == "person:marta oduya:KEN:defence minister"
    assert parse_found_key(key) == FoundKey(
        kind="person", name="marta oduya", country_code="KEN", office=frozenset({"defence", "minister"}))
    assert parse_found_key(found_key("person", "Marta Oduya", None, "Mayor")).country_code is None
    assert found_key("organization", "Orlu: Steel", "KEN", "x") == "organization:orlu   steel"


def test_who_is_described_less_joins_who_is_described_more() -> None:
    assert are_one(found("Marta Oduya"), found("Marta Oduya", "KEN"), found("Marta Oduya", "KEN", "Minister"))
    assert are_one(found("Marta Oduya", "KEN", "Foreign Minister"), found("Marta Oduya", "KEN", "Defence Minister"))
    assert are_one(found("Marta Anyango Oduya"), found("Marta Oduya"), found("Marta A. Oduya"))


def test_namesakes_stay_apart() -> None:
    kenyan, ugandan = found("Marta Oduya", "KEN"), found("Marta Oduya", "UGA")
    assert groups(kenyan, ugandan) == set()
    # Who could be either is neither.
    assert groups(kenyan, ugandan, found("Marta Oduya")) == set()
    assert groups(found("Marta Oduya", "KEN", "Mayor"), found("Marta Oduya", "KEN", "Coach")) == set()
    assert groups(found("Marta A. Oduya"), found("Marta B. Oduya")) == set()
    assert groups(found("Oduya"), found("Oduya", "KEN")) == set()
    assert groups(found("Marta Oduya", kind="organization"), found("Marta Oduya")) == set()


def test_an_initial_needs_a_country_or_office_in_common() -> None:
    whole = found("Marta Oduya", "KEN", "Minister")
    assert are_one(whole, found("M. Oduya", "KEN"))
    assert are_one(whole, found("M. Oduya", None, "Minister"))
    assert groups(whole, found("M. Oduya")) == set()
    assert groups(whole, found("Maria Oduya", "KEN", "Minister"), found("M. Oduya", "KEN")) == set()


def test_a_tables_person_takes_spellings_of_the_same_country_alone() -> None:
    table = found("Kassym-Jomart Tokayev", "KAZ", known=True)
    other_table = found("Kassym-Jomart Tokaev", "KAZ", known=True)
    assert group_entities([table, spelt := found("Касым-Жомарт Токаев", "KAZ")]) == {spelt.entity_id: table.entity_id}
    assert groups(table, found("Касым-Жомарт Токаев")) == set()
    assert groups(table, other_table) == set()


def test_organizations_are_one_by_sound_and_without_their_legal_form() -> None:
    assert are_one(*(found(name, kind="organization") for name in ("Samruk Energy JSC", "Samruk-Energy", "Самрук Энерги")))
    assert groups(found("Orlu Steel", kind="organization"), found("Orlu Steel Works", kind="organization")) == set()


def ruled(kind: Literal["merge", "split"], left: Candidate, right: Candidate | None, day: int = 1) -> Judgement:
    return Judgement(kind=kind, left_id=left.entity_id, right_id=right.entity_id if right else None, made_at=NOW.replace(day=day))


def test_judgements_stand_over_every_rule() -> None:
    one, other, third = found("Marta Oduya", "KEN"), found("Marta Oduya"), found("Ilan Brask", "NOR")
    assert groups(one, other, judgements=(ruled("split", one, other),)) == set()
    assert groups(one, other, judgements=(ruled("split", other, None),)) == set()
    merged = group_entities([one, other, third], [ruled("merge", third, one)])
    assert merged == {one.entity_id: third.entity_id, other.entity_id: third.entity_id}
    # What is judged apart is not brought together by way of a third.
    contrary = (ruled("split", one, other), ruled("merge", third, one, 2), ruled("merge", third, other, 3))
    assert groups(one, other, third, judgements=contrary) == {frozenset({one.entity_key, third.entity_key})}


CANDIDATES = st.lists(
    st.builds(
        found, st.sampled_from(["Marta Oduya", "M. Oduya", "Marta A. Oduya", "Марта Одуя", "Maria Oduya", "Ilan Brask"]),
        st.sampled_from(["KEN", "UGA", None]), st.sampled_from(["Minister", "Coach", None]), known=st.booleans(),
    ),
    max_size=12, unique_by=lambda one: one.entity_id,
)  # fmt: skip


@settings(max_examples=200)
@given(CANDIDATES, st.randoms(use_true_random=False), st.data())
def test_order_does_not_matter_and_nothing_in_conflict_is_joined(candidates: list[Candidate], random: Random, data: st.DataObject) -> None:
    pairs = st.tuples(st.sampled_from(["merge", "split"]), st.sampled_from(candidates), st.sampled_from(candidates))
    judgements = data.draw(st.lists(pairs, max_size=3)) if len(candidates) > 1 else []
    given_judgements = [ruled(kind, left, right, day) for day, (kind, left, right) in enumerate(judgements, 1) if left is not right]
    survivors = group_entities(candidates, given_judgements)
    shuffled = random.sample(candidates, len(candidates))
    assert group_entities(shuffled, random.sample(given_judgements, len(given_judgements))) == survivors
    # A survivor stands for itself: nobody is merged into someone merged.
    assert not set(survivors.values()) & set(survivors)
    if not given_judgements:
        by_id = {one.entity_id: one for one in candidates}
        for member, survivor in survivors.items():
            countries = {by_id[member].country_code, by_id[survivor].country_code} - {None}
            assert len(countries) <= 1
