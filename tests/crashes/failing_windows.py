"""An execution under which some windows of a backfill fail before they succeed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine, text

from transforms.failures import TransientError

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingWindows:
    """Each window that starts on every tenth day fails until the ledger knows of `times` failures of it.

    So it fails as often whoever dies meanwhile. Nothing else is tried again.
    """

    engine: Engine
    times: int

    def do(self, stage: str, name: str, function: Callable[[], Answer]) -> Answer:
        """See `flows.orchestration.execution.Execution.do`."""
        if stage == "capture-window":
            start = datetime.fromisoformat(name.removeprefix("capture ").partition("/")[0])
            if is_failing(start) and self._failures(start) < self.times:
                raise TransientError("The archive did not answer.")
        return function()

    def _failures(self, start: datetime) -> int:
        with self.engine.connect() as connection:
            return int(connection.scalar(text(
                "SELECT max(attempts) FROM ops.windows WHERE window_start = :start AND backfill_id IS NOT NULL"), {"start": start}) or 0)


def is_failing(start: datetime) -> bool:
    """Whether a window that starts then is one of those that fail."""
    return start.toordinal() % 10 == 0
