"""The ledger of windows and backfills: each window once, whoever races, dies or asks again."""

import threading
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from transforms.failures import BusyError, PermanentError
from transforms.identity import derived_id
from transforms.windows import Window, day_start, split_windows
from warehouse.ops.backfills import (
    BackfillRequest,
    OverlapError,
    finish_backfill,
    list_backfills,
    move_backfill,
    plan_backfill,
    read_backfill,
    spend_requests,
)
from warehouse.ops.mutex import hold_mutex, holder
from warehouse.ops.windows import (
    LostWindow,
    PlannedWindow,
    add_windows,
    claim_window,
    count_windows,
    extend_window,
    fail_window,
    reap_windows,
    release_window,
    settle_window,
    watermark,
)
from warehouse.tables.feeds import publishers
from warehouse.tables.windows import windows

ALMATY = ZoneInfo("Asia/Almaty")
RUN = uuid4()
LEASE = 600


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def publisher_id(engine: Engine) -> UUID:
    publisher_id = derived_id("publisher", "meridian")
    with engine.begin() as connection:
        connection.execute(
            insert(publishers).values(
                publisher_id=publisher_id, publisher_code="meridian", name="Meridian", time_zone="Asia/Almaty"
            )
        )
    return publisher_id


def request_of(publisher_id: UUID, since: date, until: date, **settings) -> tuple[BackfillRequest, list[Window]]:
    since_at, until_at = day_start(since, ALMATY), day_start(until, ALMATY)
    request = BackfillRequest(
        publisher_id=publisher_id, since=since_at, until=until_at, interval="day", requested_by="a test", **settings
    )
    return request, list(split_windows(since_at, until_at, interval="day", zone=ALMATY))


def plan(engine: Engine, publisher_id: UUID, since: date, until: date, **settings):
    with engine.begin() as connection:
        return plan_backfill(connection, *request_of(publisher_id, since, until, **settings))


def claim(engine: Engine, series_id: UUID, worker: str = "a", **settings):
    with engine.begin() as connection:
        return claim_window(
            connection, series_id=series_id, worker=worker, **({"lease_seconds": LEASE} | settings)
        )


def settle(engine: Engine, claimed) -> None:
    with engine.begin() as connection:
        settle_window(connection, claimed, run_id=RUN, item_count=1)


def read_all(engine: Engine, backfill_id: UUID) -> None:
    while (claimed := claim(engine, backfill_id)) is not None:
        settle(engine, claimed)
    with engine.begin() as connection:
        finish_backfill(connection, backfill_id)


def test_a_year_is_planned_in_one_transaction_and_read_in_order(engine, publisher_id):
    planned = plan(engine, publisher_id, date(2022, 1, 1), date(2023, 1, 1))
    assert (planned.is_new, planned.window_count, planned.read_before) == (True, 365, 0)

    first = claim(engine, planned.backfill.backfill_id)
    settle(engine, first)
    second = claim(engine, planned.backfill.backfill_id)

    assert first.window.start == day_start(date(2022, 1, 1), ALMATY)
    assert second.window.start == first.window.end


def test_the_newest_window_goes_first_where_that_was_asked_for(engine, publisher_id):
    planned = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 4), is_backwards=True)
    claimed = claim(engine, planned.backfill.backfill_id, is_backwards=True)
    assert claimed.window.end == day_start(date(2022, 1, 4), ALMATY)


def test_asking_twice_joins_the_backfill_at_work_and_then_finds_nothing_to_do(engine, publisher_id):
    bounds = date(2022, 1, 1), date(2022, 1, 4)
    first = plan(engine, publisher_id, *bounds)
    joined = plan(engine, publisher_id, *bounds)
    assert (joined.is_new, joined.backfill.backfill_id) == (False, first.backfill.backfill_id)

    read_all(engine, first.backfill.backfill_id)
    again = plan(engine, publisher_id, *bounds)

    assert (again.backfill, again.read_before) == (None, 3)
    with engine.begin() as connection:
        assert [one.state for one in list_backfills(connection)] == ["done"]


def test_joining_with_other_limits_changes_them(engine, publisher_id):
    bounds = date(2022, 1, 1), date(2022, 1, 4)
    plan(engine, publisher_id, *bounds, request_maximum=10)
    joined = plan(engine, publisher_id, *bounds, request_maximum=50, active_maximum=3).backfill
    with engine.begin() as connection:
        stored = read_backfill(connection, joined.backfill_id)
    assert (stored.request_maximum, stored.active_maximum) == (joined.request_maximum, joined.active_maximum) == (50, 3)


