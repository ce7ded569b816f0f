"""Entities that texts name differently are one, in any order of loading; a person's word stands."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import Annotations, Entity, Event, Mention, Participant
from transforms.entities.keys import found_key
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.entities import entity_id, load_entities
from warehouse.core.entity_groups import regroup_entities, settle_entities
from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.day_counts import refresh_day_counts
from warehouse.ops.judgements import StoredJudgement, record_judgement, revoke_judgement

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
BODY = "Marta Oduya met Ilan Brask in Harbour City, and Марта Одуя stayed."
LoadArticle = Callable[..., UUID]


def person(name: str, country: str | None = None, office: str | None = None) -> Entity:
    return Entity(key=found_key("person", name, country, office), name=name, kind="person", country_code=country, office=office)


LATIN, CYRILLIC, VAGUE = person("Marta Oduya", "KEN", "Minister"), person("Марта Одуя", "KEN"), person("M. Oduya", "KEN")
COACH = person("Marta Oduya", "UGA", "Coach")


def settle(connection: Connection, *, limit: int = 5000) -> None:
    while settle_entities(connection, limit=limit):
        pass


def annotate(connection: Connection, version_id: UUID, *named: Entity) -> None:
    found = Annotations(
        text_id="1",
        mentions=tuple(
            Mention(start=number, end=number + 1, text=one.name, kind="person", entity=one, annotator="rules")
            for number, one in enumerate(named)
        ),
        events=tuple(
            Event(
                sentence=0, start=0, end=43, trigger_start=12, trigger_end=15, event_type="ACCUSE", quad_class=3, coder="frames",
                actors=(Participant(text=one.name, country_code="KEN", sector="OPP", entity=one),),
            )
            for one in named[:1]
        ),
    )  # fmt: skip
    load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version="1")


def survivors(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text(
        "SELECT e.entity_key, g.entity_key FROM core.entities e JOIN core.entities g ON g.entity_id = e.resolved_id"
        " WHERE e.merged_into_id IS NOT NULL"))  # fmt: skip
    return {row[0]: row[1] for row in rows}


def judge(connection: Connection, kind: Any, left: Entity, right: Entity | None, *, minute: int = 0) -> UUID:
    ids = [entity_id(left.key), entity_id(right.key) if right else None]
    judgement_id = record_judgement(connection, StoredJudgement(
        kind=kind, left_id=ids[0] or UUID(int=0), right_id=ids[1], judge="Aida", reason="seen", made_at=NOW.replace(minute=minute)))  # fmt: skip
    regroup_entities(connection, {one for one in ids if one})
    return judgement_id


def test_spellings_become_one_in_views_and_search_and_namesakes_do_not(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1"), LATIN, CYRILLIC, VAGUE, COACH)
        settle(connection)
        assert survivors(connection) == {CYRILLIC.key: LATIN.key, VAGUE.key: LATIN.key}
        [(aliases,)] = connection.execute(text("SELECT aliases FROM mart.entities WHERE country_code = 'KEN'")).all()
        assert set(aliases) == {"Marta Oduya", "Марта Одуя", "M. Oduya"}
        named = connection.execute(text("SELECT entity_name, count(*) FROM mart.mentions GROUP BY entity_id, entity_name ORDER BY 2")).all()
        assert [tuple(row) for row in named] == [("Marta Oduya", 1), ("Marta Oduya", 3)]
        for query in ("Марта Одуя", "marta oduya"):
            first = connection.execute(text("SELECT entity_id FROM mart.search_entities(:name)"), {"name": query}).scalars().all()
            assert entity_id(LATIN.key) in first
            assert entity_id(CYRILLIC.key) not in first


def test_any_order_and_any_batches_lead_to_the_same_rows(engine: Engine) -> None:
    names = ["Marta Oduya", "M. Oduya", "MARTA ODUYA", "Marta A. Oduya", "Марта Одуя", "Ilan Brask", "I. Brask"]
    people = [person(name, country, office) for name in names for country in ("KEN", "UGA", None) for office in ("Minister", "Coach", None)]
    people.append(Entity(key="person:Q1", name="Ilan Brask", kind="person", country_code="KEN", is_known=True))
    found = []
    for seed in (1, 2, 3):
        with engine.connect() as connection:
            shuffled = random.Random(seed).sample(people, len(people))
            for first in range(0, len(shuffled), seed * 7):
                load_entities(connection, shuffled[first : first + seed * 7])
                settle(connection, limit=seed * 5)
            found.append(connection.execute(text("SELECT * FROM core.entities ORDER BY entity_id")).all())
    assert found[0] == found[1] == found[2]
    assert sum(row.merged_into_id is not None for row in found[0]) > 10


def test_settling_again_writes_nothing(engine: Engine, load_article: LoadArticle) -> None:
    def touched(connection: Connection) -> list[Any]:
        return list(connection.execute(text("SELECT ctid::text, xmin::text FROM core.entities ORDER BY 1")))

    with engine.begin() as connection:
        version_id = load_article(connection, BODY, external_id="1")
        annotate(connection, version_id, LATIN, CYRILLIC)
        settle(connection)
    with engine.begin() as connection:
        before = touched(connection)
        annotate(connection, version_id, LATIN, CYRILLIC)
        assert settle_entities(connection) == []
        regroup_entities(connection, [entity_id(LATIN.key)])
        assert touched(connection) == before


def test_a_merge_makes_counts_and_event_clusters_follow(connection: Connection, load_article: LoadArticle) -> None:
    brask, other = person("Ilan Brask", "NOR"), person("I. Brask-Holm", "NOR")
    for number, one in enumerate((brask, other)):
        annotate(connection, load_article(connection, f"{BODY} {number}", external_id=str(number)), one)
    settle(connection)

    def counted() -> tuple[int, int]:
        refresh_event_clusters(connection)
        refresh_day_counts(connection)
        queries = ("SELECT count(*) FROM mart.event_clusters", "SELECT count(*) FROM mart.entity_days")
        return (connection.scalar(text(queries[0])) or 0, connection.scalar(text(queries[1])) or 0)

    assert counted() == (2, 2)
    judgement_id = judge(connection, "entity_merge", brask, other)
    assert counted() == (1, 1)
    assert connection.scalar(text("SELECT article_count FROM mart.entity_days")) == 2
    assert revoke_judgement(connection, judgement_id, NOW) is not None
    regroup_entities(connection, [entity_id(brask.key)])
    assert counted() == (2, 2)
    assert revoke_judgement(connection, judgement_id, NOW) is None


def test_judgements_survive_loading_and_settling_again(connection: Connection, load_article: LoadArticle) -> None:
    version_id = load_article(connection, BODY, external_id="1")
    annotate(connection, version_id, LATIN, CYRILLIC, COACH)
    settle(connection)
    judge(connection, "entity_split", LATIN, CYRILLIC)
    judge(connection, "entity_merge", COACH, LATIN, minute=1)
    expected = {LATIN.key: COACH.key}
    assert survivors(connection) == expected
    annotate(connection, version_id)
    annotate(connection, version_id, LATIN, CYRILLIC, COACH)
    connection.execute(text("UPDATE core.entities SET name_key = NULL"))
    settle(connection)
    assert survivors(connection) == expected
    judge(connection, "entity_merge", LATIN, CYRILLIC, minute=2)
    assert survivors(connection)[CYRILLIC.key] == COACH.key
