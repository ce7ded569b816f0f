"""The ledger of windows: each once, whoever races, dies or ticks again."""

import threading
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError

from tests.warehouse.ops.backfill_ledger import LEASE, RUN, add_meridian, claim, plan, settle
from transforms.windows import Window
from warehouse.ops.windows import (
    LostWindow,
    PlannedWindow,
    add_windows,
    count_windows,
    extend_window,
    fail_window,
    reap_windows,
    release_window,
    watermark,
)
from warehouse.tables.windows import windows


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def publisher_id(engine: Engine) -> UUID:
    return add_meridian(engine)


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
