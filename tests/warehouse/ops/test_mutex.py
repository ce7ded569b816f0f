"""The mutex of runs: one holder, named to the others, freed with its session."""

import threading
import time
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, text

from transforms.failures import BusyError
from warehouse.ops.mutex import hold_mutex, holder


def test_the_second_is_told_who_is_at_work(engine):
    refusal = pytest.raises(BusyError, match=r"Another run is at work \(dateline run .*since")
    with hold_mutex(engine, "run"), refusal, hold_mutex(engine, "run", patience_seconds=0.1):
        raise AssertionError("two hold it")


def test_it_is_free_again_after_the_block_and_others_are_not_held(engine):
    with hold_mutex(engine, "run"), hold_mutex(engine, "replay"):
        pass
    assert holder(engine, "run") is None
    with hold_mutex(engine, "run"):
        pass


def test_who_starts_again_at_once_waits_for_the_session_of_a_killed_process_to_end(engine):
    with ExitStack() as stack:
        stack.enter_context(hold_mutex(engine, "run"))
        dying = threading.Thread(target=close_when_awaited, args=(engine, stack))
        dying.start()
        with hold_mutex(engine, "run", patience_seconds=300):
            assert holder(engine, "run")
        dying.join()


def close_when_awaited(engine: Engine, stack: ExitStack) -> None:
    waiting = text("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()")
    # Within a transaction the server shows the same sessions for ever.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(waiting):
            time.sleep(0.01)
    stack.close()


def test_the_server_frees_it_when_the_session_ends(engine):
    with hold_mutex(engine, "run"), engine.begin() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                 " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
        )
        assert holder(engine, "run") is None
