"""The ledger of backfills: planned whole, joined when asked for again, never two over the same time."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, update

from tests.warehouse.ops.backfill_ledger import (
    ALMATY,
    LEASE,
    RUN,
    add_meridian,
    claim,
    plan,
    read_all,
    request_of,
    settle,
)
from transforms.failures import PermanentError
from transforms.windows import day_start
from warehouse.ops.backfill_plans import OverlapError, plan_backfill
from warehouse.ops.backfills import list_backfills, move_backfill, read_backfill, spend_requests
from warehouse.ops.windows import claim_window, fail_window
from warehouse.tables.windows import backfills, windows


@pytest.fixture
def publisher_id(engine: Engine) -> UUID:
    return add_meridian(engine)


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


class TestHandsInTheLedger:
    """What a person changed by hand is found by the plan: the windows tell what was read, not the backfill."""

    BOUNDS = date(2022, 1, 1), date(2022, 1, 4)

    def test_a_backfill_called_done_is_read_to_its_end_when_asked_for_again(self, engine, publisher_id):
        first = plan(engine, publisher_id, *self.BOUNDS).backfill
        settle(engine, claim(engine, first.backfill_id))
        with engine.begin() as connection:
            connection.execute(update(backfills).values(state="done"))

        again = plan(engine, publisher_id, *self.BOUNDS)

        assert (again.is_new, again.backfill.window_counts) == (True, {"done": 1, "pending": 2})
        with engine.begin() as connection:
            assert read_backfill(connection, first.backfill_id).window_counts == {"done": 1, "canceled": 2}

    def test_a_window_set_back_is_read_again_when_asked_for_again(self, engine, publisher_id):
        first = plan(engine, publisher_id, *self.BOUNDS).backfill
        read_all(engine, first.backfill_id)
        with engine.begin() as connection:
            connection.execute(
                update(windows).where(windows.c.window_start == first.since).values(state="pending", settled_at=None)
            )

        again = plan(engine, publisher_id, *self.BOUNDS)

        assert again.backfill.window_counts == {"done": 2, "pending": 1}

    def test_a_backfill_called_running_whose_windows_are_done_ends_by_itself(self, engine, publisher_id):
        first = plan(engine, publisher_id, *self.BOUNDS).backfill.backfill_id
        read_all(engine, first)
        with engine.begin() as connection:
            connection.execute(update(backfills).values(state="running", finished_at=None))

        joined = plan(engine, publisher_id, *self.BOUNDS).backfill
        read_all(engine, joined.backfill_id)

        with engine.begin() as connection:
            assert (joined.backfill_id, read_backfill(connection, first).state) == (first, "done")
