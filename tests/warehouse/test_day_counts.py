"""Counts by day equal what they count, and only days that changed are made anew."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import Annotations, Entity, Event, Mention, Participant
from transforms.articles.article import Dateline
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.day_counts import mark_stale_clusters, refresh_all_day_counts, refresh_day_counts

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
NEXT_DAY = MORNING + timedelta(days=1)
BODY = "Oduya met Brask in Harbour City."
LoadArticle = Callable[..., UUID]
TABLES = ("article_days", "entity_days", "event_days")


def annotate(connection: Connection, version_id: UUID) -> None:
    oduya = Entity(key="oduya", name="Marta Oduya", kind="person", country_code="KEN")
    mentions = tuple(
        Mention(start=start, end=start + 5, text=BODY[start : start + 5], kind="person", entity=oduya, annotator="rules")
        for start in (0, 10)
    )
    met = Event(
        sentence=0, start=0, end=32, trigger_start=6, trigger_end=9, event_type="CONSULT", quad_class=1, coder="frames",
        goldstein=2.0, actors=(Participant(text="Oduya", entity=oduya),),
        recipients=(Participant(text="Brask", country_code="NOR"), Participant(text="Harbour City", country_code="SWE")),
    )  # fmt: skip
    # Who writes, in the dateline, is not in the news.
    agency = Entity(key="agency", name="Harbour Wire", kind="organization")
    writes = Mention(field="dateline", start=0, end=12, text="Harbour Wire", kind="organization", entity=agency, annotator="rules")
    found = Annotations(text_id="1", mentions=(*mentions, writes), events=(met,))
    load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version="1")


def rows(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM mart.{table}")))


def touched(connection: Connection) -> set[str]:
    return {row for name in TABLES for row in connection.scalars(text(f"SELECT ctid::text || xmin FROM core.{name}"))}


def test_articles_entities_and_pairs_of_countries_are_counted(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1", dateline=Dateline(text="Harbour Wire")))
        load_article(connection, "Another text.", external_id="2", captured_at=NEXT_DAY, language=None)
        assert refresh_day_counts(connection) == (date(2024, 5, 1), date(2024, 5, 2))
        assert [row[1:] for row in connection.execute(text("SELECT * FROM mart.article_days ORDER BY day"))] == [
            ("harbour-wire", "en", 1, 1, 0, 6, 0, 0),
            ("harbour-wire", None, 1, 1, 0, 2, 0, 0),
        ]
        [entity] = rows(connection, "entity_days")
        assert rows(connection, "co_mentions") == []
        assert entity[2:] == ("Marta Oduya", "person", "KEN", 1, 1, 2)
        pairs = {(row[1], row[2], row[3], row[6], row[8]) for row in rows(connection, "event_days")}
        assert pairs == {("KEN", "NOR", "CONSULT", 1, 2.0), ("KEN", "SWE", "CONSULT", 1, 2.0)}


def test_what_did_not_change_is_not_counted_again_and_not_written(engine: Engine, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        version_id = load_article(connection, BODY, external_id="1", dateline=Dateline(text="Harbour Wire"))
        annotate(connection, version_id)
        assert refresh_day_counts(connection) == (date(2024, 5, 1),)
        before = touched(connection)
    with engine.begin() as connection:
        annotate(connection, version_id)
        assert refresh_day_counts(connection) == ()
        assert refresh_all_day_counts(connection) == 1
        assert touched(connection) == before


def test_a_kill_takes_its_article_out_of_the_counts(connection: Connection, load_article: LoadArticle) -> None:
    annotate(connection, load_article(connection, BODY, external_id="1", dateline=Dateline(text="Harbour Wire")))
    refresh_day_counts(connection)
    load_article(connection, "KILL: do not use.", external_id="1", captured_at=NEXT_DAY, change_hint="kill",
                 pub_status="canceled", modified_at=NEXT_DAY)  # fmt: skip
    assert refresh_day_counts(connection) == (date(2024, 5, 1), date(2024, 5, 2))
    assert rows(connection, "entity_days") == rows(connection, "event_days") == []
    [row] = rows(connection, "article_days")
    assert (row[0], row[3], row[8]) == (date(2024, 5, 2), 0, 1)


def test_a_change_of_clusters_makes_their_days_stale(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, BODY, external_id="1", dateline=Dateline(text="Harbour Wire"))
    refresh_day_counts(connection)
    connection.execute(
        text(
            "INSERT INTO core.clusters (cluster_id, member_count, publisher_count, clusterer_version)"
            " VALUES (md5('1')::uuid, 1, 1, '1')"
        )
    )
    connection.execute(
        text(
            "INSERT INTO core.cluster_members (article_id, cluster_id, article_version_id, relation, is_wire_copy)"
            " SELECT article_id, md5('1')::uuid, article_version_id, 'near', true FROM core.article_versions"
        )
    )
    cluster_id = connection.scalars(text("SELECT cluster_id FROM core.clusters")).one()
    assert mark_stale_clusters(connection, [cluster_id]) == 1
    assert refresh_day_counts(connection) == (date(2024, 5, 1),)
    [row] = rows(connection, "article_days")
    assert row[3:6] == (1, 0, 1)
