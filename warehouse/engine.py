"""The way into a warehouse: an engine on the URL that is configured, or on the embedded server."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from transforms.failures import ConfigurationError, DatelineError, TransientError
from warehouse.addresses import URL_VARIABLE, parse_url, place
from warehouse.embedded import embedded_server
from warehouse.interruptions import told_interruptions
from warehouse.signals import InterruptibleConnection

OLDEST_SERVER = 15
CONNECT_SECONDS = 10
# Sent with the connection, so that every session has them whatever the server's defaults are.
# Views of the mart join up to twelve tables: with the default of eight, a question is answered by reading them whole.
JOIN_LIMITS = {"join_collapse_limit": "12", "from_collapse_limit": "12"}
# A machine that vanishes says no farewell. The server frees what it held, and a client gives up, after two minutes of
# silence in place of the system's two hours; over a Unix socket, whose end is seen at once, these mean nothing.
SILENCE = {"idle": 60, "interval": 10, "count": 6}
UNHEARD_MILLISECONDS = 120_000
SESSION = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "15min",
    "jit": "off",
    **{f"tcp_keepalives_{name}": str(value) for name, value in SILENCE.items()},
    "tcp_user_timeout": str(UNHEARD_MILLISECONDS),
} | JOIN_LIMITS
CLIENT = {f"keepalives_{name}": value for name, value in SILENCE.items()} | {"tcp_user_timeout": UNHEARD_MILLISECONDS}
# Reasons of PostgreSQL that time heals: too many connections, starting up, shutting down.
PASSING = {"53300", "57P01", "57P02", "57P03"}


@contextlib.contextmanager
def open_warehouse(url: str | None = None, *, application: str = "dateline") -> Iterator[Engine]:
    """An engine on `url`, else on DATELINE_WAREHOUSE_URL, else on the embedded server, held while the block runs.

    The first connection is made at once. Raises ConfigurationError for what a person has to change (a wrong
    URL, name or password, a server that is too old) and TransientError for a server that does not answer, or
    that goes away while the block runs.
    """
    with contextlib.ExitStack() as stack:
        given = url or os.environ.get(URL_VARIABLE)
        address = given or stack.enter_context(embedded_server()).url
        engine = create_warehouse_engine(address, application=application)
        stack.callback(engine.dispose)
        _check(engine)
        with told_interruptions(engine):
            yield engine


def create_warehouse_engine(url: str, *, application: str = "dateline") -> Engine:
    """An engine on `url` (postgresql://...), not yet connected. Sessions are in UTC and bear `application`."""
    address = parse_url(url)
    options = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    engine = create_engine(
        address,
        pool_pre_ping=True,
        connect_args={
            "application_name": application,
            "connect_timeout": CONNECT_SECONDS,
            **{name: value for name, value in CLIENT.items() if name not in address.query},
            "options": f"{address.query.get('options', '')} {options}".strip(),
        },
    )
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_dialect: Dialect, _record: ConnectionPoolEntry, positional: list[Any], named: dict[str, Any]) -> InterruptibleConnection:
    return InterruptibleConnection.connect(*positional, **named)


def _check(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            version = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000
    except DBAPIError as error:
        raise connection_failure(error, engine.url) from error
    if version < OLDEST_SERVER:
        raise ConfigurationError(
            f"The server at {place(engine.url)} is PostgreSQL {version}: Dateline needs {OLDEST_SERVER} or newer."
        )


def connection_failure(error: DBAPIError, url: URL) -> DatelineError:
    """What a failure to connect means for the user."""
    cause = error.orig
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    said = " ".join(str(cause).split())
    if state in PASSING or "the database system is" in said:
        return TransientError(f"The warehouse at {place(url)} is busy: {said}.")
    if isinstance(cause, psycopg.ProgrammingError):
        return ConfigurationError(f"{URL_VARIABLE} has a part that PostgreSQL does not know: {said}.")
    if "does not exist" in said:
        return ConfigurationError(f"The database or role at {place(url)} does not exist: create it first.")
    if "authentication failed" in said or "no password supplied" in said or "pg_hba.conf" in said:
        return ConfigurationError(f"The server at {place(url)} refuses {url.username or 'this user'}: {said}.")
    if "resolve" in said or "Name or service not known" in said:
        return ConfigurationError(f"There is no host {url.host!r}: correct {URL_VARIABLE}.")
    return TransientError(f"The warehouse at {place(url)} does not answer: start the server or correct {URL_VARIABLE}.")
