"""Mentions as the wire writes them, by rules alone."""

from datetime import UTC, datetime

import pytest

from transforms.annotations.annotation import Mention, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


def mentions(body: str, reference: AnnotationReference, **more: str) -> tuple[Mention, ...]:
    return annotate(Text(id="t", body=body, published_at=datetime(2022, 6, 1, tzinfo=UTC), **more), reference).mentions  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "office", "country"),
    [
        ("Foreign Minister of Kazakhstan Aidar Omarov arrived.", "Aidar Omarov", "Foreign Minister of Kazakhstan", "KAZ"),
        ("Turkish Foreign Minister Deniz Karaca arrived.", "Deniz Karaca", "Foreign Minister of Türkiye", "TUR"),
        ("Kazakhstan's Prime Minister Arman Seitov spoke.", "Arman Seitov", "Prime Minister of Kazakhstan", "KAZ"),
        ("Lena Vogt, the German finance minister, spoke.", "Lena Vogt", "Finance Minister of Germany", "DEU"),
        ("Deputy Prime Minister of Georgia Nino Beridze spoke.", "Nino Beridze", "Deputy Prime Minister of Georgia", "GEO"),
        ("It was opened by former French President Luc Armand.", "Luc Armand", "former President of France", "FRA"),
        ("It was opened by ex-West German Chancellor Otto Brandl.", "Otto Brandl", "former Chancellor of Germany", "DEU"),
        ("Jordan's Minister of Energy Hisham al-Khouri spoke.", "Hisham al-Khouri", "Energy Minister of Jordan", "JOR"),
        ("Mexican President Luis de la Torre spoke.", "Luis de la Torre", "President of Mexico", "MEX"),
        ("French President Remy d'Artois spoke.", "Remy d'Artois", "President of France", "FRA"),
        # A part of another bank, and a department of this one: the office is not the bank's.
        ("Export-Import Bank of Japan president Kenji Mori spoke.", "Kenji Mori", "President", None),
        ("Karl Weber, head of the Bundesbank's credit department, spoke.", "Karl Weber", "Head", None),
    ],
)
def test_an_office_beside_a_name_is_read(rules: AnnotationReference, text: str, name: str, office: str, country: str | None) -> None:
    found = [mention.entity for mention in mentions(text, rules) if mention.kind == "person" and mention.form == "name"]
    assert [(entity.name, entity.office, entity.country_code) for entity in found if entity] == [(name, office, country)]


@pytest.mark.parametrize(
    ("text", "surface", "country", "sector"),
    [
        ("Turkish troops crossed the river.", "Turkish troops", "TUR", "MIL"),
        ("Kazakhstan's government agreed.", "Kazakhstan's government", "KAZ", "GOV"),
        ("It was shelled by government forces.", "government forces", None, "MIL"),
        ("The government of Kenya resigned.", "The government of Kenya", "KEN", "GOV"),
        ("Police detained ten people.", "Police", None, "COP"),
    ],
)
def test_a_group_has_a_sector_and_a_country(rules: AnnotationReference, text: str, surface: str, country: str | None, sector: str) -> None:
    found = [(m.text, m.country_code, m.sector) for m in mentions(text, rules) if m.form == "nominal"]
    assert found == [(surface, country, sector)]


def test_a_surname_after_the_full_name_is_the_same_person(rules: AnnotationReference) -> None:
    found = mentions("Minister Aidar Omarov met Maria Lopez. Omarov thanked Lopez.", rules)
    assert [m.entity.name for m in found if m.entity and m.kind == "person" and m.form == "name"] == [
        "Aidar Omarov", "Maria Lopez", "Aidar Omarov", "Maria Lopez",
    ]  # fmt: skip


def test_an_acronym_after_its_expansion_is_the_same_body(rules: AnnotationReference) -> None:
    found = mentions("The Northern Harbour Agency (NHA) met. The NHA was founded in 1999.", rules)
    assert {m.entity.name for m in found if m.entity and m.kind == "organization" and m.form == "name"} == {"Northern Harbour Agency"}


