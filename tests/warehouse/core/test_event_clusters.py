"""Event clusters equal what current texts state, whatever the order; only what changed is written."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import Annotations, Event, EventStatus, Participant
from transforms.clusters.texts import sign_versions
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.clusters import load_clusters
from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.core.signatures import read_version_texts
from warehouse.core.stale_events import mark_all_events_stale, mark_stale_events
from warehouse.forgetting import Traces, forget
from warehouse.migrate import migrate

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
BODY = "Orlu met Brask in Harbour City. They agreed on nothing else of note in their talks, aides of both sides said."
LoadArticle = Callable[..., UUID]
TABLES = ("event_clusters", "event_cluster_members")


def met(actor: str | None = "KEN", recipient: str | None = "NOR", *, status: EventStatus = "actual", on: date | None = None) -> Event:
    return Event(
        sentence=0, start=0, end=31, trigger_start=5, trigger_end=8, event_type="CONSULT", quad_class=1, coder="frames",
        status=status, event_date=on, date_precision="day" if on else None,
        actors=(Participant(text="Orlu", country_code=actor, sector="GOV"),) if actor else (),
        recipients=(Participant(text="Brask", country_code=recipient),) if recipient else (),
    )  # fmt: skip


def annotate(connection: Connection, version_id: UUID, *events: Event, version: str = "1") -> None:
    found = Annotations(text_id="1", events=events)
    load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version=version)


def clusters(connection: Connection) -> list[tuple[Any, ...]]:
    query = "SELECT event_date, status, event_count, article_count, report_count, source_count FROM mart.event_clusters ORDER BY 1, 2"
    return [tuple(row) for row in connection.execute(text(query))]


def stored(connection: Connection) -> list[Any]:
    return [connection.execute(text(f"SELECT ctid::text, xmin::text, t.* FROM core.{name} t ORDER BY t::text")).all() for name in TABLES]


def content(connection: Connection) -> list[Any]:
    return [connection.execute(text(f"SELECT t.* FROM core.{name} t ORDER BY t::text")).all() for name in TABLES]


def test_reports_of_one_meeting_are_one_event_and_copies_count_once(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        own = load_article(connection, BODY, external_id="1")
        copies = [load_article(connection, BODY, external_id=f"c{number}", publisher=f"paper-{number}",
                               captured_at=MORNING + timedelta(hours=number))
                  for number in (1, 2)]  # fmt: skip
        other = load_article(connection, "Brask received Orlu. " + "Other words of a paper of its own follow. " * 5, external_id="9",
                             publisher="coast-daily", captured_at=MORNING + timedelta(hours=3))  # fmt: skip
        versions = [own, *copies, other]
        load_clusters(connection, sign_versions(read_version_texts(connection, versions).values()))
        for version_id in versions:
            annotate(connection, version_id, met() if version_id != other else met("NOR", "KEN"), met(status="negated"))
        assert refresh_event_clusters(connection) == sorted(versions)
        [row] = clusters(connection)
        assert row[2:] == (4, 4, 2, 2)
        [(sentence, is_copy)] = connection.execute(text(
            "SELECT sentence, is_wire_copy FROM mart.event_clusters c JOIN mart.articles a ON a.article_id = representative_article_id"
        )).all()  # fmt: skip
        assert (sentence, is_copy) == (BODY[:31], False)
        assert connection.scalar(text("SELECT count(event_cluster_id) FROM mart.events")) == 4


def test_nothing_changed_is_nothing_written(engine: Engine, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        version_id = load_article(connection, BODY, external_id="1")
        annotate(connection, version_id, met())
        assert len(refresh_event_clusters(connection)) == 1
        before = stored(connection)
        assert all(before)
    with engine.begin() as connection:
        annotate(connection, version_id, met())
        assert refresh_event_clusters(connection) == []
        mark_stale_events(connection, [version_id])
        assert refresh_event_clusters(connection) == [version_id]
        assert stored(connection) == before


def test_a_kill_and_a_take_down_remove_what_they_stated(connection: Connection, load_article: LoadArticle) -> None:
    for number in (1, 2, 3):
        annotate(connection, load_article(connection, f"{BODY} {number}", external_id=str(number)), met())
    refresh_event_clusters(connection)
    assert [row[2] for row in clusters(connection)] == [3]
    load_article(connection, "KILL: do not use.", external_id="1", captured_at=MORNING + timedelta(days=3), change_hint="kill",
                 pub_status="canceled", modified_at=MORNING + timedelta(days=3))  # fmt: skip
    refresh_event_clusters(connection)
    assert [row[2] for row in clusters(connection)] == [2]
    article_ids = connection.scalars(text("SELECT article_id FROM core.articles WHERE external_id IN ('2', '3') ORDER BY 1")).all()
    forget(connection, Traces(urls=(), article_ids=tuple(article_ids)), reason="asked", requested_by=None)
    refresh_event_clusters(connection)
    assert content(connection) == [[], []]


def test_an_event_that_moves_to_another_day_leaves_nothing_behind(connection: Connection, load_article: LoadArticle) -> None:
    version_id = load_article(connection, BODY, external_id="1")
    annotate(connection, version_id, met(on=date(2024, 1, 1)))
    refresh_event_clusters(connection)
    annotate(connection, version_id, met(on=date(2024, 3, 1)), version="2")
    refresh_event_clusters(connection)
    assert [row[0] for row in clusters(connection)] == [date(2024, 3, 1)]
    annotate(connection, version_id, met(on=date(2024, 2, 1), status="negated"), version="3")
    refresh_event_clusters(connection)
    assert content(connection) == [[], []]


def coded_at_random(chance: random.Random) -> tuple[Event, ...]:
    """Up to two statements, nearly all of one group, on days so close to each other that runs grow, meet and break."""
    return tuple(
        met(chance.choice(["KEN"] * 8 + ["NOR", None]), chance.choice(["SWE"] * 8 + [None]),
            status=chance.choice(["actual"] * 8 + ["future", "negated"]),
            on=chance.choice([None, *(date(2024, 5, 1) + timedelta(days=number) for number in range(16))]))
        for _ in range(chance.choice([0, 1, 1, 2]))
    )  # fmt: skip


def refresh_all(connection: Connection, limit: int) -> None:
    while refresh_event_clusters(connection, limit=limit):
        pass


def without_last_days(connection: Connection) -> list[Any]:
    return [connection.scalars(text(f"SELECT to_jsonb(t) - 'last_day' FROM core.{name} t ORDER BY t::text")).all() for name in TABLES]


def of_all_texts_at_once(connection: Connection, read: Callable[[Connection], list[Any]] = content) -> list[Any]:
    """What the clusters would be if all were made now; nothing is changed."""
    with connection.begin_nested() as trial:
        mark_all_events_stale(connection)
        refresh_all(connection, 1000)
        found = read(connection)
        trial.rollback()
    return found


def test_after_any_change_the_clusters_are_those_of_all_texts_at_once(engine: Engine, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        loaded = [load_article(connection, f"{BODY} {number}", external_id=str(number), captured_at=MORNING + timedelta(days=number % 7))
                  for number in range(15)]  # fmt: skip
    for seed in range(4):
        chance, versions = random.Random(seed), loaded
        leaving = chance.sample(range(15), 15)
        with engine.connect() as connection:
            for version_id in versions:
                annotate(connection, version_id, *coded_at_random(chance))
            refresh_all(connection, 4)
            for step in range(18):
                act = chance.random()
                if act < 0.9:
                    annotate(connection, chance.choice(versions), *coded_at_random(chance), version=f"2.{step}")
                elif act < 0.95:
                    load_article(connection, "KILL: do not use.", external_id=str(leaving.pop()), captured_at=MORNING + timedelta(days=9),
                                 change_hint="kill", pub_status="canceled", modified_at=MORNING + timedelta(days=9))  # fmt: skip
                else:
                    query = text("SELECT article_id FROM core.articles WHERE external_id = :id")
                    gone = connection.scalars(query, {"id": str(leaving.pop())}).all()
                    forget(connection, Traces(urls=(), article_ids=tuple(gone)), reason="asked", requested_by=None)
                    left = connection.scalars(text("SELECT article_version_id FROM core.article_versions")).all()
                    versions = [one for one in versions if one in left]
                refresh_all(connection, chance.choice([1, 100]))
                assert content(connection) == of_all_texts_at_once(connection)
            assert len(content(connection)[0]) > 3


def test_last_days_that_an_upgrade_estimated_change_no_cluster(engine: Engine, load_article: LoadArticle) -> None:
    chance = random.Random(5)
    with engine.begin() as connection:
        versions = [load_article(connection, f"{BODY} {number}", external_id=str(number), captured_at=MORNING + timedelta(days=number % 7))
                    for number in range(15)]  # fmt: skip
        for version_id in versions:
            annotate(connection, version_id, *coded_at_random(chance))
        refresh_all(connection, 100)
        for step in range(40):
            connection.execute(text("UPDATE core.event_clusters SET last_day = event_date + 2"))
            annotate(connection, chance.choice(versions), *coded_at_random(chance), version=f"2.{step}")
            refresh_all(connection, 100)
            assert without_last_days(connection) == of_all_texts_at_once(connection, without_last_days)


def test_a_long_run_stays_an_event_of_each_day_when_something_changes_near_one_end(connection: Connection, load_article: LoadArticle) -> None:
    days = [date(2024, 5, day) for day in (1, 2, 3, 4, 5, 6, 10, 14, 15, 16, 17, 18, 19)]
    versions = {day: load_article(connection, f"{BODY} {day}", external_id=str(day)) for day in days}
    for day in days:
        if day.day != 10:
            annotate(connection, versions[day], met(on=day))
    refresh_event_clusters(connection)
    before = [row[0] for row in clusters(connection)]
    assert before == [day for day in days if day.day != 10]
    annotate(connection, versions[date(2024, 5, 10)], met(on=date(2024, 5, 10)))
    refresh_event_clusters(connection)
    assert [row[0] for row in clusters(connection)] == days
    assert content(connection) == of_all_texts_at_once(connection)


def test_clusters_of_other_rules_are_made_anew(engine: Engine, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        annotate(connection, load_article(connection, BODY, external_id="1"), met())
        refresh_event_clusters(connection)
        expected = content(connection)
    assert migrate(engine) == ()
    with engine.begin() as connection:
        connection.execute(text("UPDATE core.event_clusters SET clusterer_version = '0', event_type = 'AID'"))
    assert migrate(engine) == ("The next run clusters all events anew: the rules changed.",)
    with engine.begin() as connection:
        refresh_event_clusters(connection)
        assert content(connection) == expected


def test_any_order_and_any_batches_lead_to_the_same_clusters(engine: Engine, load_article: LoadArticle) -> None:
    chance = random.Random(3)
    coded = [coded_at_random(chance) for _ in range(14)]
    with engine.begin() as connection:
        versions = [load_article(connection, f"{BODY} {number}", external_id=str(number), captured_at=MORNING + timedelta(days=number % 5))
                    for number in range(14)]  # fmt: skip
    found = []
    for seed in (1, 2, 3):
        with engine.connect() as connection:
            pairs = list(zip(versions, coded, strict=True))
            random.Random(seed).shuffle(pairs)
            for number, (version_id, events) in enumerate(pairs):
                annotate(connection, version_id, *events)
                if number % (4 * seed) == 0:
                    refresh_all(connection, 5 * seed)
            refresh_all(connection, 100)
            found.append(content(connection))
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) > 4
