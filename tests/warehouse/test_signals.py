"""A signal in the midst of a statement ends the statement: what it locked is free, and the signal is what is raised."""

import os
import signal
import threading
import time
from collections.abc import Iterator
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


class SomeRows(list[dict[str, int]]):
    """Rows that are counted as they are taken, and after which no end comes."""

    taken = 0

    def __iter__(self) -> Iterator[dict[str, int]]:
        for row in super().__iter__():
            self.taken += 1
            yield row
        while True:
            time.sleep(0.01)


class Terminator(threading.Thread):
    """Sends SIGTERM to this process when it waits for what `other` has locked and has come to a stand, then ends the wait."""

    def __init__(self, watching: Connection, other: Connection, rows: list[dict[str, int]]) -> None:
        super().__init__()
        self.watching, self.other, self.rows = watching, other, rows
        self.is_heard = False

    def run(self) -> None:
        while not self._is_waiting() or self._moves():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        deadline = time.monotonic() + 240
        while not self.is_heard and time.monotonic() < deadline:
            self.is_heard = not self._is_waiting()
        self.other.commit()

    def _is_waiting(self) -> bool:
        return bool(self.watching.scalar(text(WAITING)))

    def _moves(self) -> bool:
        if not isinstance(self.rows, SomeRows):
            return False
        before = self.rows.taken
        time.sleep(0.5)
        return self.rows.taken > before


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="a statement"),
        pytest.param([{"key": 1}], id="a COPY at its end"),
        pytest.param(SomeRows([{"key": 1}] * 5_000_000), id="a COPY that cannot write on"),
        pytest.param(SomeRows([{"key": 1}] * 300_000), id="a COPY that waits for its rows"),
    ],
)
@pytest.mark.usefixtures("terminating")
def test_it_ends_what_the_server_was_asked(engine: Engine, rows: list[dict[str, int]]) -> None:
    """SIGTERM within a COPY was told as a server that went away, and tried again, until the process was killed."""
    with engine.begin() as connection:
        TABLE.create(connection)
    # Within a transaction the server shows the same sessions for ever.
    with engine.connect() as other, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        other.execute(TABLE.insert(), {"key": 1})
        sender = Terminator(watching, other, rows)
        sender.start()
        with pytest.raises(TerminatedError), told_interruptions(engine), engine.begin() as connection:
            connection.execute(text("SET lock_timeout = 0"))
            if rows:
                copy_rows(connection, TABLE, rows)
            else:
                connection.execute(text("LOCK TABLE rows_of_two"))
        sender.join()
    assert sender.is_heard, "the server waited on behalf of who was gone"
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM rows_of_two")) == 1, "and the engine is of use again"