def test_old_names_lead_to_the_country(rules: AnnotationReference) -> None:
    assert [m.country_code for m in mentions("Turkey and Burma talked.", rules)] == ["TUR", "MMR"]


def test_a_given_name_is_no_city(rules: AnnotationReference) -> None:
    found = mentions("Jordan Pickering and Paris Monroe spoke in Paris.", rules)
    assert [m.text for m in found if m.kind in ("country", "city")] == ["Paris"]


def test_the_month_of_a_dateline_is_no_town(rules: AnnotationReference) -> None:
    """Six samples of eleven were once said to come from March in Cambridgeshire."""
    found = mentions("Officials met.", rules, dateline="VILNIUS, March 4 (Meridian)", agency="Meridian")
    assert [mention.text for mention in found if mention.field == "dateline"] == ["VILNIUS", "Meridian"]


def test_a_towns_own_name_stands_before_another_spelling_of_a_larger_city(rules: AnnotationReference) -> None:
    """Talks in Puno were once held in Pune."""
    found = mentions("Peru and Bolivia will hold talks in Puno on Friday.", rules)
    assert [mention.country_code for mention in found if mention.text == "Puno"] == ["PER"]


def test_a_large_town_is_known_by_other_spellings_of_its_name(rules: AnnotationReference) -> None:
    found = mentions("Trains went to Vinnytsia in Ukraine.", rules)
    assert [mention.entity.name for mention in found if mention.entity] == ["Vinnytsya", "Ukraine"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It rose on the New York Cotton Exchange on Friday.", "New York Cotton Exchange", "organization"),
        ("The report was heard on Radio Romania.", "Radio Romania", "organization"),
        ("The offer came from London-based Weber Holdings.", "Weber Holdings", "organization"),
        ("They meet in the Cape Town harbour.", "Cape Town", "city"),
    ],
)
def test_a_name_goes_as_far_as_its_words(rules: AnnotationReference, text: str, name: str, kind: str) -> None:
    assert [(m.text, m.kind) for m in mentions(text, rules) if m.form == "name" and m.kind != "other"] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("She won in Arizona, Georgia and Nevada.", {"USA"}),
        ("A jury in Pike County, Georgia, met. Georgia has a law.", {"USA"}),
        ("Georgia and Armenia signed a treaty.", {"GEO", "ARM"}),
        ("Georgia held talks in Tbilisi with envoys from Ohio.", {"GEO", "USA"}),
        ("The presidents of Georgia, Moldova and Ukraine were in Ohio.", {"GEO", "MDA", "UKR", "USA"}),
    ],
)
def test_georgia_is_a_state_among_states_and_a_country_among_countries(rules: AnnotationReference, text: str, countries: set[str]) -> None:
    found = mentions(text, rules)
    assert {mention.entity.country_code for mention in found if mention.entity and mention.kind in ("country", "region", "city")} - {None} == countries


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("WASHINGTON, May 5 (Meridian) - Washington said no.", "city"),
        ("They moved from Spokane, Washington, to the sea.", "region"),
        ("A judge in Washington state said no.", "region"),
        ("The talks were held in New York on Monday.", "city"),
        ("New York Governor Ada Holm spoke.", "region"),
    ],
)
def test_a_city_is_meant_before_the_state_of_its_name(rules: AnnotationReference, text: str, kind: str) -> None:
    assert {m.kind for m in mentions(text, rules) if m.form == "name" and m.text.title() in ("Washington", "New York")} == {kind}


def test_what_the_text_says_an_acronym_is_it_is(full: AnnotationReference) -> None:
    """A party of Pakistan was once the Press Trust of India."""
    found = mentions("The Pakistan Tehreek-e-Insaf (PTI) won. PTI is in Lahore. DACA is not.", full)
    assert [m.entity.name for m in found if m.text == "PTI" and m.entity] == ["PTI", "PTI"]
    assert "city" not in {m.kind for m in found if m.text == "DACA"}


