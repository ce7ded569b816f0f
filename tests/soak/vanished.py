"""A machine that vanishes from the network in the middle of a run, without a farewell.

It is a network namespace of its own, joined by a pair of interfaces of which one is taken down: only root may.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import Engine, make_url, text

from tests.soak.servers import fresh_warehouse, soak_server
from warehouse.ops.mutex import holder

# Of the block for benchmarks (RFC 2544), which nobody's network uses.
HERE, THERE = "198.19.213.1", "198.19.213.2"
SECONDS = 180

AT_WORK = """
import sys
import time
from sqlalchemy import text
from transforms.failures import DatelineError
from warehouse.engine import open_warehouse
from warehouse.ops.mutex import hold_mutex
try:
    with open_warehouse() as engine, hold_mutex(engine, "run"), engine.begin() as connection:
        print("at work", flush=True)
        while True:
            connection.execute(text("SELECT count(*) FROM ops.runs"))
            time.sleep(1)
except DatelineError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


def run(folder: Path, settings: dict[str, int]) -> str:
    """How long the server keeps what the machine held, and how long the machine waits."""
    with contextlib.ExitStack() as stack:
        namespace = stack.enter_context(_machine())
        if namespace is None:
            return "skipped: this account may not make a network namespace (root may)"
        server = stack.enter_context(soak_server(listen_addresses=HERE))
        with (server.folder.data / "pg_hba.conf").open("a") as file:
            file.write(f"host all all {THERE}/32 trust\n")
        with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")
        engine, url = stack.enter_context(fresh_warehouse(server))
        through = make_url(url).set(host=HERE, port=5432, query={}).render_as_string(hide_password=False)
        command = ["ip", "netns", "exec", namespace, sys.executable, "-c", AT_WORK]
        process = subprocess.Popen(command, env=os.environ | {"DATELINE_WAREHOUSE_URL": through},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        stack.callback(process.kill)
        assert process.stdout and process.stdout.readline() == "at work\n", process.communicate()
        subprocess.run(["ip", "link", "set", f"{namespace}0", "down"], check=True)
        started = time.monotonic()
        freed = ended = None
        while (freed is None or ended is None) and time.monotonic() - started < SECONDS:
            time.sleep(1)
            if freed is None and _is_free(engine):
                freed = time.monotonic() - started
            if ended is None and process.poll() is not None:
                ended = time.monotonic() - started
        assert freed is not None, f"the server still holds what the machine held after {SECONDS} s: {_left(engine)}"
        assert ended is not None, f"the machine still waits after {SECONDS} s"
        said = process.communicate()[1].strip().splitlines()[-1]
        assert "went away" in said, said
    return f"the mutex of a machine that vanished was free after {freed:.0f} s; the machine itself gave up after {ended:.0f} s: {said!r}"


@contextlib.contextmanager
def _machine() -> Iterator[str | None]:
    """A network namespace that reaches this one, by its name; None where it may not be made."""
    name = f"dl{os.getpid() % 100_000}"
    ip = shutil.which("ip")
    if ip is None or subprocess.run([ip, "netns", "add", name], capture_output=True, check=False).returncode:
        yield None
        return
    try:
        for words in (
            f"link add {name}0 type veth peer name {name}1 netns {name}", f"addr add {HERE}/30 dev {name}0", f"link set {name}0 up",
            f"-n {name} addr add {THERE}/30 dev {name}1", f"-n {name} link set {name}1 up",
        ):
            subprocess.run([ip, *words.split()], check=True)
        yield name
    finally:
        subprocess.run([ip, "netns", "del", name], check=True)


def _is_free(engine: Engine) -> bool:
    return holder(engine, "run") is None and not _left(engine)


def _left(engine: Engine) -> list[tuple[str, ...]]:
    """What the server knows of sessions from elsewhere."""
    with engine.connect() as connection:
        return [tuple(map(str, row)) for row in connection.execute(text(
            "SELECT application_name, state, wait_event, query_start FROM pg_stat_activity WHERE client_addr IS NOT NULL"))]
