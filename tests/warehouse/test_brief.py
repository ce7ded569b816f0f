"""The brief's queries run as an analyst would run them, and count days as a clock in the editor's zone does."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from tests.warehouse.test_mart import BODY, annotate
from transforms.annotations.annotation import Annotations, Event, Participant
from transforms.brief.records import Brief, Figure
from transforms.clusters.texts import sign_versions
from warehouse.brief import questions, read_brief, written
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.clusters import load_clusters
from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.core.signatures import read_version_texts
from warehouse.engine import create_warehouse_engine

LoadArticle = Callable[..., UUID]
DAY = date(2024, 5, 31)
NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
ALMATY = ZoneInfo("Asia/Almaty")


def read(connection: Connection, day: date = DAY, zone: ZoneInfo = UTC_ZONE) -> Brief:
    """The brief of a day, made on the day after."""
    return read_brief(connection, day, zone, now=NOON + timedelta(days=1))


def test_every_question_is_a_figure_and_ends_with_a_question_mark() -> None:
    figures = {field.name for field in fields(Brief)} - {"day", "zone", "made_at"}
    assert questions().keys() == figures
    assert all("?" in question.text for question in questions().values())


def test_what_is_printed_is_what_ran_with_nothing_left_to_fill_in() -> None:
    sql = written(questions()["days"], DAY, ALMATY)
    assert "TIMESTAMPTZ '2024-05-31 19:00:00+00'" in sql
    assert "'Asia/Almaty'" in sql and "DATE '2024-05-31'" in sql
    assert not any(f" :{name}" in sql for name in ("day", "since", "until", "zone"))


def test_an_analyst_gets_the_same_answers(engine: Engine, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1", captured_at=NOON))
        ours = read(connection)
    analyst = create_warehouse_engine(engine.url.set(username="dateline_analyst").render_as_string())
    with analyst.connect() as connection:
        theirs = read(connection)
    analyst.dispose()
    assert theirs == ours
    assert [row.name for row in ours.names.rows if row.kind == "person"] == ["Marta Oduya"]
    assert ours.days.rows[-1].article_count == 1


def test_a_warehouse_without_articles_has_a_brief_too(connection: Connection) -> None:
    brief = read(connection)
    assert [day.article_count for day in brief.days.rows] == [0] * 8
    assert brief.extent.rows[0].first_day is None
    assert brief.stories.rows == brief.names.rows == brief.publishers.rows == ()


def test_a_day_is_that_of_the_editors_clock(connection: Connection, load_article: LoadArticle) -> None:
    late = datetime(2024, 5, 31, 20, 30, tzinfo=UTC)  # half past one on 1 June in Almaty
    load_article(connection, "A ferry sank in the bay.", external_id="1", captured_at=late, published_at_precision="second")
    assert read(connection).days.rows[-1].article_count == 1
    assert read(connection, zone=ALMATY).days.rows[-1].article_count == 0
    tomorrow = read(connection, DAY + timedelta(days=1), ALMATY)
    assert tomorrow.days.rows[-1].article_count == 1
    assert [(row.hour, row.own_count) for row in tomorrow.hours.rows] == [(1, 1)]


def test_the_week_before_is_beside_the_day(connection: Connection, load_article: LoadArticle) -> None:
    for number, days_ago in enumerate((0, 0, 1, 3, 7, 8)):
        load_article(
            connection, f"Text {number} about something else.", external_id=str(number),
            captured_at=NOON - timedelta(days=days_ago),
        )  # fmt: skip
    brief = read(connection)
    assert [day.article_count for day in brief.days.rows] == [1, 0, 0, 0, 1, 0, 1, 2]
    [publisher] = brief.publishers.rows
    assert publisher.counts == [1, 0, 0, 0, 1, 0, 1, 2]


def opening(body: str, actor: str, recipient: str | None, *, sentence: int = 0) -> Event:
    """A meeting, told in a sentence of `body`."""
    return Event(
        sentence=sentence, start=0, end=len(body), trigger_start=0, trigger_end=3, event_type="CONSULT", quad_class=1, coder="frames",
        actors=(Participant(text=actor, country_code=actor, sector="GOV"),),
        recipients=(Participant(text=recipient, country_code=recipient, sector="GOV"),) if recipient else (),
    )  # fmt: skip


def test_texts_that_open_with_the_same_event_are_one_story_with_their_copies(connection: Connection, load_article: LoadArticle) -> None:
    told = "Orlu met Brask in Harbour City on Friday, and both sides spoke of a good day for trade between them."
    texts = [
        ("harbour-wire", told, opening(told, "KEN", "NOR")),
        ("paper-one", told, opening(told, "KEN", "NOR")),
        ("coast-daily", "Brask received Orlu.", opening("Brask received Orlu.", "NOR", "KEN")),
        ("quiet-courier", "A ferry sank. Orlu met Brask.", opening("Orlu met Brask.", "KEN", "NOR", sentence=1)),
        ("late-post", "Orlu held talks.", opening("Orlu held talks.", "KEN", None)),
        ("hill-news", "Orlu talked at length.", opening("Orlu talked at length.", "KEN", None)),
    ]
    versions = [
        load_article(connection, body, external_id=str(number), publisher=publisher, captured_at=NOON + timedelta(minutes=number))
        for number, (publisher, body, _) in enumerate(texts)
    ]
    load_clusters(connection, sign_versions(read_version_texts(connection, versions).values()))
    for version_id, (_, _, event) in zip(versions, texts, strict=True):
        found = Annotations(text_id="1", events=(event,))
        load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version="1")
    refresh_event_clusters(connection)
    rows = read(connection).stories.rows
    assert [(row.title, row.article_count, row.publisher_count, row.source_count) for row in rows] == [
        (told, 3, 3, 2), ("Orlu talked at length.", 1, 1, 1), ("Orlu held talks.", 1, 1, 1), ("A ferry sank. Orlu met Brask.", 1, 1, 1)
    ]
    assert rows[0].story_count == 4


def test_a_publisher_that_fell_silent_comes_first(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, "Heard today.", external_id="1", publisher="harbour-wire", captured_at=NOON)
    load_article(
        connection, "Heard last week.", external_id="2", publisher="quiet-courier", captured_at=NOON - timedelta(days=2)
    )
    rows = read(connection).publishers.rows
    assert [(row.publisher_name, row.today) for row in rows] == [("Quiet Courier", 0), ("Harbour Wire", 1)]
    assert rows[0].last_published_at == NOON - timedelta(days=2)


def test_a_correction_stands_beside_what_it_corrects(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, "The ferry had 14 people aboard.", external_id="1", headline="Ferry sinks", captured_at=NOON)
    load_article(
        connection, "The ferry had 40 people aboard.", external_id="1", headline="CORRECTED: Ferry sinks",
        captured_at=NOON + timedelta(hours=1),
    )  # fmt: skip
    [row] = read(connection).corrections.rows
    assert (row.change_kind, row.previous_headline, row.headline) == ("correction", "Ferry sinks", "CORRECTED: Ferry sinks")
    assert (row.correction_count, row.kill_count) == (1, 0)


def test_a_query_that_takes_too_long_is_stopped_and_the_others_answer(engine: Engine) -> None:
    with engine.begin() as someone_else, engine.connect() as connection:
        someone_else.exec_driver_sql("LOCK TABLE ops.windows")
        brief = read_brief(connection, DAY, UTC_ZONE, now=NOON, seconds=2)
    assert brief.gaps.failure == "This query was stopped after 2 seconds."
    assert brief.checks.failure is None
    assert "SELECT" in brief.days.sql


def test_all_figures_know_their_question(connection: Connection) -> None:
    brief = read(connection)
    for name, question in questions().items():
        figure = getattr(brief, name)
        assert isinstance(figure, Figure)
        assert (figure.name, figure.question) == (name, question.text)
