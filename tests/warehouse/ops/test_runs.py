"""Runs account for everything that they saw."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from warehouse.ops.runs import (
    add_counts,
    beat,
    finish_run,
    imbalances,
    latest_runs,
    read_counts,
    reap_runs,
    start_run,
)


def test_a_run_that_accounts_for_all_is_balanced(connection: Connection) -> None:
    run_id = start_run(connection, "ingest", worker="host:1", code_version="1", parameters={"paths": ["a"]})
    add_counts(connection, run_id, "capture", {"seen": 3, "read": 2})
    assert [str(broken) for broken in imbalances(connection, run_id)] == ["3 of unit capture seen, 2 accounted for"]
    add_counts(connection, run_id, "capture", {"quarantined": 1})
    add_counts(connection, run_id, "document", {"seen": 4, "new": 3})
    add_counts(connection, run_id, "document", {"unchanged": 1})
    add_counts(connection, run_id, "document", {"duplicate": 2}, is_subset=True)
    assert imbalances(connection, run_id) == ()
    assert read_counts(connection, run_id)["document"] == {"duplicate": 2, "new": 3, "seen": 4, "unchanged": 1}


def test_an_outcome_that_no_law_names_is_refused(connection: Connection) -> None:
    run_id = start_run(connection, "ingest", worker="host:1", code_version="1")
    with pytest.raises(ValueError, match="no law names \\['lost'\\] of capture"):
        add_counts(connection, run_id, "capture", {"lost": 1})


def test_a_run_ends_once(connection: Connection) -> None:
    run_id = start_run(connection, "run", worker="host:1", code_version="1")
    beat(connection, run_id)
    finish_run(connection, run_id, "succeeded", is_published=True)
    finish_run(connection, run_id, "failed", detail="too late")
    [run] = latest_runs(connection)
    assert (run.state, run.detail, run.is_published) == ("succeeded", None, True)
    assert run.finished_at is not None and run.finished_at >= run.started_at


def test_a_run_whose_process_is_gone_is_closed(connection: Connection) -> None:
    dead = start_run(connection, "run", worker="host:1", code_version="1")
    connection.execute(text("UPDATE ops.runs SET heartbeat_at = now() - interval '1 hour'"))
    start_run(connection, "run", worker="host:2", code_version="1")
    assert reap_runs(connection, silent_for=timedelta(minutes=10)) == (dead,)
