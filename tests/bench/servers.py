"""A warehouse of its own for a measurement, on an embedded server that goes away with it."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from warehouse.embedded.server import find_server
from warehouse.engine import create_warehouse_engine
from warehouse.migrate import migrate


@contextlib.contextmanager
def measured_warehouse(**settings: str) -> Iterator[Engine]:
    """An empty, migrated warehouse. `settings` are the server's, such as shared_buffers."""
    home = Path(tempfile.mkdtemp(prefix="dateline-bench-"))
    # The account that PostgreSQL runs under when this runs as root has to pass through.
    home.chmod(0o711)
    try:
        with find_server(home / "server", **settings).used() as url:
            engine = create_warehouse_engine(url, application="dateline bench")
            migrate(engine)
            yield engine
            engine.dispose()
    finally:
        shutil.rmtree(home, ignore_errors=True)
