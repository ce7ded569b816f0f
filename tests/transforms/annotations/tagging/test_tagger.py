"""The tagger reads long texts block by block: what it finds does not depend on where a block ends."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tagging.features import Knowledge, features
from transforms.annotations.tagging.tagger import SequenceTagger, Weights
from transforms.annotations.tokens import tokenise

WORDS = ["Aidar", "Omarov", "said", "the", "Karasay", "Port", ".", "in", "May", "\n\n", "Almaty", ",", "board"]
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
ROWS = {"w=aidar": 1, "w=omarov": 2, "w=karasay": 3, "w=port": 4, "p1=aidar": 5, "s=x": 6}
SCORES = np.array([[0, 0, 0, 0, 0], [0, 3, 0, 0, 0], [0, 1, 2, 0, 0], [0, 0, 0, 3, 0], [0, 0, 0, 1, 2], [0, 0, 2, 0, 0], [2, 0, 0, 0, 0]], dtype=np.float32)


def knowledge(rules: AnnotationReference) -> Knowledge:
    return Knowledge(places=rules.places, bodies=rules.bodies, people=rules.people, titles=rules.titles, given_names=rules.given_names, says=rules.languages.every.strong)


def tagger(rules: AnnotationReference, block: int) -> SequenceTagger:
    transitions = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    return SequenceTagger(Weights(LABELS, ROWS, SCORES, transitions), knowledge(rules), "invented", block=block)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(1, 20))
def test_blocks_change_nothing(rules: AnnotationReference, words: list[str], block: int) -> None:
    tokens = tokenise(" ".join(words))
    assert tagger(rules, block).tag(tokens) == tagger(rules, 10_000).tag(tokens)


def test_a_sentence_without_end_comes_in_pieces(rules: AnnotationReference) -> None:
    tokens = tokenise("Omarov said the board of Karasay met and " * 2000)
    pieces = list(features(tokens, knowledge(rules)))
    assert len(tokens.sentences) == 1
    assert sum(map(len, pieces)) == len(tokens)
    assert max(map(len, pieces)) <= 4000
    names = tagger(rules, 4000).tag(tokens)
    assert len(names) == 2 * 2000


@given(st.lists(st.sampled_from([*WORDS, "[", "]"]), max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_square_brackets_change_no_name(rules: AnnotationReference, words: list[str]) -> None:
    """An editor's "[Fedorov]" once was no name at all."""
    bracketed, plain = tokenise(" ".join(words)), tokenise(" ".join(word for word in words if word not in "[]"))
    found = [[tokens.words[span.first : span.last] for span in tagger(rules, 10_000).tag(tokens)] for tokens in (bracketed, plain)]
    assert [[word for word in name if word not in "[]"] for name in found[0]] == found[1]
