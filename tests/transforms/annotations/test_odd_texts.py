"""Texts that nobody would print: offsets stay exact, names do not nest, time is linear, nothing fails."""

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.annotations.annotation import Annotations, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference

PIECES = [
    "Kazakhstan", "President", "of", "Türkiye", "Aidar Omarov", "said", "“", "”", '"', "«", "»", ".", ",", "\n", "\n\n", " ", "the", "U.S.",
    "Ministry of Foreign Affairs", "(NHA)", "𝒜𝓃𝓀𝒶𝓇𝒶", "🇰🇿", "北京", "عمان", "Казахстан", "-", "'s", "’", "St.", "&", "ANKARA", "1:0", "\u0301", "\t",
]  # fmt: skip


def check(body: str, annotations: Annotations) -> None:
    names = sorted((m.field, m.start, m.end) for m in annotations.mentions if m.form == "name")
    for mention in annotations.mentions:
        assert body[mention.start : mention.end] == mention.text  # the headline is the body's beginning
        assert mention.text.strip() == mention.text != ""
    for (field, _, end), (other, start, _) in pairwise(names):
        assert end <= start or field != other, "names nest"
    for quote in annotations.quotes:
        assert body[quote.start : quote.end] == quote.text
    for (_, left), (right, _) in pairwise(annotations.sentences):
        assert left <= right


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=120))
@pytest.mark.parametrize("name", ["rules", "full"])
def test_offsets_are_exact_and_names_do_not_nest(name: str, request: pytest.FixtureRequest, body: str) -> None:
    reference: AnnotationReference = request.getfixturevalue(name)
    check(body, annotate(Text(id="odd", body=body, headline=body[:60], language="en"), reference))


@pytest.mark.parametrize(
    "body",
    ["", "Word", "." * 500, "A" * 5000, "\n" * 300, "“" * 400, "President " * 300, "Kazakhstan " * 300, "a.b." * 400, "WHO SAID IT IS IN US ON US",
     "said " * 300, "the government " * 200, "Omarov, " * 200, "О" * 100],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_odd_texts_are_read_without_failing(rules: AnnotationReference, body: str) -> None:
    check(body, annotate(Text(id="odd", body=body), rules))


def cost(body: str, reference: AnnotationReference) -> float:
    """Seconds of CPU, the best of three: what collecting garbage costs falls on whom it falls."""

    def once() -> float:
        begin = time.process_time()
        annotate(Text(id="long", body=body), reference)
        return time.process_time() - begin

    return min(once() for _ in range(3))


@pytest.mark.parametrize(
    "piece",
    ["Minister Aidar Omarov said “we go” to Ankara and the Turkish President met the ministry. ", "Name{} Surname{} met Port{} Authority{} in May. ", "no ends here "],
    ids=["prose", "new names", "one sentence"],
)
def test_time_is_linear_in_length(rules: AnnotationReference, piece: str) -> None:
    short = "".join(piece.replace("{}", str(number)) for number in range(300))
    long = "".join(piece.replace("{}", str(number)) for number in range(1200))
    cost(short, rules)
    assert cost(long, rules) < 4 * 3 * max(cost(short, rules), 0.005)


@pytest.mark.parametrize(
    "piece",
    ["MINISTER AIDAR OMAROV SAID THE ROAD TO ANKARA IS OPEN. ", "Омаров Ankara 北京 عمان Αθήνα ירושלים दिल्ली ქართული 서울 กรุงเทพ ", "„Die Brücke hält“, sagte der Leiter und die Stadt. "],
    ids=["capitals", "ten scripts", "another language"],
)
def test_time_is_linear_with_the_tagger_too(full: AnnotationReference, piece: str) -> None:
    cost(piece * 100, full)
    assert cost(piece * 400, full) < 4 * 3 * max(cost(piece * 100, full), 0.01)