def test_a_wider_backfill_reads_only_what_is_new_unless_all_is_asked_for(engine, publisher_id):
    read_all(engine, plan(engine, publisher_id, date(2022, 1, 2), date(2022, 1, 4)).backfill.backfill_id)

    wider = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 6))
    assert wider.backfill.window_counts == {"done": 2, "pending": 3}
    read_all(engine, wider.backfill.backfill_id)

    everything = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 6), reprocess="all")
    assert everything.backfill.window_counts == {"pending": 5}


def test_what_failed_is_read_again_only_when_asked_for(engine, publisher_id):
    bounds = date(2022, 1, 1), date(2022, 1, 3)
    first = plan(engine, publisher_id, *bounds).backfill.backfill_id
    with engine.begin() as connection:
        claimed = claim_window(connection, series_id=first, worker="a", lease_seconds=LEASE)
        assert fail_window(connection, claimed, run_id=RUN, reason="no such archive", is_final=True) == "failed"
    read_all(engine, first)
    with engine.begin() as connection:
        assert read_backfill(connection, first).state == "failed"

    nothing = plan(engine, publisher_id, *bounds)
    assert (nothing.backfill, nothing.read_before, nothing.failed_before) == (None, 1, 1)
    again = plan(engine, publisher_id, *bounds, reprocess="failed")
    assert again.backfill.window_counts == {"done": 1, "pending": 1}


def test_a_dry_plan_writes_nothing(engine, publisher_id):
    with engine.begin() as connection:
        dry = plan_backfill(
            connection, *request_of(publisher_id, date(2022, 1, 1), date(2022, 1, 4)), is_dry=True
        )
        assert (dry.backfill, dry.window_count, list_backfills(connection)) == (None, 3, ())


def test_two_backfills_of_a_publisher_never_overlap(engine, publisher_id):
    first = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 2, 1)).backfill
    with pytest.raises(OverlapError, match=f"{first.backfill_id} of meridian is running .*--cancel"):
        plan(engine, publisher_id, date(2022, 1, 15), date(2022, 2, 15))
    plan(engine, publisher_id, date(2022, 2, 1), date(2022, 2, 15))


def test_eight_racing_workers_read_each_of_200_windows_once(engine, publisher_id):
    backfill_id = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 7, 20)).backfill.backfill_id
    read: Counter[UUID] = Counter()

    def work(name: str) -> None:
        while (claimed := claim(engine, backfill_id, name)) is not None:
            read[claimed.window_id] += 1
            settle(engine, claimed)

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(read) == 200
    assert set(read.values()) == {1}
    with engine.begin() as connection:
        assert count_windows(connection, backfill_id) == {"done": 200}


def test_no_more_windows_are_at_work_than_asked_for(engine, publisher_id):
    backfill_id = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 2, 1)).backfill.backfill_id
    claims = [claim(engine, backfill_id, active_maximum=3) for _ in range(4)]
    assert [one is not None for one in claims] == [True, True, True, False]

    settle(engine, claims[1])
    assert claim(engine, backfill_id, active_maximum=3) is not None


def test_a_window_fails_for_good_at_the_third_failure(engine, publisher_id):
    backfill_id = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 2)).backfill.backfill_id
    states = []
    for _ in range(3):
        claimed = claim(engine, backfill_id)
        with engine.begin() as connection:
            states.append(fail_window(connection, claimed, run_id=RUN, reason="the host did not answer"))
    assert states == ["pending", "pending", "failed"]
    assert claim(engine, backfill_id) is None


class TestDeadWorkers:
    @pytest.fixture
    def backfill_id(self, engine, publisher_id) -> UUID:
        return plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 2)).backfill.backfill_id

    def test_a_window_whose_lease_lapsed_is_taken_over_and_the_dead_cannot_settle_it(self, engine, backfill_id):
        dead = claim(engine, backfill_id, "dead", lease_seconds=0)
        living = claim(engine, backfill_id, "living")
        assert (living.window_id, living.fence, living.failures) == (dead.window_id, dead.fence + 1, 0)

        with pytest.raises(LostWindow, match="taken over by another worker"):
            settle(engine, dead)
        settle(engine, living)

    def test_a_lease_that_is_extended_is_not_taken_over(self, engine, backfill_id):
        claimed = claim(engine, backfill_id, lease_seconds=0)
        with engine.begin() as connection:
            extend_window(connection, claimed, lease_seconds=LEASE)
        assert claim(engine, backfill_id, "other") is None

    def test_reaping_puts_the_window_back(self, engine, backfill_id):
        claim(engine, backfill_id, "host:42", lease_seconds=0)
        with engine.begin() as connection:
            assert reap_windows(connection) == 1
            assert reap_windows(connection) == 0
            row = connection.execute(select(windows.c.state, windows.c.reason)).one()
        assert tuple(row) == ("pending", "The worker host:42 died.")

    def test_a_worker_that_is_told_to_stop_gives_its_window_back_at_once(self, engine, backfill_id):
        claimed = claim(engine, backfill_id)
        with engine.begin() as connection:
            release_window(connection, claimed)
        assert claim(engine, backfill_id, "other") is not None


