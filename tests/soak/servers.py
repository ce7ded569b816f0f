"""Databases for the long tests: the embedded server in a folder of its own, durable as in production."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Engine, text

from warehouse.embedded.server import EmbeddedServer, find_server
from warehouse.engine import create_warehouse_engine
from warehouse.migrate import migrate

_numbers = itertools.count(1)


@contextmanager
def soak_server(within: Path | None = None, **settings: str) -> Iterator[EmbeddedServer]:
    """A server that is up while the block runs, in a new folder, `within` another where given; it goes at the end."""
    home = Path(tempfile.mkdtemp(prefix="dateline-soak-", dir=within))
    home.chmod(0o711)
    try:
        server = find_server(home, max_connections="100", **settings)
        with server.used():
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def fresh_warehouse(server: EmbeddedServer) -> Iterator[tuple[Engine, str]]:
    """A migrated, empty warehouse: its engine and its URL for other processes."""
    database = f"soak_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    url = server.cluster.url_of(database)
    engine = create_warehouse_engine(url, application="dateline soak")
    try:
        migrate(engine)
        yield engine, url
    finally:
        engine.dispose()
        with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {database} WITH (FORCE)")


def prefect_database(server: EmbeddedServer) -> str:
    """An empty database for a Prefect server, as its settings want the URL."""
    with psycopg.connect(server.cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE prefect")
    return server.cluster.url_of("prefect").replace("postgresql://", "postgresql+asyncpg://")


def connections(engine: Engine) -> int:
    """Sessions of the warehouse's database but the one that asks."""
    with engine.connect() as connection:
        return int(connection.scalar(text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")) or 0)
