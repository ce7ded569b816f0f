"""Dateline under a real Prefect server: deployments made twice, a schedule served, and a server that goes away."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import Engine, text

from tests.crashes.verdicts import digest, open_ends
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import ask, deployed, free_port, prefect_server
from tests.soak.servers import fresh_warehouse, soak_server

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE_SECONDS = 420


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (400) in windows of a day through a worker, its server `away` (60) seconds in the middle."""
    documents, away = settings.get("documents", 400), settings.get("away", 60)
    archive = write_archive(folder / "archive", date(2023, 3, 10), days=20, per_day=documents // 20)
    asked = {"publisher": "quay", "since": "2023-03-10", "until": "2023-03-30", "rules_only": True, "paths": [str(archive)]}
    home, port = folder / "prefect", free_port()
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "DATELINE_PUBLISHERS": str(write_publisher(folder / "publishers")),
        "PREFECT_HOME": str(home), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "DO_NOT_TRACK": "1",
    }
    with soak_server(fsync="off") as server:
        with fresh_warehouse(server) as (engine, url):
            _dateline("backfill", "--no-prefect", "--rules-only", "--publisher", "quay", "--since", "2023-03-10",
                      "--until", "2023-03-30", "--from", str(archive), environment=environment | {"DATELINE_WAREHOUSE_URL": url})
            expected = digest(engine)
        with fresh_warehouse(server) as (engine, url):
            environment["DATELINE_WAREHOUSE_URL"] = url
            with prefect_server(home, port) as api:
                made = _made_twice(api, environment)
                with _running(folder / "serve.log", environment, "flows.cli", "serve"):
                    served = _until(lambda: [one for one in _flow_runs(api) if one["auto_scheduled"] and one["state_type"] == "COMPLETED"],
                                    SCHEDULE_SECONDS, "a scheduled run is served to its end")[0]["name"]
            log = folder / "worker.log"
            with contextlib.ExitStack() as stack:
                with prefect_server(home, port) as api:
                    _dateline("deploy", environment=environment)
                    stack.enter_context(_running(log, environment, "prefect", "worker", "start", "--pool", "dateline"))
                    asked_for = _ask_for(api, "dateline-backfill/backfill", asked)
                    _until(lambda: _windows_done(engine) >= 2, 120, "the worker has read two windows")
                before = _windows_done(engine)
                time.sleep(away)
                meanwhile = _windows_done(engine) - before
                with prefect_server(home, port) as api:
                    state = _until(lambda: _ended(api, asked_for), 600, "the flow run ends")
                    assert state == "COMPLETED", f"the flow run ended as {state}: see {log}"
            assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
            assert digest(engine) == expected, "the tables differ"
    return (
        f"{made} deployments made twice and once by `prefect deploy`, nothing changed; `dateline serve` ran {served!r} by schedule;"
        f" a worker's backfill of {documents} documents read {meanwhile} windows of 20 while the server was away for {away} s,"
        " and ended as COMPLETED, tables equal"
    )


def _made_twice(api: str, environment: Mapping[str, str]) -> int:
    _dateline("deploy", environment=environment)
    made = deployed(api)
    for command in (("flows.cli", "deploy"), ("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", "deploy/prefect.yaml")) * 2:
        subprocess.run([sys.executable, "-m", *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        assert deployed(api) == made, f"{command[0]} changed something"
    return len(made)


def _dateline(*words: str, environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "flows.cli", *words], env=environment, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def _running(log: Path, environment: Mapping[str, str], *command: str) -> Iterator[None]:
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=log.parent, stdout=output, stderr=output)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _ask_for(api: str, deployment: str, parameters: Mapping[str, Any]) -> str:
    found = requests.get(f"{api}/deployments/name/{deployment}", timeout=30).json()
    answer = requests.post(f"{api}/deployments/{found['id']}/create_flow_run", json={"parameters": parameters}, timeout=30)
    answer.raise_for_status()
    return str(answer.json()["id"])


def _flow_runs(api: str) -> list[dict[str, Any]]:
    try:
        return ask(api, "flow_runs")
    except requests.RequestException:
        return []


def _ended(api: str, flow_run_id: str) -> str | None:
    states = [one["state_type"] for one in _flow_runs(api) if one["id"] == flow_run_id]
    return states[0] if states and states[0] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None


def _windows_done(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM ops.windows WHERE state = 'done'")) or 0)


def _until(question: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first answer that is true. Raises AssertionError where there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.5)
    raise AssertionError(f"in vain for {seconds:.0f} s: {what}")
