"""Health is measured on the rows themselves: silence, layouts, backlog, dead workers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, insert, text, update

from flows.health.alarms import find_alarms
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops.health import measure
from warehouse.raw.captures import Capture, load_captures
from warehouse.tables.articles import articles
from warehouse.tables.operations import quarantine, rejections, runs, work


def now() -> datetime:
    """The clock when it is asked: a suite may have run for minutes before a test begins."""
    return datetime.now(UTC)



@pytest.fixture
def meridian(connection: Connection) -> UUID:
    load_publishers(connection, [Publisher(code="meridian", name="Meridian", is_active=True)])
    return derived_id("publisher", "meridian")


def publish(connection: Connection, publisher_id: UUID, moments: list[datetime]) -> None:
    connection.execute(
        insert(articles),
        [
            {"article_id": uuid4(), "publisher_id": publisher_id, "identity_kind": "text", "identity_key": str(uuid4()),
             "first_seen_at": moment, "last_seen_at": moment}
            for moment in moments
        ],
    )


def hourly(count: int, *, until: datetime) -> list[datetime]:
    return [until - timedelta(hours=number) for number in range(count)]


def alarms(connection: Connection) -> dict[str, str]:
    return {alarm.code: alarm.sentence for alarm in find_alarms(measure(connection))}


def test_an_empty_warehouse_is_well(connection):
    assert find_alarms(measure(connection)) == ()


def test_a_publisher_that_writes_hourly_and_stops_for_half_a_day_is_silent(connection, meridian):
    publish(connection, meridian, hourly(100, until=now() - timedelta(hours=12)))

    (health,) = measure(connection).publishers
    assert health.usual_pause_seconds == pytest.approx(3600)
    assert health.is_silent
    assert alarms(connection)["publisher_silent"].startswith("meridian has sent nothing new for 12.0 hours")


def test_a_publisher_that_is_usually_slow_is_not_silent(connection, meridian):
    publish(connection, meridian, [now() - timedelta(hours=12 * number) for number in range(1, 50)])
    assert not measure(connection).publishers[0].is_silent


def test_too_few_articles_say_nothing(connection, meridian):
    publish(connection, meridian, hourly(5, until=now() - timedelta(days=5)))
    assert not measure(connection).publishers[0].is_silent


def test_pages_that_are_suddenly_refused_look_like_a_changed_layout(connection, meridian):
    day_before, today = now() - timedelta(days=3), now() - timedelta(hours=2)
    captures = [
        Capture(kind="fetch", fetched_at=moment, content=f"page {number}".encode(), publisher_code="meridian",
                url=f"https://meridian.example/{number}", is_time_known=True)
        for number, moment in enumerate([day_before] * 20 + [today] * 12)
    ]
    load_captures(connection, captures)
    connection.execute(
        insert(rejections),
        [
            {"rejection_id": uuid4(), "capture_id": one.capture_id, "stage": "extract", "reason": "no_body",
             "detail": "No body was found.", "stage_version": "1"}
            for one in captures[26:]
        ],
    )

    (health,) = measure(connection).publishers
    assert (health.rejected_ratio, health.rejected_ratio_before) == (0.5, 0)
    assert "50% of its documents were refused" in alarms(connection)["layout_changed"]


def test_a_layout_that_suddenly_finds_nothing_is_told_and_one_that_never_did_is_not(connection, load_article):
    def load(publisher: str, captured_at: datetime, number: int, warnings: tuple[str, ...]) -> None:
        load_article(connection, f"The ferry sailed on day {number} of the storm.", publisher=publisher, captured_at=captured_at,
                     external_id=f"{publisher}-{number}", warnings=warnings)  # fmt: skip

    for number in range(24):
        captured_at = now() - (timedelta(days=3) if number < 12 else timedelta(hours=2))
        load("changed", captured_at, number, ("layout_missed:body",) if number >= 12 else ())
        load("never", captured_at, number, ("layout_missed:subheadline",))

    changed, never = measure(connection).publishers
    assert (changed.layout_missed_ratio, changed.layout_missed_ratio_before) == (1, 0)
    assert changed.is_layout_changed
    assert not never.is_layout_changed
    assert "its layout missed a field on 100% of its pages" in alarms(connection)["layout_changed"]


def test_a_backlog_dead_workers_and_quarantine_are_told_by_stage(connection):
    rows = [{"stage": "extract", "subject_id": uuid4(), "stage_version": "1"} for _ in range(3)]
    connection.execute(insert(work), rows)
    connection.execute(update(work).values(enqueued_at=now() - timedelta(hours=3)))
    connection.execute(
        update(work).where(work.c.subject_id == rows[0]["subject_id"])
        .values(state="claimed", worker="gone:1", lease_until=now() - timedelta(minutes=1))
    )
    connection.execute(
        insert(quarantine),
        [{"quarantine_id": uuid4(), "stage": "extract", "subject_id": uuid4(), "reason": "RecursionError",
          "detail": "too deep", "attempts": 1, "stage_version": "1"}],
    )

    health = measure(connection)
    (stage,) = health.stages
    assert (stage.pending, stage.claimed, stage.lapsed, health.quarantined) == (2, 1, 1, 1)
    told = alarms(connection)
    assert told["leases_lapsed"] == "1 claims of dead workers in stage extract: run `dateline reap`."
    assert "Stage extract has 2 rows to do, the oldest for 3.0 hours" in told["backlog"]


def test_a_run_that_failed_or_fell_silent_is_told(connection):
    connection.execute(
        insert(runs),
        [
            {"run_id": uuid4(), "kind": "run", "state": "running", "started_at": now() - timedelta(hours=2),
             "heartbeat_at": now() - timedelta(hours=1), "worker": "gone:1", "code_version": "1", "parameters": {}},
        ],
    )
    assert "has said nothing for 60 minutes" in alarms(connection)["run_silent"]
    connection.execute(text("UPDATE ops.runs SET state = 'failed', finished_at = now(), detail = 'no disk'"))
    assert alarms(connection)["run_failed"] == "The last run failed: no disk"


def test_storage_is_measured(connection):
    storage = measure(connection).storage
    assert storage.database_bytes > storage.raw_bytes + storage.core_bytes + storage.ops_bytes > 0
