"""The warehouse as every flow has it: of this version's schema, and left in good order at SIGTERM."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine

from flows.orchestration.terminations import heard_terminations
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@contextlib.contextmanager
def flow_warehouse(name: str) -> Iterator[Engine]:
    """An engine for the flow `name` while the block runs. Raises what `open_warehouse` and `check_current` raise."""
    with heard_terminations(), open_warehouse(application=f"dateline {name}") as engine:
        check_current(engine)
        yield engine
