"""Which words can evoke a frame: a sentence without one costs no parse."""

from collections.abc import Sequence

import pytest

from flows.reference.ontology import load_ontology
from transforms.annotations.annotation import Text
from transforms.annotations.events.coder import code_events
from transforms.annotations.events.triggers import words_of
from transforms.annotations.syntax import Parse

TRIGGERS = load_ontology().triggers


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        ("Police arrested two men.", {"arrested"}),
        ("The weather was mild in Lima.", set()),
        ("He opened it.", set()),
        ("The sides signed a cease-fire agreement.", {"signed", "cease"}),
        ("The sides reached an agreement with Peru.", {"reached", "agreement"}),
    ],
)
def test_a_word_that_needs_another_is_no_trigger_alone(sentence: str, forms: set[str]) -> None:
    found = TRIGGERS.find(words_of(sentence.lower()))
    assert set(found) >= forms
    assert bool(found) == bool(forms)


def test_every_example_of_a_frame_holds_a_trigger() -> None:
    frames = load_ontology().frames.values()
    assert [e for frame in frames for e in frame.examples if not TRIGGERS.find(words_of(e.lower()))] == []


class Counting:
    """Counts the sentences that it is asked to parse, and parses none."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def parse(self, sentences: Sequence[str]) -> tuple[Parse, ...]:
        self.sentences += sentences
        return ()


def test_sentences_without_a_trigger_are_not_parsed() -> None:
    body = "The weather was mild in Lima."
    syntax = Counting()
    assert code_events(Text(id="1", body=body), [(0, len(body))], (), syntax, load_ontology()) == ()
    assert syntax.sentences == []
