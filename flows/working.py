"""A worker for one stage, or all of them: batch after batch, any number of them on any number of machines."""

import _thread
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from types import FrameType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from flows.orchestration.execution import RETRY_DELAYS_SECONDS
from flows.pipeline import close_failed
from flows.processes.heartbeat import beating
from flows.processes.reaping import reap_all
from flows.stages import Stage, Worker, run_batch
from transforms.failures import PermanentError
from warehouse.interruptions import Interruption
from warehouse.ops import runs, work
from warehouse.ops.claims import ClaimLost
from warehouse.ops.run_accounts import count_captures

IDLE_SECONDS = (1.0, 2.0, 5.0, 10.0)
REAP_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReport:
    """What a worker did: rows and outcomes by stage, and how long it was busy."""

    run_id: UUID
    rows: int
    stages: dict[str, Counter[str]] = field(default_factory=dict)
    elapsed_seconds: float = 0.0


@contextmanager
def stop_asked() -> Iterator[threading.Event]:
    """An event that SIGTERM or SIGINT sets, so that the batch at hand is ended first; the second one ends at once."""
    stop = threading.Event()
    is_asked = False

    def ask(number: int, _frame: FrameType | None) -> None:
        nonlocal is_asked
        if is_asked:
            raise SystemExit(128 + number)
        is_asked = True
        # On a thread of its own: who is interrupted at the end of a wait holds the lock within the event.
        _thread.start_new_thread(stop.set, ())

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def work_stages(
    engine: Engine, stages: Sequence[Stage[Any, Any]], worker: Worker, *, stop: threading.Event, is_endless: bool = False,
    row_maximum: int | None = None, on_batch: Callable[[str, int], None] = lambda _stage, _rows: None,
) -> WorkReport:
    """Do batches until nothing is pending, or until `stop` where it is endless; then write the account.

    Raises PermanentError where the account does not add up.
    """
    reap_all(engine)
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "work", worker=worker.name, code_version=version("dateline"),
                                parameters={"stages": [stage.name for stage in stages]})
        for stage in stages:
            work.adopt(connection, stage.name, stage.version)
    started = time.monotonic()
    done: dict[str, Counter[str]] = {stage.name: Counter() for stage in stages}
    rows = 0
    is_done = False
    try:
        with beating(engine, lambda connection: runs.beat(connection, run_id), seconds=30):
            idle, reaped_at = 0, time.monotonic()
            while not stop.is_set() and (row_maximum is None or rows < row_maximum):
                claimed = 0
                for stage in stages:
                    batch = _batch(engine, stage, run_id, worker, stop, is_endless=is_endless)
                    claimed += batch[0]
                    done[stage.name].update(batch[1])
                    on_batch(stage.name, batch[0])
                rows += claimed
                if claimed:
                    idle = 0
                    continue
                if not is_endless:
                    break
                stop.wait(IDLE_SECONDS[min(idle, len(IDLE_SECONDS) - 1)])
                idle += 1
                if time.monotonic() - reaped_at > REAP_SECONDS:
                    reap_all(engine)
                    reaped_at = time.monotonic()
        _conclude(engine, run_id)
        is_done = True
    finally:
        if not is_done:
            close_failed(engine, run_id)
    return WorkReport(run_id=run_id, rows=rows, stages=done, elapsed_seconds=time.monotonic() - started)


def _batch(
    engine: Engine, stage: Stage[Any, Any], run_id: UUID, worker: Worker, stop: threading.Event, *, is_endless: bool
) -> tuple[int, dict[str, int]]:
    """One batch, again after interruptions: an endless worker outlives any restart of the server."""
    delays = iter(RETRY_DELAYS_SECONDS)
    while True:
        try:
            batch = run_batch(engine, stage, run_id, worker)
            return batch.claimed_count, dict(batch.counts)
        except (Interruption, ClaimLost):
            delay = next(delays, None)
            if delay is None and not is_endless:
                raise
            stop.wait(delay or RETRY_DELAYS_SECONDS[-1])


def _conclude(engine: Engine, run_id: UUID) -> None:
    with engine.begin() as connection:
        runs.add_counts(connection, run_id, "capture", count_captures(connection, run_id))
        unbalanced = runs.imbalances(connection, run_id)
        if not unbalanced:
            runs.finish_run(connection, run_id, "succeeded", is_published=True)
    if unbalanced:
        raise PermanentError(f"The work does not add up: {'; '.join(map(str, unbalanced))}.")
