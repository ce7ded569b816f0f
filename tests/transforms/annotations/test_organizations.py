"""Organisations that tables and spellings tell, in text of the wire."""

import pytest

from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


def organizations(body: str, reference: AnnotationReference) -> list[str]:
    return [m.text for m in annotate(Text(id="t", body=body), reference).mentions if m.kind == "organization" and m.form == "name"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shares in Nvidia rose while Commerzbank fell.", ["Nvidia", "Commerzbank"]),
        ("The plane was built by Boeing Co. for easyJet, officials said.", ["Boeing Co.", "easyJet"]),
        ("Analysts at Moody's praised Airbus SE on Monday.", ["Moody's", "Airbus SE"]),
        ("German carmaker Daimler paid.", ["Daimler"]),
        # The company is only a part of the name, or another's surname.
        ("The film stars Harlan Boeing as himself.", []),
    ],
)
def test_a_known_company_needs_no_suffix(rules: AnnotationReference, text: str, names: list[str]) -> None:
    assert organizations(text, rules) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Chicago Blackhawks opened a school.", ["Chicago Blackhawks"]),
        ("Goalie Jon Hale saved 31 goals for the Kings.", ["Kings"]),
        ("Coach Jon Hale said Everton would face Liverpool, and goals would come.", ["Everton", "Liverpool"]),
        # Towns stay towns where no game is told, and where the text says "in".
        ("Jon Hale left Liverpool.", []),
        ("Coach Jon Hale scored two goals in Liverpool.", []),
    ],
)
def test_a_team_has_short_names_in_reports_of_sport(rules: AnnotationReference, text: str, names: list[str]) -> None:
    assert organizations(text, rules) == names


def test_a_position_between_team_and_name_belongs_to_neither(full: AnnotationReference) -> None:
    found = annotate(Text(id="t", body="Browns DL Joren Halevy was fined by the NFL, his coach said."), full).mentions
    assert [(m.text, m.kind) for m in found if m.form == "name" and m.start < 26] == [("Browns", "organization"), ("Joren Halevy", "person")]


def test_measures_offices_and_illnesses_are_no_organizations(full: AnnotationReference) -> None:
    assert organizations("Analysts said GDP and PMI fell, while the CEO warned of AIDS.", full) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Harbours and Fisheries Ministry said on Friday that the port would close.", ["Harbours and Fisheries Ministry"]),
        ("He chairs the ruling State Peace and Harvest Renewal Council, officials said.", ["State Peace and Harvest Renewal Council"]),
        ("Shares in Holm Averdin and Co Inc rose on Friday.", ["Holm Averdin and Co Inc"]),
        ("She leads the Marine Rescue Association of Belgium, officials said.", ["Marine Rescue Association of Belgium"]),
        ("The UN Harbour Agency said that it had no money left.", ["UN Harbour Agency"]),
        # Two bodies, a body and what belongs to another one.
        ("The Trade Facilitation Council of Norway and Spain met on Friday.", ["Trade Facilitation Council"]),
        ("The Senate and the Energy Ministry disagreed on Friday.", ["Senate", "Energy Ministry"]),
        ("He left Siemens and the Energy Ministry on Friday.", ["Siemens", "Energy Ministry"]),
    ],
)
def test_small_words_hold_a_body_together(full: AnnotationReference, text: str, names: list[str]) -> None:
    assert organizations(text, full) == names


def names(body: str, reference: AnnotationReference, kinds: frozenset[str]) -> list[str]:
    return [m.text for m in annotate(Text(id="t", body=body, language="en"), reference).mentions if m.form == "name" and m.kind in kinds]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rain fell in mainland China and in Guangdong province.", ["China", "Guangdong"]),
        ("It cost US$ 45 in Norway.", ["Norway"]),
    ],
)
def test_small_words_at_its_edges_are_no_part_of_a_place(rules: AnnotationReference, text: str, found: list[str]) -> None:
    assert names(text, rules, frozenset({"country", "region"})) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The spokesman Lieutenant-Colonel Jon Marelle said so.", ["Jon Marelle"]),
        ("The case was told by Deputy Mayor Anna Holm.", ["Anna Holm"]),
        ("Sales rose, van Averdin said, adding that costs fell.", ["van Averdin"]),
    ],
)
def test_ranks_are_no_part_of_a_name_and_particles_are(full: AnnotationReference, text: str, found: list[str]) -> None:
    assert names(text, full, frozenset({"person"})) == found


def test_an_index_of_a_market_is_no_organization(full: AnnotationReference) -> None:
    assert organizations("The Dow Jones Industrial Average and the FTSE 100 fell, while shares in Dow Chemical rose.", full) == ["Dow Chemical"]


def test_a_country_joins_its_own_body(full: AnnotationReference) -> None:
    found = annotate(Text(id="t", body="The U.S. Food and Drug Administration said no."), full).mentions
    assert [(m.text, m.entity.country_code) for m in found if m.entity and m.form == "name"] == [("U.S. Food and Drug Administration", "USA")]


def test_beside_a_full_name_its_surname_is_no_country(full: AnnotationReference) -> None:
    text = "Anna Jordan made the film. Jordan said on Friday that she was glad."
    assert names(text, full, frozenset({"person"})) == ["Anna Jordan", "Jordan"]
    assert names(text + " She flew to Jordan.", full, frozenset({"country"})) == ["Jordan", "Jordan"]
