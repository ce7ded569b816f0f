"""Annotations are stored once, replaced as a whole, and never rewritten when equal."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import (
    Annotations,
    Entity,
    Event,
    EventPlace,
    EventSize,
    Form,
    Mention,
    Participant,
    Quote,
)
from warehouse.core.annotations import LoadedAnnotations, VersionAnnotations, load_annotations
from warehouse.core.entities import EntityAlias, Tenure, load_aliases, load_entities, load_tenures
from warehouse.core.scripts import script_of

BODY = "Marta Oduya thanked Prime Minister Ilan Brask in Harbour City. “We signed,” she said."

ODUYA = Entity(key="person:marta oduya", name="Marta Oduya", kind="person")
BRASK = Entity(
    key="Q1", name="Ilan Brask", kind="person", country_code="NOR", office="Prime Minister", wikidata_id="Q1", is_known=True
)
CITY = Entity(key="geonames:1", name="Harbour City", kind="city", country_code="NOR", geonames_id=1, is_known=True)


def mention(surface: str, entity: Entity, *, form: Form = "name", sentence: int = 0) -> Mention:
    start, end = BODY.index(surface), BODY.index(surface) + len(surface)
    return Mention(start=start, end=end, text=surface, kind=entity.kind, form=form, sentence=sentence, entity=entity,
                   annotator="rules")  # fmt: skip


SHE = mention("she", ODUYA, form="pronoun", sentence=1)
FOUND = Annotations(
    text_id="1",
    mentions=(
        mention("Marta Oduya", ODUYA),
        mention("Ilan Brask", BRASK),
        mention("Harbour City", CITY),
        SHE,
    ),
    quotes=(Quote(start=64, end=73, text="We signed", is_direct=True, verb="said", speaker=SHE),),
    events=(
        Event(
            sentence=0,
            start=0,
            end=62,
            trigger_start=12,
            trigger_end=19,
            event_type="SUPPORT",
            modes=("praise",),
            contexts=("diplomatic",),
            cameo_code="051",
            cameo_edition="icews",
            quad_class=1,
            goldstein=3.4,
            plover_score=2.5,
            event_date=date(2024, 5, 1),
            date_precision="day",
            place=EventPlace(text="Harbour City", country_code="NOR", entity=CITY),
            actors=(Participant(text="Marta Oduya", start=0, end=11, entity=ODUYA),),
            recipients=(Participant(text="Ilan Brask", start=35, end=45, country_code="NOR", sector="GOV", entity=BRASK),),
            claimed_by=Participant(text="Harbour Wire"),
            sizes=(EventSize(kind="arrested", minimum=1, maximum=2),),
            coder="frames",
        ),
    ),
)
TABLES = ("entities", "entity_aliases", "mentions", "quotes", "events", "event_modes", "event_contexts",
          "event_sizes", "event_participants")  # fmt: skip


def rows(connection: Connection) -> dict[str, int]:
    return {name: connection.scalar(text(f"SELECT count(*) FROM core.{name}")) or 0 for name in TABLES}


def touched(connection: Connection) -> set[tuple[str, str]]:
    return {
        (name, row) for name in TABLES for row in connection.scalars(text(f"SELECT ctid::text || xmin FROM core.{name}"))
    }


def load(connection: Connection, version_id: UUID, found: Annotations, version: str = "1") -> LoadedAnnotations:
    return load_annotations(
        connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version=version
    )


@pytest.fixture
def version_id(connection: Connection, load_article) -> UUID:  # type: ignore[no-untyped-def]
    return load_article(connection, BODY)


def test_every_record_becomes_its_rows(connection: Connection, version_id: UUID) -> None:
    loaded = load(connection, version_id, FOUND)
    assert (loaded.entities.new_count, loaded.mentions.new_count, loaded.quotes.new_count, loaded.events.new_count) == (3, 4, 1, 1)
    assert rows(connection) == {
        "entities": 3, "entity_aliases": 3, "mentions": 4, "quotes": 1, "events": 1, "event_modes": 1,
        "event_contexts": 1, "event_sizes": 1, "event_participants": 3,
    }  # fmt: skip
    spoken = connection.execute(
        text(
            "SELECT q.quote_text, m.surface, e.name FROM core.quotes q"
            " JOIN core.mentions m ON m.mention_id = q.speaker_mention_id"
            " JOIN core.entities e ON e.entity_id = q.speaker_entity_id"
        )
    ).one()
    assert tuple(spoken) == ("We signed", "she", "Marta Oduya")


def test_a_second_load_touches_no_row(every_engine: Engine, load_article) -> None:  # type: ignore[no-untyped-def]
    with every_engine.begin() as connection:
        version_id = load_article(connection, BODY)
        load(connection, version_id, FOUND)
        before = touched(connection)
    with every_engine.begin() as connection:
        loaded = load(connection, version_id, FOUND)
        assert loaded.mentions.unchanged_count == 4 and loaded.events.unchanged_count == 1
        assert touched(connection) == before


def test_a_newer_annotator_replaces_what_it_no_longer_finds(connection: Connection, version_id: UUID) -> None:
    load(connection, version_id, FOUND)
    calmer = replace(FOUND.events[0], modes=(), sizes=(), claimed_by=None)
    better = replace(FOUND, mentions=(FOUND.mentions[1],), events=(calmer,))
    loaded = load(connection, version_id, better, "2")
    assert (loaded.mentions.changed_count, loaded.mentions.new_count, loaded.events.changed_count) == (1, 0, 1)
    after = rows(connection)
    assert (after["mentions"], after["quotes"], after["event_modes"], after["event_participants"]) == (1, 1, 0, 2)
    # The speaker's mention is gone, the speaker is not.
    assert connection.execute(text("SELECT speaker_mention_id, speaker_entity_id IS NULL FROM core.quotes")).one() == (None, False)
    load(connection, version_id, Annotations(text_id="1"), "3")
    gone = rows(connection)
    assert [gone[name] for name in TABLES[2:]] == [0] * 7


def test_what_texts_say_fills_gaps_and_overrides_no_reference_table(connection: Connection) -> None:
    load_entities(connection, [ODUYA, BRASK])
    load_entities(connection, [replace(ODUYA, name="Oduya", country_code="KEN"), replace(BRASK, name="Ilan B. Brask")])
    load_entities(connection, [replace(ODUYA, country_code="UGA")])
    found = connection.execute(text("SELECT name, country_code FROM core.entities ORDER BY name")).all()
    assert [tuple(row) for row in found] == [("Ilan B. Brask", "NOR"), ("Marta Oduya", "KEN")]


def test_names_are_folded_and_dated_and_offices_have_their_time(connection: Connection) -> None:
    load_tenures(connection, [Tenure(person=BRASK, title="Prime Minister", country_code="NOR", source="office_holders",
                                     started_date=date(2020, 1, 1), until_date=date(2024, 1, 1))])  # fmt: skip
    alias = EntityAlias(entity_key=BRASK.key, alias="İlan Bråsk", source="text", language="tr")
    assert load_aliases(connection, [alias]).new_count == 1
    assert load_aliases(connection, [replace(alias, source="elsewhere")]).unchanged_count == 1
    assert connection.scalar(text("SELECT alias_folded FROM core.entity_aliases WHERE language = 'tr'")) == "ilan brask"
    assert connection.scalar(text("SELECT ended_date::text FROM core.offices")) == "2023-12-31"


@pytest.mark.parametrize(
    ("name", "script"),
    [("Tokayev", "Latn"), ("Токаев", "Cyrl"), ("北京", "Hani"), ("東京タワー", "Jpan"), ("القاهرة", "Arab"), ("7", None)],
)
def test_the_script_of_a_name_is_that_of_its_letters(name: str, script: str | None) -> None:
    assert script_of(name) == script