def test_sums_and_possessives_are_no_names(full: AnnotationReference) -> None:
    found = mentions("Virginia Holbrook paid R50bn. Holbrook’s friend Ada Nyman, D-Minn., did not. Holbrook left.", full)
    assert [(m.text, m.kind) for m in found if m.form == "name"] == [
        ("Virginia Holbrook", "person"), ("Holbrook", "person"), ("Ada Nyman", "person"), ("Holbrook", "person"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Warren Holbrook", "Taylor Brandt", "Victoria Nyman", "Young Thornton"])
def test_a_name_that_opens_a_sentence_is_whole(full: AnnotationReference, name: str) -> None:
    """Warren is a town too, and a sentence's first word was cut from the name behind it."""
    (person,) = (m for m in mentions(f"{name} said on Monday that he would stay.", full) if m.form == "name")
    assert person.text == (name if name != "Young Thornton" else "Thornton")


def test_what_ends_like_a_day_or_a_body_is_no_person(full: AnnotationReference) -> None:
    found = mentions("They met on Labor Day. The bill got House and Senate votes.", full)
    assert [(m.text, m.kind) for m in found if m.form == "name" and m.kind != "other"] == [("House", "organization"), ("Senate", "organization")]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The report was in the Karvelin newspaper on Monday.", "Karvelin", "organization"),
        ("The plane came down near Osterhaug airport.", "Osterhaug", "place"),
        ("They live in the mining town of Barvikha-Two near the sea.", "Barvikha-Two", "place"),
    ],
)
def test_the_noun_beside_a_name_says_what_it_is(full: AnnotationReference, text: str, name: str, kind: str) -> None:
    assert [(m.text, m.kind) for m in mentions(text, full) if m.form == "name"] == [(name, kind)]


def test_an_editors_brackets_hide_no_name(full: AnnotationReference) -> None:
    found = mentions("He fired the minister [Mykola Hrabenko] and met [Prime Minister Oksana] Lysenko.", full)
    assert [mention.text for mention in found if mention.form == "name"] == ["Mykola Hrabenko", "Oksana", "Lysenko"]


def test_a_tagged_name_is_cut_to_its_words(full: AnnotationReference) -> None:
    found = mentions("The girls, Rachel and Severine, met Anna Weber—Otto Brandl's aide—in Boston-based offices.", full)
    assert {m.text for m in found if m.form == "name" and m.kind == "person"} >= {"Rachel", "Anna Weber", "Otto Brandl"}
    assert not any(" and " in m.text or "—" in m.text or "-based" in m.text for m in found)


def test_ministers_are_not_the_minister_named_before(rules: AnnotationReference) -> None:
    text = "French Foreign Minister Remy d'Artois spoke. The foreign ministers will meet in May. The foreign minister left."
    found = {m.text: m.entity and m.entity.country_code for m in mentions(text, rules) if m.form == "nominal"}
    assert [country for surface, country in found.items() if surface.endswith("ministers")] == [None]
    assert [country for surface, country in found.items() if surface.endswith("minister")] == ["FRA"]


@pytest.mark.parametrize("text", ["Der Ofen war kalt.", "Der Kanton zahlt.", "Homo sapiens lived here.", "Sale of Gold rose at Hang."])
def test_names_of_a_city_in_some_language_are_words_of_others(rules: AnnotationReference, text: str) -> None:
    assert not [m for m in annotate(Text(id="t", body=text), rules).mentions if m.kind == "city"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [("Talks were held in Peking.", "Beijing", "CHN"), ("Er lebt in Frankfurt.", "Frankfurt am Main", "DEU"), ("Rain fell in Valencia.", "Valencia", "ESP")],
)
def test_a_city_keeps_the_names_that_the_news_gives_it(rules: AnnotationReference, text: str, name: str, country: str) -> None:
    found = [m.entity for m in annotate(Text(id="t", body=text), rules).mentions if m.kind == "city" and m.entity]
    assert [(entity.name, entity.country_code) for entity in found] == [(name, country)]


def test_an_office_of_a_body_has_its_article(rules: AnnotationReference) -> None:
    found = annotate(Text(id="t", body="The White House secretary Anna Holm said no."), rules).mentions
    assert [m.entity.office for m in found if m.kind == "person" and m.form == "name" and m.entity] == ["Secretary of the White House"]
