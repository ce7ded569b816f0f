"""A Prefect server that dies under a command and stays away: the person at the prompt gets what the work came to.

Prefect by itself asks for eight minutes, prints tracebacks and ends with 1, whatever was done.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import ask, free_port, prefect_server
from warehouse.core.clusters import CLUSTER_LOCK

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

SENTENCE = "The Prefect server at {url} did not answer when the work {how}; what it came to is in the ledger."

# Less than Prefect by itself asks for, and enough for a busy machine.
SOON_SECONDS = 300

# A command whose work fails once it is told that the server is gone.
FAILING = """
import sys
from flows.logs import set_up_logging
from flows.orchestration.farewell import end_process
from flows.orchestration.prefect_settings import prepare_prefect
from transforms.failures import PermanentError

def work():
    print("at work", flush=True)
    sys.stdin.readline()
    raise PermanentError("The archive is torn.")

set_up_logging()
prepare_prefect()
from flows.orchestration.prefect_prompt import run_at_the_prompt
try:
    run_at_the_prompt("failing", "failing", work=work, show=print)
except PermanentError as error:
    print(error, file=sys.stderr)
    end_process(7)
"""


def test_what_the_work_came_to_is_told_and_the_run_is_closed_later(engine: Engine, warehouse_url: str, tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive", date(2023, 3, 10), days=20, per_day=5)
    home, port = tmp_path / "prefect", free_port()
    environment = os.environ | {
        "DATELINE_WAREHOUSE_URL": warehouse_url, "DATELINE_PUBLISHERS": str(write_publisher(tmp_path / "publishers")),
        "PREFECT_HOME": str(home), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }
    dateline = ["-m", "flows.cli"]
    backfill = ["backfill", "--rules-only", "--publisher", "quay", "--since", "2023-03-10", "--until", "2023-03-30", "--from", str(archive)]
    with ExitStack() as stack:
        with prefect_server(home, port, ends_by=signal.SIGKILL) as url:
            working = begin(stack, [*dateline, *backfill], environment)
            failing = begin(stack, ["-c", FAILING], environment)
            assert failing.stdout and failing.stdout.readline() == "at work\n", failing.communicate()
            # The work waits for its turn at clustering until the server is gone.
            held = stack.enter_context(engine.connect())
            held.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CLUSTER_LOCK})
            while not is_waiting(engine):
                assert working.poll() is None, working.communicate()
                time.sleep(0.1)
        held.rollback()

        gone = time.monotonic()
        _, said = failing.communicate("the server is gone\n", timeout=900)
        assert time.monotonic() - gone < SOON_SECONDS
        assert failing.returncode == 7
        assert said.splitlines()[-1] == "The archive is torn."
        assert SENTENCE.format(url=url, how="had failed") in said
        assert "Traceback" not in said

        _, said = working.communicate(timeout=900)
        assert working.returncode == 0, said
        assert windows_done(engine) == 20
        assert seconds_since_the_work(engine) < SOON_SECONDS
        assert SENTENCE.format(url=url, how="was done") in said
        assert "Traceback" not in said

    with prefect_server(home, port):
        assert states(url, "backfill") == ["RUNNING"]
        done = subprocess.run([sys.executable, *dateline, "reap"], env=environment, capture_output=True, text=True, check=True)
        assert "1 flow runs that had ended were closed" in done.stdout
        assert states(url, "backfill") == ["COMPLETED"]


def begin(stack: ExitStack, words: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, *words], env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    stack.callback(process.kill)
    return process


def is_waiting(engine: Engine) -> bool:
    """Whether another session of the warehouse waits for an advisory lock."""
    with engine.connect() as connection:
        return connection.scalar(text(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())"))


def windows_done(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM ops.windows WHERE state = 'done'"))


def seconds_since_the_work(engine: Engine) -> float:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT extract(epoch FROM clock_timestamp() - max(finished_at)) FROM ops.runs"))


def states(url: str, tag: str) -> list[str]:
    return [one["state_type"] for one in ask(url, "flow_runs") if tag in one["tags"]]