class TestPause:
    @pytest.fixture
    def backfill_id(self, engine, publisher_id) -> UUID:
        return plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 5)).backfill.backfill_id

    def test_a_paused_backfill_gives_out_no_window_until_it_is_resumed(self, engine, backfill_id):
        at_work = claim(engine, backfill_id)
        with engine.begin() as connection:
            assert move_backfill(connection, backfill_id, "paused").state == "paused"
        assert claim(engine, backfill_id) is None

        settle(engine, at_work)
        with engine.begin() as connection:
            move_backfill(connection, backfill_id, "running")
        assert claim(engine, backfill_id) is not None

    def test_a_cancelled_one_is_over_and_says_so(self, engine, backfill_id):
        with engine.begin() as connection:
            cancelled = move_backfill(connection, backfill_id, "canceled")
        assert (cancelled.state, cancelled.window_counts) == ("canceled", {"canceled": 4})
        with engine.begin() as connection, pytest.raises(PermanentError, match="is canceled: it cannot be running"):
            move_backfill(connection, backfill_id, "running")

    def test_one_that_does_not_exist_is_named(self, engine, publisher_id):
        with engine.begin() as connection, pytest.raises(PermanentError, match="no backfill .*--list"):
            move_backfill(connection, uuid4(), "paused")


def test_requests_are_counted_down(engine, publisher_id):
    backfill_id = plan(engine, publisher_id, date(2022, 1, 1), date(2022, 1, 5), request_maximum=10).backfill.backfill_id
    with engine.begin() as connection:
        assert spend_requests(connection, backfill_id, 7) == 3
        assert spend_requests(connection, backfill_id, 7) == 0


class TestSchedule:
    """The schedule of a publisher is a series too: its end is the watermark."""

    def add(self, engine, publisher_id, start: str, end: str) -> int:
        with engine.begin() as connection:
            return add_windows(
                connection, publisher_id=publisher_id,
                planned=[PlannedWindow(window=Window(start=utc(start), end=utc(end)))],
            )

    def test_the_watermark_is_the_end_of_the_last_window(self, engine, publisher_id):
        with engine.begin() as connection:
            assert watermark(connection, publisher_id) is None
        self.add(engine, publisher_id, "2024-05-01T06:00", "2024-05-01T07:00")
        with engine.begin() as connection:
            assert watermark(connection, publisher_id) == utc("2024-05-01T07:00")

    def test_a_doubled_tick_adds_nothing(self, engine, publisher_id):
        assert self.add(engine, publisher_id, "2024-05-01T06:00", "2024-05-01T07:00") == 1
        assert self.add(engine, publisher_id, "2024-05-01T06:00", "2024-05-01T07:00") == 0

    def test_a_gap_is_refused_by_the_table_itself(self, engine, publisher_id):
        self.add(engine, publisher_id, "2024-05-01T06:00", "2024-05-01T07:00")
        with pytest.raises(IntegrityError, match="foreign key"):
            self.add(engine, publisher_id, "2024-05-01T08:00", "2024-05-01T09:00")

    def test_a_ledger_edited_by_hand_is_refused_by_the_table_itself(self, engine, publisher_id):
        self.add(engine, publisher_id, "2024-05-01T06:00", "2024-05-01T07:00")
        self.add(engine, publisher_id, "2024-05-01T07:00", "2024-05-01T08:00")
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(
                update(windows).where(windows.c.previous_end.is_not(None)).values(window_end=utc("2024-05-01T06:30"))
            )


class TestMutex:
    def test_the_second_is_told_who_is_at_work(self, engine):
        refusal = pytest.raises(BusyError, match=r"Another run is at work \(dateline run .*since")
        with hold_mutex(engine, "run"), refusal, hold_mutex(engine, "run"):
            raise AssertionError("two hold it")

    def test_it_is_free_again_after_the_block_and_others_are_not_held(self, engine):
        with hold_mutex(engine, "run"), hold_mutex(engine, "replay"):
            pass
        assert holder(engine, "run") is None
        with hold_mutex(engine, "run"):
            pass

    def test_the_server_frees_it_when_the_session_ends(self, engine):
        with hold_mutex(engine, "run"), engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                     " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
            )
            assert holder(engine, "run") is None
