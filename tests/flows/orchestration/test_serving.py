"""`dateline serve` without any server of Prefect's: it brings one that schedules, and ends in good order."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine, text

from flows.capture_documents import capture_documents
from flows.main_job import stages_for
from flows.publishers.loading import load_publishers
from tests.flows.archive_folder import dispatch, write_publisher
from tests.flows.prefect_servers import give_database, post
from transforms.documents import Document
from warehouse.core.clusters import CLUSTER_LOCK
from warehouse.ops import runs

DOCUMENTS = 2000

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


def test_it_schedules_and_leaves_nothing_open_at_sigterm(engine: Engine, warehouse_url: str, tmp_path: Path) -> None:
    """Prefect's own `serve` leaves the run Running at SIGTERM, and with it the one slot of its deployment taken."""
    publishers = write_publisher(tmp_path / "publishers")
    file = publishers / "quay.toml"
    file.write_text(f"{file.read_text()}active = true\n")
    capture(engine, publishers)
    home = tmp_path / "prefect"
    environment = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"} | {
        "DATELINE_WAREHOUSE_URL": warehouse_url, "DATELINE_PUBLISHERS": str(publishers), "PREFECT_HOME": str(home),
        "DATELINE_CONTACT": "desk@quay.example", "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    give_database(home)
    # What is captured is clustered once SIGTERM was sent: until then the run does not come to its end.
    with served(environment, tmp_path / "serve.log") as process, engine.connect() as held:
        held.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CLUSTER_LOCK})
        api = until(lambda: address(tmp_path / "serve.log"), "the pages of its own server") + "/api"
        assert requests.get(f"{api.removesuffix('/api')}/ui-settings", timeout=600).json()["api_url"] == api
        assert until(lambda: post(f"{api}/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}), "runs by schedule")
        run_id = until(lambda: run_asked_for(api), "a run asked for")
        until(lambda: count(engine, "SELECT count(*) FROM ops.work WHERE state = 'done'"), "the first batch")
        process.send_signal(signal.SIGTERM)
        assert process.wait(900) == 0
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{api}/health", timeout=5)
    assert count(engine, "SELECT count(*) FROM ops.work WHERE state = 'pending'") > 0, "the run was at its end: nothing was cut short"
    assert count(engine, "SELECT count(*) FROM ops.work WHERE state = 'claimed'") == 0
    assert count(engine, "SELECT count(*) FROM ops.windows WHERE state = 'claimed'") == 0
    assert count(engine, "SELECT count(*) FROM ops.runs WHERE state = 'running' AND kind <> 'test'") == 0
    with contextlib.closing(sqlite3.connect(home / "prefect.db")) as kept:
        (state,) = kept.execute("SELECT state_type FROM flow_run WHERE id = ?", (run_id,)).fetchone()
        assert state == "CANCELLED"
        # Runs by schedule are there too, where their minute has come.
        still = "SELECT count(*) FROM flow_run WHERE state_type IN ('PENDING', 'RUNNING', 'CANCELLING')"
        assert kept.execute(still).fetchone() == (0,)
        assert kept.execute("SELECT count(*) FROM deployment WHERE paused = 0").fetchone() == (0,)


def capture(engine: Engine, folder: Path) -> None:
    """Put as many dispatches before the run as keep it busy for some seconds."""
    publishers = load_publishers(folder)
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "test", worker="test", code_version="0")
    documents = [
        Document(id=f"{number}.txt", content=dispatch(date(2024, 5, 1), number).encode(), publisher_code="quay",
                 fetched_at=datetime(2024, 5, 1, tzinfo=UTC), media_type="text/plain")
        for number in range(DOCUMENTS)
    ]  # fmt: skip
    capture_documents(engine, run_id, documents, publishers, stage_version=stages_for(publishers)[0].version)


@contextlib.contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", "flows.cli", "serve"], env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def address(log: Path) -> str:
    """The address that it tells, or nothing yet."""
    return log.read_text().partition("pages are at ")[2].strip()


def run_asked_for(api: str) -> str | None:
    """The id of a run of the scheduled deployment; None where the server is busy or does not know it yet."""
    known = requests.get(f"{api}/deployments/name/dateline-scheduled/scheduled", timeout=600)
    if not known.ok:
        return None
    wanted = {"parameters": {"rules_only": True, "processes": 0}}
    made = requests.post(f"{api}/deployments/{known.json()['id']}/create_flow_run", json=wanted, timeout=600)
    return str(made.json()["id"]) if made.ok else None


def count(engine: Engine, question: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text(question)) or 0


def until(question: Callable[[], object], what: str) -> str:
    deadline = time.monotonic() + 900
    while time.monotonic() < deadline:
        if answer := question():
            return str(answer)
        time.sleep(0.3)
    raise AssertionError(f"in vain: {what}")
