"""Dateline's programs under a real Prefect server, for the long tests."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import Engine, text
from urllib3 import Retry

from tests.flows.prefect_servers import ask

ROOT = Path(__file__).resolve().parents[2]
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
# For a machine that does much else: a flow run starts within seconds where it has nothing to do.
PATIENCE_SECONDS = 900.0


def environment_of(folder: Path, port: int, publishers: Path) -> dict[str, str]:
    """What a client of the server at `port` finds in its environment; Prefect's state is under `folder`."""
    return os.environ | {
        "PYTHONPATH": str(ROOT), "DATELINE_PUBLISHERS": str(publishers), "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "DO_NOT_TRACK": "1",
    }


def dateline(*words: str, environment: Mapping[str, str]) -> None:
    """Do a command of `dateline` to its end."""
    subprocess.run([sys.executable, "-m", "flows.cli", *words], env=environment, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def running(log: Path, environment: Mapping[str, str], *command: str) -> Iterator[None]:
    """A program at work while the block runs; what it says goes to `log`."""
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


def ask_for(api: str, deployment: str, parameters: Mapping[str, Any]) -> str:
    """Ask for a run of a deployment; its id."""
    found = requests.get(f"{api}/deployments/name/{deployment}", timeout=30).json()
    answer = _told(f"{api}/deployments/{found['id']}/create_flow_run", {"parameters": parameters})
    return str(answer.json()["id"])


def cancel(api: str, flow_run_id: str) -> None:
    """Do what the button on Prefect's pages does."""
    _told(f"{api}/flow_runs/{flow_run_id}/set_state", {"state": {"type": "CANCELLING"}})


def _told(url: str, what: Mapping[str, Any]) -> requests.Response:
    """The answer of a server that has none (503) while another writer holds its SQLite."""
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(8, backoff_factor=0.5, status_forcelist=[503], allowed_methods=None)))
        answer = session.post(url, json=what, timeout=30)
    answer.raise_for_status()
    return answer


def flow_runs(api: str) -> list[dict[str, Any]]:
    """All flow runs; none from a server that is away."""
    try:
        return ask(api, "flow_runs")
    except requests.RequestException:
        return []


def ended(api: str, flow_run_id: str) -> str | None:
    """The state that a flow run ended in, None where it has not."""
    states = [one["state_type"] for one in flow_runs(api) if one["id"] == flow_run_id]
    return states[0] if states and states[0] in ENDED else None


def windows_done(engine: Engine) -> int:
    """Windows of the warehouse that are done."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM ops.windows WHERE state = 'done'")) or 0)


def until(question: Callable[[], Any], what: str, *, seconds: float = PATIENCE_SECONDS) -> Any:
    """The first answer that is true. Raises AssertionError where there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.5)
    raise AssertionError(f"in vain for {seconds:.0f} s: {what}")
