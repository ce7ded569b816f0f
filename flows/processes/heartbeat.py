"""Saying that a process lives, from a thread of its own, while it is busy elsewhere."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from transforms.failures import TransientError

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def beating(engine: Engine, beat: Callable[[Connection], object], *, seconds: float) -> Iterator[None]:
    """Call `beat` in a transaction every `seconds` while the block runs.

    A server that is away misses a beat and gets the next one. A claim that was lost ends the beating: whoever
    settles finds out by itself.
    """
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(seconds):
            try:
                with engine.begin() as connection:
                    beat(connection)
            except SQLAlchemyError as error:
                logger.warning("no heartbeat: %s", type(error).__name__)
            except TransientError as error:
                logger.warning("no more heartbeats: %s", error)
                return

    thread = threading.Thread(target=run, name="dateline-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
