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

from flows.orchestration.prefect_settings import answers
from flows.processes.pools import end_with_parent
from transforms.failures import PermanentError

HOST = "127.0.0.1"
PORT = 4200
"""Prefect's own; another one where it is taken."""
START_SECONDS = 90.0


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """A server on loopback while the block runs, and while this process lives; the URL of its API.

    What it knows is kept in PREFECT_HOME. Raises PermanentError where it does not come up.
    """
    port = _free_port()
    url = f"http://{HOST}:{port}/api"
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(port, url), name="dateline-prefect", daemon=True)
    process.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(url):
            if time.monotonic() > deadline or not process.is_alive():
                raise PermanentError("Prefect's server did not come up: `prefect server start` says why.")
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.join()


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
