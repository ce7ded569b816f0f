"""A real Prefect server on loopback, and what it says is there."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

# What a deployment is told by the server's clock, or in two ways that mean the same.
VOLATILE = {"updated", "last_polled", "status", "pull_steps", "version", "version_id", "version_info"}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def prefect_server(
    home: Path, port: int | None = None, *, ends_by: signal.Signals = signal.SIGTERM, database: str | None = None
) -> Iterator[str]:
    """A Prefect server on `port`, or a free one, that keeps its state in `home`, or in a `database` by SQLAlchemy's URL for
    asyncpg; the URL of its API."""
    port = port or free_port()
    environment = os.environ | {
        "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_UI_API_URL": f"http://127.0.0.1:{port}/api",
    }
    if database:
        environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/api"
    try:
        for _ in range(600):
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{url}/health", timeout=2).ok:
                    break
            time.sleep(0.5)
        yield url
    finally:
        process.send_signal(ends_by)
        process.wait(30)


def ask(url: str, path: str) -> list[dict[str, Any]]:
    """All rows of one of the server's filters."""
    answer = requests.post(f"{url}/{path}/filter", json={}, timeout=30)
    answer.raise_for_status()
    rows: list[dict[str, Any]] = answer.json()
    return rows


def deployed(url: str) -> list[dict[str, Any]]:
    """The deployments by name, without what differs from one answer to the next; schedules as slug and activity."""
    found = []
    for one in sorted(ask(url, "deployments"), key=lambda one: str(one["name"])):
        kept = {key: value for key, value in one.items() if key not in VOLATILE}
        found.append({**kept, "schedules": [(schedule["slug"], schedule["active"]) for schedule in one["schedules"]]})
    return found
