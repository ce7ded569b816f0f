"""How a unit of work is carried out: plainly, or as a Prefect task. The pipeline does not know which.

Retry is a type: a `TransientError` is tried again, everything else is not.
"""

import logging
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from transforms.failures import TransientError

Answer = TypeVar("Answer")

RETRY_DELAYS_SECONDS = (1.0, 5.0, 20.0)

logger = logging.getLogger(__name__)


class Execution(Protocol):
    """Carries out named units of work, one after the other."""

    def do(self, stage: str, name: str, function: Callable[[], Answer]) -> Answer:
        """Call `function` as one unit of `stage`, shown under `name`; raises what it raises at the last try."""
        ...


class PlainExecution:
    """Calls the function, and again after a `TransientError`."""

    def do(self, stage: str, name: str, function: Callable[[], Answer]) -> Answer:
        """See `Execution.do`."""
        for delay in RETRY_DELAYS_SECONDS:
            try:
                return function()
            except TransientError as error:
                logger.warning("%s: %s: %s; trying again in %g s", stage, name, error, delay)
                time.sleep(delay)
        return function()
