"""A real Prefect server on loopback, and what it says is there."""

import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from flows.orchestration.prefect_settings import answers

# What a deployment is told by the server's clock, or in two ways that mean the same.
VOLATILE = {"updated", "last_polled", "status", "pull_steps", "version", "version_id", "version_info"}


# Below those that the system gives by itself: what it gave to a probe it may give to another before a server is up.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def give_database(home: Path) -> None:
    """Give a home that has none the database of the session's first server, as that was at its start: it takes six
    seconds to make."""
    home.mkdir(parents=True, exist_ok=True)
    if (kept := _kept_database()) and kept.exists() and not (home / "prefect.db").exists():
        shutil.copyfile(kept, home / "prefect.db")


def _keep_database(home: Path) -> None:
    if (kept := _kept_database()) is None or kept.exists():
        return
    partial = kept.with_suffix(f".{os.getpid()}")
    with contextlib.closing(sqlite3.connect(home / "prefect.db")) as source, contextlib.closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    partial.rename(kept)


def _kept_database() -> Path | None:
    """Where the tests of a session keep it; None outside of tests."""
    folder = os.environ.get("DATELINE_TEST_SERVERS")
    return Path(folder) / "prefect.db" if folder else None


@contextlib.contextmanager
def prefect_server(
    home: Path, port: int | None = None, *, ends_by: signal.Signals = signal.SIGTERM, database: str | None = None
) -> Iterator[str]:
    """A Prefect server on `port`, or a free one, that keeps its state in `home`, or in a `database` by SQLAlchemy's URL for
    asyncpg; the URL of its API."""
    port = port or free_port()
    give_database(home)
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
        while not answers(url):
            assert process.poll() is None, f"Prefect's server ended with {process.returncode}"
            time.sleep(0.2)
        if not database:
            _keep_database(home)
        yield url
    finally:
        process.send_signal(ends_by)
        process.wait(900)


def ask(url: str, path: str) -> list[dict[str, Any]]:
    """All rows of one of the server's filters."""
    rows: list[dict[str, Any]] = post(f"{url}/{path}/filter")
    return rows


def post(url: str, **given: object) -> Any:
    """What the server answers; asked again while it is too busy with itself, as Prefect's own client does."""
    return _answer("POST", url, given).json()


def delete(url: str) -> None:
    """Take away what is there; asked again as `post` does."""
    _answer("DELETE", url, None)


def _answer(method: str, url: str, given: object) -> requests.Response:
    for _ in range(50):
        answer = requests.request(method, url, json=given, timeout=600)
        if answer.status_code < 500:
            break
        time.sleep(0.5)
    answer.raise_for_status()
    return answer


def deployed(url: str) -> list[dict[str, Any]]:
    """The deployments by name, without what differs from one answer to the next; schedules as slug and activity."""
    found = []
    for one in sorted(ask(url, "deployments"), key=lambda one: str(one["name"])):
        kept = {key: value for key, value in one.items() if key not in VOLATILE}
        found.append({**kept, "schedules": [(schedule["slug"], schedule["active"]) for schedule in one["schedules"]]})
    return found
