"""Quotes of the wire: marks of many languages, speakers before, behind and between."""

import pytest

from transforms.annotations.annotation import Quote, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


def quotes(body: str, reference: AnnotationReference) -> list[Quote]:
    return [quote for quote in annotate(Text(id="q", body=body), reference).quotes if quote.is_direct]


def speaker(quote: Quote) -> str | None:
    return quote.speaker.entity.name if quote.speaker and quote.speaker.entity else None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('"We will build the bridge this year," Minister Aidar Omarov said.', "We will build the bridge this year,"),
        ("“We will build the bridge this year,” said Minister Aidar Omarov.", "We will build the bridge this year,"),
        ("Minister Aidar Omarov said: «We will build the bridge this year».", "We will build the bridge this year"),
        ("„We will build the bridge this year“, said Minister Aidar Omarov.", "We will build the bridge this year"),
        ("According to Minister Aidar Omarov, “the bridge will be built this year.”", "the bridge will be built this year."),
        ("Minister Aidar Omarov told reporters the bridge was “a matter of this year” and no more.", "a matter of this year"),
    ],
)
def test_a_quote_has_its_words_and_its_speaker(rules: AnnotationReference, body: str, words: str) -> None:
    (quote,) = quotes(body, rules)
    assert quote.text == words
    assert speaker(quote) == "Aidar Omarov"


@pytest.mark.parametrize(
    "body",
    [
        'The so-called "green corridor" was closed.',
        'The ship "Northern Star" left the harbour.',
        "The rock ‘n’ roll of the 1950s is back.",
        "The ministers' meeting and the nations' leaders' dinner were put off.",
    ],
)
def test_scare_quotes_and_apostrophes_are_no_quotes(rules: AnnotationReference, body: str) -> None:
    assert quotes(body, rules) == []


def test_a_floating_quote_takes_the_speaker_before(rules: AnnotationReference) -> None:
    found = quotes('"The road is open now," Minister Aidar Omarov said.\n\n"It will stay open for good."', rules)
    assert [speaker(quote) for quote in found] == ["Aidar Omarov", "Aidar Omarov"]


def test_a_speaker_whom_nothing_names_stays_open(rules: AnnotationReference) -> None:
    (quote,) = quotes('Minister Aidar Omarov left. "The road is not open at all," said a driver.', rules)
    assert speaker(quote) is None
    assert quote.verb == "said"


def test_a_pronoun_beside_a_verb_of_saying_speaks(rules: AnnotationReference) -> None:
    found = quotes('Minister Aidar Omarov came late. "The road was closed this morning," he said.', rules)
    assert [speaker(quote) for quote in found] == ["Aidar Omarov"]


def test_said_that_is_an_indirect_quote(rules: AnnotationReference) -> None:
    found = annotate(Text(id="q", body="Minister Aidar Omarov said that the road would be opened in May."), rules).quotes
    assert [(quote.text, quote.is_direct, speaker(quote)) for quote in found] == [("the road would be opened in May", False, "Aidar Omarov")]
