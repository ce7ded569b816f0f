"""Dateline under a real Prefect server: deployments made twice, a schedule served, and a server that is killed twice."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.crashes.verdicts import digest
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import deployed, free_port, prefect_server
from tests.soak.prefect_programs import (
    ROOT,
    ask_for,
    cancel,
    dateline,
    ended,
    environment_of,
    flow_runs,
    running,
    until,
    windows_done,
)
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import judge

BOUNDS = ("--publisher", "quay", "--since", "2023-03-10", "--until", "2023-03-30")


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (800) in windows of a day through `dateline serve`, then a worker; under each the server is `away` (60) seconds."""
    documents, away = settings.get("documents", 800), settings.get("away", 60)
    archive = write_archive(folder / "archive", date(2023, 3, 10), days=20, per_day=documents // 20)
    asked = {"publisher": "quay", "since": "2023-03-10", "until": "2023-03-30", "rules_only": True, "paths": [str(archive)]}
    home, port = folder / "prefect", free_port()
    environment = environment_of(folder, port, write_publisher(folder / "publishers"))
    with soak_server(fsync="off") as server:
        with fresh_warehouse(server) as (engine, url):
            dateline("backfill", "--no-prefect", "--rules-only", *BOUNDS, "--from", str(archive),
                     environment=environment | {"DATELINE_WAREHOUSE_URL": url})
            expected = digest(engine)
        with fresh_warehouse(server) as (engine, url):
            environment["DATELINE_WAREHOUSE_URL"] = url
            made, served = _serve(folder, port, environment, asked, away)
            log = folder / "worker.log"
            with contextlib.ExitStack() as stack:
                with prefect_server(home, port, ends_by=signal.SIGKILL) as api:
                    dateline("deploy", environment=environment)
                    stack.enter_context(running(log, environment, "prefect", "worker", "start", "--pool", "dateline"))
                    asked_for = ask_for(api, "dateline-backfill/backfill", asked)
                    until(lambda: windows_done(engine) >= 2, "the worker has read two windows")
                before = windows_done(engine)
                time.sleep(away)
                meanwhile = windows_done(engine) - before
                with prefect_server(home, port) as api:
                    state = until(lambda: ended(api, asked_for), "the flow run ends")
                    assert state == "COMPLETED", f"the flow run ended as {state}: {log.read_text()[-2000:]}"
            judge(engine, expected)
    return (
        f"{made} deployments made twice and twice by `prefect deploy`, nothing changed; `dateline serve` ran {served!r} by schedule"
        f" and heard of a cancellation after its server was killed and away for {away} s;"
        f" a worker's backfill of {documents} documents read {meanwhile} windows of 20 while its server was killed and away for"
        f" {away} s, and ended as COMPLETED, tables equal, no connection left"
    )


def _serve(folder: Path, port: int, environment: Mapping[str, str], asked: Mapping[str, Any], away: int) -> tuple[int, str]:
    """How many deployments were made twice, and the name of a run by schedule; an outage later a run is cancelled."""
    with contextlib.ExitStack() as stack:
        with prefect_server(folder / "prefect", port, ends_by=signal.SIGKILL) as api:
            made = _made_twice(api, environment)
            stack.enter_context(running(folder / "serve.log", environment, "flows.cli", "serve"))
            served = until(lambda: _served(api), "a scheduled run is served to its end")
        time.sleep(away)
        with prefect_server(folder / "prefect", port) as api:
            asked_for = ask_for(api, "dateline-backfill/backfill", asked)
            until(lambda: _state(api, asked_for) == "RUNNING", "the backfill is at work")
            cancel(api, asked_for)
            state = until(lambda: ended(api, asked_for), "the backfill is cancelled")
            # `dateline serve` ends before its server does.
            stack.close()
    assert state == "CANCELLED", f"the flow run ended as {state}: {(folder / 'serve.log').read_text()[-2000:]}"
    return made, served


def _state(api: str, flow_run_id: str) -> str | None:
    return next((one["state_type"] for one in flow_runs(api) if one["id"] == flow_run_id), None)


def _made_twice(api: str, environment: Mapping[str, str]) -> int:
    dateline("deploy", environment=environment)
    made = deployed(api)
    for command in (("flows.cli", "deploy"), ("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", "deploy/prefect.yaml")) * 2:
        subprocess.run([sys.executable, "-m", *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        assert deployed(api) == made, f"{command[0]} changed something"
    return len(made)


def _served(api: str) -> str | None:
    """The name of a run that was started by schedule and has ended well."""
    names = [str(one["name"]) for one in flow_runs(api) if one["auto_scheduled"] and one["state_type"] == "COMPLETED"]
    return names[0] if names else None
