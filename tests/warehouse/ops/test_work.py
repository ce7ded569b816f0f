"""Work is claimed once, settled by its holder alone, and lost by nobody."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, text

from warehouse.ops.claims import Claim, ClaimLost, claim, fail, hold, reap, release, renew, settle
from warehouse.ops.quarantine import Failure, list_quarantined, replay
from warehouse.ops.work import backlog, enqueue, is_pending
from warehouse.raw.captures import Capture, load_captures

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)



def take(connection: Connection, limit: int = 10, worker: str = "a", lease: float = 60) -> tuple[Claim, ...]:
    return claim(connection, "extract", "1", limit=limit, worker=worker, lease_seconds=lease)


def load(engine: Engine, count: int = 5) -> None:
    with engine.begin() as connection:
        given = [Capture(kind="file", path=f"{n}.txt", fetched_at=NOW, content=b"text %d" % n) for n in range(count)]
        load_captures(connection, given)
        assert enqueue(connection, "extract", "1") == count


def states(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {row.state: row.count for row in backlog(connection)}


def test_a_capture_is_enqueued_once_and_again_by_a_newer_version(every_engine: Engine) -> None:
    load(every_engine)
    with every_engine.begin() as connection:
        assert enqueue(connection, "extract", "1") == 0
        settle(connection, take(connection))
        assert enqueue(connection, "extract", "1") == 0
        assert enqueue(connection, "extract", "2") == 5
        assert take(connection) == ()
        assert len(claim(connection, "extract", "2", limit=10, worker="a", lease_seconds=60)) == 5


def test_only_the_captures_named_are_enqueued_and_what_is_done_only_when_asked_for(engine: Engine) -> None:
    load(engine)
    with engine.begin() as connection:
        settle(connection, claims := take(connection))
        chosen = [one.subject_id for one in claims[:2]]
        assert enqueue(connection, "extract", "1", chosen) == 0
        assert enqueue(connection, "extract", "1", chosen, again=True) == 2
        assert enqueue(connection, "extract", "1", []) == 0


def test_a_look_tells_whether_there_is_something_to_claim(engine: Engine) -> None:
    with engine.begin() as connection:
        assert not is_pending(connection, "extract", "1")
    load(engine)
    with engine.begin() as connection:
        assert is_pending(connection, "extract", "1") and is_pending(connection, "extract", "1", priority=0)
        assert not is_pending(connection, "extract", "1", priority=10)
        assert not is_pending(connection, "extract", "2") and not is_pending(connection, "annotate", "1")
        take(connection, limit=4)
        assert is_pending(connection, "extract", "1")
        take(connection)
        assert not is_pending(connection, "extract", "1")


def test_workers_never_claim_the_same_row(every_engine: Engine) -> None:
    load(every_engine)
    with every_engine.begin() as first, every_engine.begin() as second:
        mine = {one.subject_id for one in take(first, 3, "a")}
        theirs = {one.subject_id for one in take(second, 3, "b")}
        assert len(mine) == 3 and len(theirs) == 2 and not mine & theirs


def test_a_claim_that_another_took_over_cannot_be_settled(every_engine: Engine) -> None:
    load(every_engine, 2)
    with every_engine.begin() as connection:
        slow = take(connection, lease=0)
    with every_engine.begin() as connection:
        assert reap(connection) == {"pending": 2, "quarantined": 0}
        quick = take(connection, 1, "b")
    for act in (hold, settle):
        with every_engine.begin() as connection, pytest.raises(ClaimLost, match="2 of 2 claims were lost"):
            act(connection, slow)
    with every_engine.begin() as connection:
        settle(connection, quick, {quick[0].subject_id: "new"})
    with every_engine.begin() as connection, pytest.raises(ClaimLost):
        settle(connection, quick)
    assert states(every_engine) == {"done": 1, "pending": 1}


def test_a_lease_that_lapsed_still_holds_until_someone_takes_it(engine: Engine) -> None:
    load(engine, 1)
    with engine.begin() as connection:
        claims = take(connection, lease=0)
        renew(connection, claims, lease_seconds=60)
        assert reap(connection) == {"pending": 0, "quarantined": 0}
        settle(connection, claims)
    assert states(engine) == {"done": 1}


def test_what_fails_is_tried_three_times_and_then_quarantined(every_engine: Engine) -> None:
    load(every_engine, 1)
    failure = Failure(reason="parser_failed", detail="bad \x00 byte", exception_type="ValueError", traceback="line 1")
    for expected in ("pending", "pending", "quarantined"):
        with every_engine.begin() as connection:
            [one] = take(connection)
            assert fail(connection, one, failure) == expected
    with every_engine.begin() as connection:
        assert take(connection) == ()
        [row] = list_quarantined(connection, stage="extract", reason="parser_failed")
        assert (row.attempts, row.detail, row.capture_id) == (3, "bad \ufffd byte", row.subject_id)
        assert replay(connection, [row.quarantine_id]) == 1
        assert list_quarantined(connection) == ()
        [one] = take(connection)
        assert fail(connection, one, Failure(reason="x", detail="y", is_permanent=True)) == "quarantined"
        # A newer version of the stage may have mended it.
        assert enqueue(connection, "extract", "2") == 1
        assert list_quarantined(connection) == ()


def die(engine: Engine, limit: int = 100) -> int:
    """A worker takes a batch and dies; how many rows the batch had."""
    with engine.begin() as connection:
        claims = take(connection, limit, lease=0)
    with engine.begin() as connection:
        reap(connection)
    return len(claims)


def test_work_that_kills_its_workers_is_quarantined(engine: Engine) -> None:
    load(engine, 1)
    assert [die(engine) for _ in range(9)] == [1, 1, 1, 1, 1, 1, 1, 1, 0]
    with engine.connect() as connection:
        assert [row.reason for row in list_quarantined(connection)] == ["worker_lost"]


def test_rows_whose_worker_died_go_in_smaller_batches_until_each_is_alone(engine: Engine) -> None:
    load(engine, 100)
    assert [die(engine) for _ in range(2)] == [100, 25]


def test_what_kills_takes_no_other_row_with_it(engine: Engine) -> None:
    """One row of twenty kills every worker that takes it."""
    load(engine, 20)
    with engine.connect() as connection:
        killer = connection.scalars(text("SELECT subject_id FROM ops.work ORDER BY subject_id OFFSET 7 LIMIT 1")).one()
    for _ in range(60):
        with engine.begin() as connection:
            claims = take(connection, 20, lease=0)
        with engine.begin() as connection:
            if all(one.subject_id != killer for one in claims):
                settle(connection, claims)
            reap(connection)
    assert states(engine) == {"done": 19, "quarantined": 1}
    with engine.connect() as connection:
        assert [row.subject_id for row in list_quarantined(connection)] == [killer]


def test_a_worker_may_take_work_of_one_priority_alone(engine: Engine) -> None:
    load(engine, 3)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ops.work SET priority = 10"))
        settings = {"limit": 10, "worker": "a", "lease_seconds": 60}
        assert claim(connection, "extract", "1", priority=0, **settings) == ()
        assert len(claim(connection, "extract", "1", priority=10, **settings)) == 3


def test_work_given_back_counts_no_attempt(engine: Engine) -> None:
    load(engine, 3)
    with engine.begin() as connection:
        claims = take(connection)
        assert release(connection, claims) == 3
        assert release(connection, claims) == 0
        assert {one.attempts for one in take(connection)} == {1}


def test_urgent_work_goes_first(engine: Engine) -> None:
    load(engine, 3)
    with engine.begin() as connection:
        late = connection.scalars(text("SELECT max(subject_id::text)::uuid FROM ops.work")).one()
        connection.execute(text("UPDATE ops.work SET priority = 10 WHERE subject_id <> :late"), {"late": late})
        assert [one.subject_id for one in take(connection, 1)] == [late]
