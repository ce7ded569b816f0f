"""A whole Prefect server for `dateline serve`: the one that Prefect starts by itself has no scheduler and no pages."""

import contextlib
import multiprocessing
import os
import runpy
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import requests

from flows.orchestration.prefect_settings import answers
from flows.processes.pools import end_with_parent
from transforms.failures import PermanentError

HOST = "127.0.0.1"
PORT = 4200
"""Prefect's own; another one where it is taken."""
START_SECONDS = 300.0
END_SECONDS = 60.0
ATTEMPTS = 3


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """A server on loopback while the block runs, and while this process lives; the URL of its API.

    What it knows is kept in PREFECT_HOME. Raises PermanentError where it does not come up.
    """
    for _ in range(ATTEMPTS):
        port = _free_port()
        url = f"http://{HOST}:{port}/api"
        process = multiprocessing.get_context("spawn").Process(target=_run, args=(port, url), name="dateline-prefect", daemon=True)
        process.start()
        try:
            if _is_up(process, url):
                yield url
                return
        finally:
            process.terminate()
            process.join(END_SECONDS)
            process.kill()
            process.join()
    raise PermanentError("Prefect's server did not come up: `prefect server start` says why.")


def _is_up(process: SpawnProcess, url: str) -> bool:
    """Wait until it answers; False where it does not, or another does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.is_alive():
        if answers(url):
            # One that answers may be too busy with its start to say more.
            with contextlib.suppress(requests.RequestException):
                return is_ours(url)
        time.sleep(0.2)
    return False


def is_ours(url: str) -> bool:
    """Whether the server that answers is of this PREFECT_HOME: two that begin at once find the same port free."""
    told = requests.get(f"{url}/admin/settings", timeout=30)
    # A server that wants to be told a secret is the user's choice for this one.
    return not told.ok or Path(told.json()["home"]) == Path(os.environ["PREFECT_HOME"])


def _run(port: int, url: str) -> None:
    # Where its pages ask; by themselves they do at the usual port.
    os.environ["PREFECT_SERVER_UI_API_URL"] = url
    # Ctrl-C reaches the whole group: the server is needed until the runs are ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.argv = ["prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        runpy.run_module("prefect", run_name="__main__", alter_sys=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
