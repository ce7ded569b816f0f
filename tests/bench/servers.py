"""A warehouse of its own for a measurement, on an embedded server that goes away with it."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from warehouse.embedded.server import find_server
from warehouse.engine import create_warehouse_engine
from warehouse.migrate import migrate


@contextlib.contextmanager
def measured_warehouse(folder: Path | None = None, **settings: str) -> Iterator[Engine]:
    """An empty, migrated warehouse. `settings` are the server's, such as shared_buffers.

    With a `folder` the server's files are kept there, and found again the next time.
    """
    home = folder or Path(tempfile.mkdtemp(prefix="dateline-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    # The account that PostgreSQL runs under when this runs as root has to pass through.
    home.chmod(0o711)
    try:
        with find_server(home / "server", **settings).used() as url:
            engine = create_warehouse_engine(url, application="dateline bench")
            migrate(engine)
            yield engine
            engine.dispose()
    finally:
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)


def other_database(engine: Engine, name: str) -> Engine:
    """Another database of the same server."""
    return create_warehouse_engine(engine.url.set(database=name).render_as_string(hide_password=False), application="dateline bench")


def cpu_seconds(connection: Connection) -> float:
    """CPU time so far of this process and of the server process behind `connection` (Linux, server on this machine).

    Other work on the machine disturbs it far less than the clock.
    """
    process_id = connection.scalar(text("SELECT pg_backend_pid()"))
    parts = Path(f"/proc/{process_id}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return time.process_time() + (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
