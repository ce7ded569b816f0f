"""The main job through Prefect: against a server that is up, what its users see there."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@contextlib.contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """A Prefect server on a free port of this machine; the URL of its API."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/api"
    try:
        for _ in range(240):
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{url}/health", timeout=2).ok:
                    break
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def ask(url: str, path: str) -> list[dict[str, Any]]:
    """All rows of one of the server's filters."""
    answer = requests.post(f"{url}/{path}/filter", json={}, timeout=30)
    answer.raise_for_status()
    rows: list[dict[str, Any]] = answer.json()
    return rows


def task_names(url: str, count: int) -> set[str]:
    """The names of the task runs. The server records them from events, a moment after the run has ended."""
    for _ in range(60):
        names = {task["name"] for task in ask(url, "task_runs")}
        if len(names) >= count:
            break
        time.sleep(0.5)
    return names


def test_a_run_is_seen_on_the_server_with_its_tasks_and_artifacts(warehouse_url: str, tmp_path: Path) -> None:
    with prefect_server(tmp_path) as url:
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "run", "--samples", "--rules-only", "--batch-size", "5"],
            env=os.environ | {"DATELINE_WAREHOUSE_URL": warehouse_url, "PREFECT_API_URL": url, "PREFECT_HOME": str(tmp_path)},
            capture_output=True, text=True, timeout=240, check=False,
        )
        assert done.returncode == 0, done.stderr
        assert f"Prefect: the server at {url}" in done.stderr
        (run,) = ask(url, "flow_runs")
        assert run["state_type"] == "COMPLETED"
        assert run["name"].startswith("samples-")
        assert {"dateline", "kind:samples"} <= set(run["tags"])
        wanted = {"capture-samples", "extract-1", "extract-2", "extract-3", "cluster-1", "annotate-1", "check-the-run"}
        assert wanted <= task_names(url, len(wanted))
        artifacts = {artifact["key"]: artifact["data"] for artifact in ask(url, "artifacts")}
        assert '"outcome": "new"' in artifacts["dateline-counts"]
        assert "Erdoğan" in artifacts["dateline-articles"]
