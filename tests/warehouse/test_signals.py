"""A signal in the midst of a statement ends the statement: what it locked is free, and the signal is what is raised."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, text

from warehouse.copying import copy_rows
from warehouse.interruptions import told_interruptions

TABLE = Table("rows_of_two", MetaData(), Column("key", Integer, primary_key=True))
# Of this database: others of the server have waiters of their own.
WAITING = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"


class TerminatedError(BaseException):
    """As Prefect's handler of SIGTERM raises: neither an Exception nor one of Python's own."""


@pytest.fixture
def terminating() -> Iterator[None]:
    def terminate(*_: object) -> NoReturn:
        raise TerminatedError

    before = signal.signal(signal.SIGTERM, terminate)
    yield
    signal.signal(signal.SIGTERM, before)


def select_it(connection: Connection) -> None:
    connection.execute(text("LOCK TABLE rows_of_two"))


def copy_it(connection: Connection) -> None:
    """A COPY that waits at its end, for whoever has the same key and has not yet committed."""
    copy_rows(connection, TABLE, [{"key": 1}])


@pytest.mark.parametrize("ask", [select_it, copy_it])
@pytest.mark.usefixtures("terminating")
def test_it_ends_what_the_server_was_asked(engine: Engine, ask: Callable[[Connection], None]) -> None:
    """SIGTERM within a COPY was told as a server that went away, and tried again, until the process was killed."""
    with engine.begin() as connection:
        TABLE.create(connection)
    # Within a transaction the server shows the same sessions for ever.
    with engine.connect() as other, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        other.execute(TABLE.insert(), {"key": 1})
        sender = threading.Thread(target=terminate_once, args=(watching,))
        sender.start()
        with pytest.raises(TerminatedError), told_interruptions(engine), engine.begin() as connection:
            ask(connection)
        sender.join()
        assert watching.scalar(text(WAITING)) == 0, "nobody waits on behalf of who is gone"
        other.commit()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM rows_of_two")) == 1, "and the engine is of use again"


def terminate_once(watching: Connection) -> None:
    """Send SIGTERM to this process when somebody waits for a lock."""
    while not watching.scalar(text(WAITING)):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)
