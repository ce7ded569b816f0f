"""The mutex of runs: an advisory lock that PostgreSQL frees when the process that holds it dies, however it dies."""

import contextlib
import os
import socket
from collections.abc import Iterator

from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from transforms.failures import BusyError
from warehouse.interruptions import Interruption

# The session of a process that was killed ends a moment after it: who starts again at once waits for that.
PATIENCE_SECONDS = 5.0

_TAKE = text("SELECT pg_advisory_lock(hashtextextended('dateline mutex ' || :name, 0))")
_GIVE_BACK = text("SELECT pg_advisory_unlock(hashtextextended('dateline mutex ' || :name, 0))")
_HOLDER = text(
    "SELECT application_name, backend_start, pid FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    "   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    "   AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('dateline mutex ' || :name, 0)"
)


@contextlib.contextmanager
def hold_mutex(engine: Engine, name: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the mutex `name` while the block runs, on a connection of its own without a transaction.

    Raises BusyError with who holds it and since when, where it is not free within `patience_seconds`. The connection must
    reach the server itself: behind a pooler that shares sessions by transaction the lock would belong to nobody
    (`dateline doctor` looks).
    """
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        # Whoever finds the lock taken reads this.
        label = f"dateline {name} {socket.gethostname()}:{os.getpid()}"
        connection.execute(text("SELECT set_config('application_name', :label, false)"), {"label": label[:63]})
        connection.execute(text("SELECT set_config('lock_timeout', :patience, false)"), {"patience": f"{patience_seconds * 1000:.0f}ms"})
        try:
            connection.execute(_TAKE, {"name": name})
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            by = holder(engine, name) or "it has just ended"
            raise BusyError(f"Another {name} is at work ({by}): wait for its end, or stop it.") from None
        connection.execute(text("SET lock_timeout = 0"))
        is_answering = True
        try:
            yield
        except (Interruption, OperationalError):
            # A line that fell silent would be waited for once more, for two minutes: closing tells the server enough.
            is_answering = False
            raise
        finally:
            # The server notices the closed connection a moment later: who asks at once would find the lock taken.
            if is_answering:
                with contextlib.suppress(DBAPIError):
                    connection.execute(_GIVE_BACK, {"name": name})
    finally:
        # Not back into the pool: a session with a lock and a name of its own is nobody else's.
        connection.invalidate()
        connection.close()


def holder(engine: Engine, name: str) -> str | None:
    """Who holds the mutex `name`, for a person; None where it is free."""
    with engine.connect() as connection:
        row = connection.execute(_HOLDER, {"name": name}).first()
    if row is None:
        return None
    return f"{row.application_name or 'a session'} since {row.backend_start:%Y-%m-%d %H:%M:%S} UTC, server process {row.pid}"
