"""What stands behind and above a dispatch goes to fields of its own."""

import pytest

from transforms.articles.leadins import read_lead_in
from transforms.articles.signoffs import split_sign_off

BODY = ("The harbour was closed by fog on Tuesday.", 'It opened again at noon, the port said. "We are glad," it added.')


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        ("(Reporting by Ada Holm; Editing by Per Vik)", "credits"),
        ("((ada.holm@example.com; +47 22 00 00 00))", "contact"),
        ("Reporting by Ada Holm in Oslo; editing by Per Vik", "credits"),
        ("(Redigiert von Per Vik)", "credits"),
        ("ENDS", "end_mark"),
        ("-30-", "end_mark"),
        ("###", "end_mark"),
        ("(MORE)", "end_mark"),
        ("ah/pv/kk", "initials"),
        ("dpa ah pv n1", "codes"),
        ("==Kyodo", "end_mark"),
        ("AFP", "agency"),
        ("© 2023 Northwire. All rights reserved.", "rights"),
        ("Ada Holm can be reached at https://example.com/ada .", "contact"),
    ],
)
def test_a_sign_off_is_taken_off_by_a_named_rule(tail: str, rule: str) -> None:
    found = split_sign_off((*BODY, tail))
    assert found.paragraphs == BODY
    assert found.text == tail
    assert found.rules == (rule,)


def test_a_notebook_takes_everything_behind_it() -> None:
    tail = ("# Notebook", "## Note to editors - adds quotes", "* * * *", "Editing by: Per Vik, dpa", "dpa ah pv")
    found = split_sign_off((*BODY, *tail))
    assert found.paragraphs == BODY
    assert found.text == "\n".join(tail)


def test_the_agency_at_the_end_of_the_last_sentence_goes() -> None:
    found = split_sign_off(("Habían unos 500 ejemplares en el parque. EFE",))
    assert (found.paragraphs, found.text) == (("Habían unos 500 ejemplares en el parque.",), "EFE")


def test_credits_at_the_end_of_the_last_sentence_go() -> None:
    credits = "(Reporting by Ada Holm in Oslo and Bo Lind; Editing by Cy Marsh)"
    found = split_sign_off((f"The harbour was closed by fog (and ice) on Tuesday. {credits}",))
    assert (found.paragraphs, found.text) == (("The harbour was closed by fog (and ice) on Tuesday.",), credits)


@pytest.mark.parametrize(
    "last",
    [
        "They met (reporting by radio) on Monday.",
        "The minister said the end of the war was near.",
        "He told Reuters.",
        "By then the harbour had been closed for a week.",
        "More ships are expected.",
        "Editors of three papers resigned on Monday.",
    ],
)
def test_an_ordinary_last_sentence_stays(last: str) -> None:
    assert split_sign_off((*BODY, last)).paragraphs == (*BODY, last)


def test_a_lead_in_is_sorted_into_byline_notes_and_bullets() -> None:
    lead = read_lead_in(("(Adds quotes)", "* Fog over Oslo", "By Ada Holm"), may_hold_headline=False)
    assert lead is not None
    assert (lead.byline, lead.notes, lead.kept) == ("By Ada Holm", ("(Adds quotes)",), ("* Fog over Oslo",))


def test_ordinary_text_above_a_dateline_is_no_lead_in() -> None:
    assert read_lead_in(("The harbour was closed by fog on Tuesday.",), may_hold_headline=True) is None
