"""Connections that a signal may interrupt: what the server was asked is cancelled, and the signal goes on its way."""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

CANCEL_SECONDS = 5.0
# How often the driver looks for signals while it waits: its own default, which has no public name.
LOOK_SECONDS = 0.1

Answer = TypeVar("Answer")


class InterruptibleConnection(psycopg.Connection[Any]):
    """A connection that ends its statement where a handler of a signal raises in the midst of it.

    psycopg does so for KeyboardInterrupt and SystemExit alone (3.3.x: `Connection.wait`). Prefect raises an exception of its
    own at SIGTERM: the connection stayed busy, the rollback that followed failed as if the server had gone away, and was
    waited for, while what was claimed stayed locked until the process was killed.
    """

    _is_interrupted = False

    def wait(self, gen: PQGen[Answer], interval: float = LOOK_SECONDS, timeout: float | None = None) -> Answer:
        """What `gen` asks of the server, as psycopg's; whatever is raised comes out, never in the place of a signal's."""
        try:
            return super().wait(gen, interval, timeout)
        except BaseException as raised:
            if not isinstance(raised, Exception):
                self._is_interrupted = True
                self._end_statement(gen)
            raise

    def rollback(self) -> None:
        """As psycopg's; nothing where an interrupted connection is closed: its error would be raised in the place of the signal's."""
        if not (self._is_interrupted and self.closed):
            super().rollback()

    @contextlib.contextmanager
    def copying(self) -> Iterator[None]:
        """To be put around the writing of a COPY: it ends too where the signal comes between two waits for the server.

        psycopg then tells the server that the copy failed, and waits until it has come so far.
        """
        try:
            yield
        except BaseException as raised:
            if not isinstance(raised, Exception):
                self._is_interrupted = True
                self._end_statement(None)
            raise

    def _end_statement(self, gen: PQGen[Any] | None) -> None:
        if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
            return
        # A statement that is cancelled ends with an error, which says nothing that the signal does not.
        with contextlib.suppress(Exception):
            self.cancel_safe(timeout=CANCEL_SECONDS)
            if gen is not None:
                super().wait(gen, LOOK_SECONDS, CANCEL_SECONDS)
        if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
            self.close()
