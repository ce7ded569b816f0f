"""What analysts see: current texts, their history, and who did what to whom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from transforms.annotations.annotation import Annotations, Entity, Event, Mention, Participant
from transforms.articles.article import Rejection
from transforms.failures import ConfigurationError
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.engine import create_warehouse_engine
from warehouse.mart import drop, statements
from warehouse.migrate import migrate
from warehouse.ops.rejections import Refused, load_rejections
from warehouse.raw.captures import Capture, load_captures

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)
EVENING = MORNING + timedelta(hours=10)
LoadArticle = Callable[..., UUID]

BODY = "HARBOUR CITY - Marta Oduya thanked Ilan Brask on Monday.\n\nThe ministers signed nothing else."
FIRST = "The bridge opens on Monday, the city said. Tolls begin a week later for all lorries."
SECOND = "The bridge opens on Tuesday, the city said. Tolls begin a week later for all lorries."


def rows(connection: Connection, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query), parameters)]


def annotate(connection: Connection, version_id: UUID) -> None:
    oduya = Entity(key="person:oduya", name="Marta Oduya", kind="person", country_code="KEN", sector="GOV")
    start = BODY.index("Marta")
    found = Annotations(
        text_id="1",
        mentions=(Mention(start=start, end=start + 11, text="Marta Oduya", kind="person", entity=oduya, annotator="rules"),),
        events=(
            Event(
                sentence=0, start=start, end=BODY.index("\n"), trigger_start=27, trigger_end=34, event_type="SUPPORT",
                modes=("praise",), quad_class=1, coder="frames",
                actors=(Participant(text="Oduya", entity=oduya),),
                recipients=(Participant(text="Ilan Brask", country_code="NOR", sector="GOV"),),
            ),
        ),
    )  # fmt: skip
    load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version="1")


def test_every_view_answers_and_the_dictionary_lists_it(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1"))
        names = connection.scalars(
            text("SELECT object_name FROM mart.data_dictionary WHERE position = 0 AND object_kind <> 'function'")
        ).all()
        assert len(names) >= 18
        for name in names:
            connection.execute(text(f"SELECT * FROM mart.{name}")).all()
        assert rows(connection, "SELECT object_name, column_name FROM mart.data_dictionary WHERE description IS NULL") == []


def test_an_article_without_headline_is_shown_by_its_beginning(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, BODY, external_id="1", authors=("A. Writer", "B. Writer"))
    [row] = rows(connection, "SELECT display_title, headline, paragraph_count, word_count, authors FROM mart.articles")
    assert row == (BODY.split("\n")[0], None, 2, 15, ["A. Writer", "B. Writer"])


def test_a_correction_stands_beside_what_it_corrects(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, FIRST, external_id="1", headline="Bridge opens Monday")
    load_article(connection, SECOND, external_id="1", headline="Bridge opens Tuesday", captured_at=NOON,
                 change_hint="correction", ed_note="Corrects the day.", modified_at=NOON)  # fmt: skip
    assert rows(connection, "SELECT headline, previous_headline FROM mart.corrections") == [
        ("Bridge opens Tuesday", "Bridge opens Monday")
    ]
    assert rows(connection, "SELECT headline FROM mart.articles") == [("Bridge opens Tuesday",)]
    as_of = "SELECT headline FROM mart.articles_as_of(:at, :known_at)"
    for at, known_at, expected in (
        (MORNING, EVENING, ["Bridge opens Monday"]),
        (EVENING, EVENING, ["Bridge opens Tuesday"]),
        (EVENING, MORNING, ["Bridge opens Monday"]),
        (MORNING - timedelta(days=1), EVENING, []),
    ):
        assert connection.scalars(text(as_of), {"at": at, "known_at": known_at}).all() == expected


def test_a_kill_reaches_every_view(connection: Connection, load_article: LoadArticle) -> None:
    version_id = load_article(connection, BODY, external_id="1")
    annotate(connection, version_id)
    views = ("articles", "unique_articles", "mentions", "events", "event_participants")
    assert all(rows(connection, f"SELECT 1 FROM mart.{view}") for view in views)
    load_article(connection, "KILL: do not use.", external_id="1", captured_at=NOON, change_hint="kill",
                 pub_status="canceled", modified_at=NOON)  # fmt: skip
    assert not any(rows(connection, f"SELECT 1 FROM mart.{view}") for view in views)
    assert rows(connection, "SELECT pub_status FROM mart.all_articles") == [("canceled",)]
    assert rows(connection, "SELECT change_kind FROM mart.article_versions ORDER BY version_number") == [("initial",), ("kill",)]


def test_an_embargoed_article_waits(connection: Connection, load_article: LoadArticle) -> None:
    load_article(connection, BODY, external_id="1", embargoed_until=datetime.now(UTC) + timedelta(hours=1))
    assert rows(connection, "SELECT 1 FROM mart.articles") == []
    assert rows(connection, "SELECT 1 FROM mart.all_articles") == [(1,)]


def test_an_event_says_who_did_what_to_whom_in_which_sentence(connection: Connection, load_article: LoadArticle) -> None:
    annotate(connection, load_article(connection, BODY, external_id="1"))
    [row] = rows(
        connection,
        "SELECT actors, actor_countries, event_type, modes, recipients, recipient_countries, sentence, day::text FROM mart.events",
    )
    assert row == (
        ["Marta Oduya"], ["KEN"], "SUPPORT", ["praise"], ["Ilan Brask"], ["NOR"],
        "Marta Oduya thanked Ilan Brask on Monday.", "2024-05-01",
    )  # fmt: skip


def test_two_entities_that_are_the_same_are_one(connection: Connection, load_article: LoadArticle) -> None:
    annotate(connection, load_article(connection, BODY, external_id="1"))
    connection.execute(
        text(
            "INSERT INTO core.entities (entity_id, entity_key, name, kind)"
            " VALUES ('00000000-0000-0000-0000-000000000001', 'x', 'M. Oduya', 'person')"
        )
    )
    connection.execute(
        text("UPDATE core.entities SET merged_into_id = '00000000-0000-0000-0000-000000000001' WHERE name = 'Marta Oduya'")
    )
    assert rows(connection, "SELECT entity_name FROM mart.mentions") == [("M. Oduya",)]
    assert rows(connection, "SELECT name FROM mart.entities") == [("M. Oduya",)]
    assert rows(connection, "SELECT actors FROM mart.events") == [(["M. Oduya"],)]


def test_a_text_that_may_not_be_shown_is_hidden_everywhere(connection: Connection, load_article: LoadArticle) -> None:
    annotate(connection, load_article(connection, BODY, external_id="1"))
    connection.execute(text("UPDATE core.publishers SET is_full_text_shown = false"))
    for query in (
        "SELECT body FROM mart.articles",
        "SELECT body FROM mart.article_versions",
        "SELECT body FROM mart.articles_as_of(now())",
        "SELECT sentence FROM mart.events",
    ):
        assert rows(connection, query) == [(None,)]


def test_reasons_for_dropping_are_counted(connection: Connection) -> None:
    captures = [Capture(kind="file", path=str(n), fetched_at=MORNING, content=b"%d" % n) for n in range(3)]
    given = [
        Refused(capture_id=one, document_number=1, rejection=Rejection(document_id="", reason="too_short", detail="Short."))
        for one in load_captures(connection, captures).new_ids
    ]
    load_rejections(connection, given, stage_version="1")
    assert rows(connection, "SELECT outcome, reason, document_count FROM mart.drop_reasons") == [("rejected", "too_short", 3)]


def test_the_mart_can_be_dropped_and_made_again(engine: Engine) -> None:
    with engine.begin() as connection:
        drop(connection)
        assert rows(connection, "SELECT * FROM pg_class WHERE relnamespace = 'mart'::regnamespace") == []
    [done] = migrate(engine)
    assert done == f"Created the mart anew from {len(statements())} files."


FORBIDDEN = [
    "SELECT * FROM core.articles",
    "SELECT * FROM core.article_versions",
    "SELECT * FROM raw.captures",
    "SELECT * FROM raw.contents",
    "SELECT * FROM ops.runs",
    "SELECT * FROM ops.tombstones",
    "SELECT core.folded('x')",
    "INSERT INTO mart.articles (article_id) VALUES (gen_random_uuid())",
    "UPDATE mart.articles SET headline = ''",
    "DELETE FROM mart.runs",
    "DELETE FROM mart.check_results",
    "UPDATE mart.check_results SET is_passed = true",
    "TRUNCATE core.articles",
    "CREATE TABLE mart.mine (x int)",
    "CREATE TABLE public.mine (x int)",
    "CREATE TEMPORARY TABLE mine (x int)",
    "CREATE VIEW mart.mine AS SELECT 1",
    "CREATE FUNCTION mart.mine() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE EXTENSION dblink",
    "DROP VIEW mart.articles",
    "ALTER VIEW mart.articles RENAME TO mine",
    "COMMENT ON VIEW mart.articles IS 'mine'",
    "ALTER ROLE dateline_analyst SUPERUSER",
    "COPY mart.runs TO '/tmp/stolen'",
    "COPY mart.runs TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    "SELECT lo_import('/etc/passwd')",
    "ALTER SYSTEM SET work_mem = '1TB'",
    "SET ROLE dateline",
    "LOCK TABLE core.articles",
    "SELECT * FROM pg_authid",
    "DO $$ BEGIN EXECUTE 'DELETE FROM core.articles'; END $$",
]


@contextmanager
def as_analyst(engine: Engine, **settings: str) -> Iterator[Connection]:
    """A connection that logged in as an analyst."""
    url = engine.url.set(username="dateline_analyst").render_as_string()
    analyst = create_warehouse_engine(url)
    with analyst.connect() as connection:
        for name, value in settings.items():
            connection.exec_driver_sql(f"SET {name} = {value}")
        yield connection
    analyst.dispose()


@pytest.mark.parametrize("act", FORBIDDEN)
def test_an_analyst_may_not(granted_engine: Engine, act: str) -> None:
    # Read-only is a courtesy that a session can take back; rights are not.
    with (
        as_analyst(granted_engine, transaction_read_only="off") as connection,
        pytest.raises(DBAPIError, match="permission denied|must be |cannot |not automatically updatable|Only roles"),
    ):
        connection.exec_driver_sql(act, execution_options={"no_parameters": True})


def test_an_analyst_reads_every_view_and_calls_every_function(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1"))
    with as_analyst(every_engine) as connection:
        for (name,) in rows(connection, "SELECT viewname FROM pg_views WHERE schemaname = 'mart'"):
            connection.execute(text(f"SELECT * FROM mart.{name}")).all()
        assert len(rows(connection, "SELECT * FROM mart.articles_as_of(now())")) == 1


def test_an_analyst_logs_in_read_only_and_with_a_time_limit(granted_engine: Engine) -> None:
    with as_analyst(granted_engine) as connection:
        shown = [connection.scalar(text(f"SHOW {name}")) for name in ("transaction_read_only", "statement_timeout", "search_path")]
        assert shown == ["on", "1min", "mart"]
        assert rows(connection, "SELECT * FROM articles") == []


def test_what_others_built_on_the_mart_is_neither_dropped_nor_in_the_way_without_a_word(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA theirs"))
        connection.execute(text("CREATE VIEW theirs.by_day AS SELECT day FROM mart.article_days"))
        connection.execute(text("CREATE VIEW theirs.found AS SELECT * FROM mart.search_entities('Oduya')"))
        connection.execute(text("DELETE FROM ops.mart_files"))
    for view, builds_on in (("found", "function mart.search_entities"), ("by_day", "view mart.article_days")):
        with pytest.raises(ConfigurationError, match=rf"view theirs\.{view} depends on {builds_on}.*Drop these first"):
            migrate(engine)
        with engine.begin() as connection:
            connection.execute(text(f"DROP VIEW theirs.{view}"))
    assert "Created the mart anew" in migrate(engine)[0]
