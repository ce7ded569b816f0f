"""Databases for tests, and what happens to tests that this machine cannot run.

One server a session, shared by all pytest-xdist workers, with a migrated template; every test that asks for
`engine` gets a fresh copy of it. `every_engine` runs the test on the oldest server that Dateline supports too.
"""

import contextlib
import fcntl
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine

from warehouse.embedded.cluster import Cluster
from warehouse.embedded.folder import Folder
from warehouse.embedded.programs import Programs, account
from warehouse.embedded.server import EmbeddedServer, find_server
from warehouse.engine import create_warehouse_engine
from warehouse.migrate import migrate

pytest_plugins = ["tests.loaded_articles"]

# The same examples at every run, and none that fails because the machine is busy.
settings.register_profile("dateline", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
TEMPLATE = "migrated"
# Tests may lose their data with the machine, and wait for no disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200",
            "autovacuum": "off"}  # fmt: skip

# What a marker needs, and how to tell whether it is there.
NEEDS: dict[str, tuple[str, Callable[[], bool]]] = {
    "postgres15": ("the PostgreSQL 15 programs", lambda: (POSTGRES_15 / "postgres").exists()),
    "browser": ("Chromium", lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser"))),
}
# Groups of tests that share what takes long to start. Begun last, one worker would wait for the other.
LONGEST_FIRST = ("prefect", "browser", "crashes", None)
FORBID_SKIPS = bool(os.environ.get("DATELINE_FORBID_SKIPS"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, and skip what this machine cannot run, unless skips are forbidden: then it fails by itself."""
    items.sort(key=lambda item: LONGEST_FIRST.index(_group(item)))
    for marker, (what, is_there) in NEEDS.items():
        if FORBID_SKIPS or is_there():
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"needs {what}"))


def _group(item: pytest.Item) -> str | None:
    marker = item.get_closest_marker("xdist_group")
    return marker.args[0] if marker else None


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: packed ones hold the second in which they were made, and every worker of
    pytest-xdist has to collect the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the skipped tests in the last lines."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("not run on this machine")
        for report in skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            terminalreporter.line(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where skips are forbidden, one makes the session fail. The session's servers' folder goes."""
    if hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if FORBID_SKIPS and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder of the session's servers; the workers of pytest-xdist inherit it by environment."""
    if hasattr(config, "workerinput"):
        return
    # Memory, where there is enough of it: a copy of the template then takes a twentieth of a second.
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30
    home = Path(tempfile.mkdtemp(prefix="dateline-tests-", dir=memory if has_room else None))
    # The account that PostgreSQL runs under when the tests run as root has to pass through.
    home.chmod(0o711)
    os.environ["DATELINE_TEST_SERVERS"] = str(home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of the session's servers, which have stopped with their last user."""
    if not hasattr(config, "workerinput") and "DATELINE_TEST_SERVERS" in os.environ:
        shutil.rmtree(os.environ.pop("DATELINE_TEST_SERVERS"), ignore_errors=True)


@pytest.fixture(scope="session")
def servers_home() -> Path:
    """The folder of this session's servers, the same in every worker."""
    return Path(os.environ["DATELINE_TEST_SERVERS"])


@pytest.fixture
def dateline_home() -> Iterator[Path]:
    """An empty state folder that the account of the embedded server can enter, for use as DATELINE_HOME."""
    home = Path(tempfile.mkdtemp(prefix="dateline-home-"))
    home.chmod(0o711)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _server_with_template(server: EmbeddedServer) -> Iterator[EmbeddedServer]:
    with server.used():
        with (server.folder.home / "template.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
                name = (TEMPLATE,)
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", name).fetchone():
                    connection.execute("CREATE DATABASE half_migrated")
                    half = create_warehouse_engine(server.cluster.url_of("half_migrated"))
                    migrate(half)
                    half.dispose()
                    _once_left(connection, f"ALTER DATABASE half_migrated RENAME TO {TEMPLATE}")
        yield server


@pytest.fixture(scope="session")
def server(servers_home: Path) -> Iterator[EmbeddedServer]:
    """The embedded server of the session, with the template."""
    home = servers_home / "18"
    home.mkdir(exist_ok=True)
    with _server_with_template(find_server(home, **CARELESS)) as started:
        yield started


@pytest.fixture(scope="session")
def server_15(servers_home: Path) -> Iterator[EmbeddedServer]:
    """A PostgreSQL 15 of the session, with the template."""
    home = servers_home / "15"
    home.mkdir(exist_ok=True)
    cluster = Cluster(
        folder=Folder(home=home),
        programs=Programs(folder=POSTGRES_15, account=account()),
        settings=tuple(CARELESS.items()),
        locale_arguments=("--locale=C.UTF-8",),
    )
    with _server_with_template(EmbeddedServer(cluster=cluster)) as started:
        yield started


def _once_left(connection: psycopg.Connection, statement: str) -> None:
    """Do to a database what needs its sessions ended. The server gives them five seconds, a busy machine may need more."""
    deadline = time.monotonic() + 300
    while True:
        try:
            connection.execute(statement)
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > deadline:
                raise


_numbers = itertools.count(1)


@contextlib.contextmanager
def fresh_engine(server: EmbeddedServer, template: str = TEMPLATE) -> Iterator[Engine]:
    """An engine on a new database, copied from `template` and dropped at the end."""
    database = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy")
    engine = create_warehouse_engine(server.cluster.url_of(database), application="dateline tests")
    try:
        yield engine
    finally:
        engine.dispose()
        with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
            _once_left(connection, f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture
def engine(server: EmbeddedServer) -> Iterator[Engine]:
    """A migrated, empty warehouse of this test's own."""
    with fresh_engine(server) as created:
        yield created


@pytest.fixture
def empty_engine(server: EmbeddedServer) -> Iterator[Engine]:
    """An empty database of this test's own, not migrated."""
    with fresh_engine(server, "template0") as created:
        yield created


@pytest.fixture(params=["18", pytest.param("15", marks=pytest.mark.postgres15)])
def every_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated, empty warehouse of this test's own, on each supported server in turn."""
    chosen = request.getfixturevalue("server" if request.param == "18" else "server_15")
    with fresh_engine(chosen) as created:
        yield created


@pytest.fixture
def warehouse_url(engine: Engine) -> str:
    """The URL of this test's warehouse, for a subprocess's DATELINE_WAREHOUSE_URL."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def shared_engine(server: EmbeddedServer) -> Iterator[Engine]:
    """A migrated warehouse in which nothing is ever committed."""
    with fresh_engine(server) as created:
        yield created


@pytest.fixture(scope="session")
def granted_engine(server: EmbeddedServer) -> Iterator[Engine]:
    """A migrated, empty warehouse with the rights on the database too, which a copy of a template lacks."""
    with fresh_engine(server) as created:
        migrate(created)
        yield created


@pytest.fixture
def connection(shared_engine: Engine) -> Iterator[Connection]:
    """A connection to a migrated, empty warehouse, in a transaction that is rolled back: the quickest way to one."""
    with shared_engine.connect() as opened:
        yield opened


def pytest_report_header() -> str:
    """Which Python runs, in one line."""
    return f"python {sys.version.split()[0]}"
