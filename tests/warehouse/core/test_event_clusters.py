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
from warehouse.forgetting import Traces, forget

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
        assert refresh_event_clusters(connection) == (MORNING.date(),)
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
        assert refresh_event_clusters(connection) == ()
        connection.execute(text("INSERT INTO ops.stale_event_days (day) SELECT event_date + 1 FROM core.event_clusters"))
        assert len(refresh_event_clusters(connection)) == 1
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
    annotate(connection, version_id, version="3")
    refresh_event_clusters(connection)
    assert content(connection) == [[], []]


def test_any_order_and_any_batches_lead_to_the_same_clusters(engine: Engine, load_article: LoadArticle) -> None:
    chance = random.Random(3)
    coded = [
        tuple(met(chance.choice(["KEN", "NOR"]), chance.choice(["SWE", None]), status=chance.choice(["actual", "future", "negated"]),
                  on=chance.choice([None, date(2024, 5, 1) + timedelta(days=chance.randrange(12))]))
              for _ in range(chance.randrange(4)))
        for _ in range(14)
    ]  # fmt: skip
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
                    while refresh_event_clusters(connection, limit=5 * seed):
                        pass
            while refresh_event_clusters(connection):
                pass
            found.append(content(connection))
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) > 7
