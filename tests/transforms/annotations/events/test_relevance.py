"""Sentences in which nobody can take part whose acts count: they are not parsed, and no event is lost with them."""

import re

import pytest

from flows.reference.ontology import load_ontology
from transforms.annotations.annotation import Mention, Text
from transforms.annotations.events.pairs import Pairs
from transforms.annotations.events.relevance import company_of, is_of_street
from transforms.annotations.events.sentences import SentenceCoder
from transforms.annotations.events.topics import Theme
from transforms.annotations.events.triggers import words_of
from transforms.annotations.shallow import ShallowParser

ONTOLOGY = load_ontology()
RULES = ShallowParser(ONTOLOGY.verb_lemmas, ONTOLOGY.lexicon.speech)
LONG = Theme(off_topic=None, contexts=(), politics=0.04, mishaps=0.0, is_short=False, is_commercial=False)
EXAMPLES = [re.sub(r"[\[\]{}]", "", example) for frame in ONTOLOGY.frames.values() for example in frame.examples]


def is_worth_a_parse(sentence: str, *mentions: Mention) -> bool:
    words = words_of(sentence.lower())
    company = company_of(sentence.lower(), words, mentions, LONG, ONTOLOGY)
    return company == "political" or (company == "street" and is_of_street(ONTOLOGY.triggers.find(words), ONTOLOGY))


def is_coded(sentence: str) -> bool:
    """Whether the sentence, in a long text that names nobody, gives an event of any confidence."""
    text = Text(id="1", body=sentence)
    coder = SentenceCoder(text, (0, len(sentence)), 0, RULES(sentence), (), Pairs(), LONG, ONTOLOGY)
    return bool(coder.code(ONTOLOGY.triggers.find(words_of(sentence.lower())), 0.0))


def test_no_event_is_lost() -> None:
    coded = [example for example in EXAMPLES if is_coded(example)]
    assert len(coded) > 100
    assert [example for example in coded if not is_worth_a_parse(example)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The boy signed the letter.",
        "The two firms agreed on a price.",
        "The storm killed the cattle.",
    ],
)
def test_acts_of_nobody_who_counts_are_passed_over(sentence: str) -> None:
    assert not is_worth_a_parse(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Soldiers signed the letter.",
        "The two countries agreed on a price.",
        "They agreed on a bilateral tariff.",
        "Striking teachers were killed.",
    ],
)
def test_nouns_of_offices_and_states_count(sentence: str) -> None:
    assert is_worth_a_parse(sentence)


@pytest.mark.parametrize(("kind", "country", "counts"), [("country", "PER", True), ("city", None, True), ("person", "PER", True), ("person", None, False)])
def test_names_count_by_country(kind: str, country: str | None, counts: bool) -> None:
    mention = Mention(field="body", start=0, end=4, text="Vega", kind=kind, form="name", entity=None, confidence=0.9, annotator="x", country_code=country)
    assert is_worth_a_parse("Vega signed the letter.", mention) == counts
