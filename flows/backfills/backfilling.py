"""A backfill at work: take a window, capture it, work it off, settle it, until there is none left.

Any number of processes may be at one backfill. Whatever happens to one of them, its window goes to another
after its lease, or at once where its process is known to be gone; what it captured is captured once.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from flows.backfills.sources import WindowCapture, WindowSource
from flows.logs import logging_context
from flows.orchestration.execution import RETRY_DELAYS_SECONDS, Execution
from flows.pipeline import RunReport, Source, close_failed, conclude, draw, work_off
from flows.processes.heartbeat import beating
from flows.processes.reaping import reap_all
from flows.stages import Stage, Worker
from transforms.failures import PermanentError, TransientError
from warehouse.crash_points import crash_point
from warehouse.interruptions import Interruption, told_interruptions
from warehouse.ops import backfills, runs, windows
from warehouse.ops.backfills import Backfill
from warehouse.ops.windows import LostWindow, WindowClaim

LEASE_SECONDS = 300.0
LOOK_AGAIN_SECONDS = 0.5
KIND = "backfill"

# Work on captures and on what came of them, in any stage.
_OPEN_WORK = text(
    "SELECT count(*) FROM ops.work WHERE state IN ('pending', 'claimed') AND (subject_id = ANY(:ids) OR subject_id IN"
    " (SELECT article_version_id FROM core.article_versions WHERE capture_id = ANY(:ids)))"
)

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillReport:
    """What this process came to: the backfill as it now is, its own run, and the windows that it read or failed."""

    backfill: Backfill
    run: RunReport
    windows_read: int
    windows_failed: int
    item_count: int
    new_count: int
    request_count: int
    is_out_of_requests: bool = False


@dataclass(slots=True)
class _Tally:
    read: int = 0
    failed: int = 0
    items: int = 0
    new: int = 0
    requests: int = 0
    is_out_of_requests: bool = False
    stages: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What this process works with, and what it has come to so far."""

    engine: Engine
    run_id: UUID
    source: WindowSource
    stages: Sequence[Stage[Any, Any]]
    worker: Worker
    execution: Execution
    tally: _Tally = field(default_factory=_Tally)

    def work_off(self) -> None:
        """All that is pending, stage by stage."""
        for stage in self.stages:
            counts = work_off(self.engine, stage, self.run_id, self.execution, self.worker)
            self.tally.stages.setdefault(stage.name, Counter()).update(counts)
            crash_point("stage_ended")


def run_backfill(
    engine: Engine,
    backfill_id: UUID,
    *,
    source: WindowSource,
    stages: Sequence[Stage[Any, Any]],
    worker: Worker,
    execution: Execution,
    preparations: Sequence[Source] = (),
    on_progress: Callable[[Backfill], None] = lambda _: None,
    parameters: Mapping[str, Any] | None = None,
    flow_run_id: str | None = None,
) -> BackfillReport:
    """Work at a backfill until it has no window to take: it is done, failed, paused, canceled or out of requests.

    `preparations` are done first, by each process that is at it.

    Raises `Interruption` where the warehouse is away for longer than it is waited for; the same command goes on.
    """
    _reap(engine)
    started = time.monotonic()
    run_id = _patiently(engine, lambda connection: runs.start_run(
        connection, KIND, worker=worker.name, code_version=version("dateline"),
        parameters={"backfill_id": str(backfill_id), **(parameters or {})}, flow_run_id=flow_run_id,
    ))
    crash_point("run_started")
    work = _Work(engine=engine, run_id=run_id, source=source, stages=stages, worker=worker, execution=execution)
    tally = work.tally
    is_done = False
    try:
        with logging_context(run_id=run_id), beating(engine, lambda connection: runs.beat(connection, run_id), seconds=30):
            for preparation in preparations:
                tally.stages[preparation.stage] = draw(preparation, run_id, execution)
            _read_windows(work, backfill_id, on_progress)
            # What another process left between two stages.
            work.work_off()
            report = conclude(
                engine, run_id, KIND, tally.stages, execution, elapsed_seconds=time.monotonic() - started
            )
        is_done = True
    finally:
        if not is_done:
            close_failed(engine, run_id)
    crash_point("run_ending")
    backfill = _patiently(engine, lambda connection: backfills.finish_backfill(connection, backfill_id))
    on_progress(backfill)
    return BackfillReport(
        backfill=backfill, run=report, windows_read=tally.read, windows_failed=tally.failed, item_count=tally.items,
        new_count=tally.new, request_count=tally.requests, is_out_of_requests=tally.is_out_of_requests,
    )


def _read_windows(work: _Work, backfill_id: UUID, on_progress: Callable[[Backfill], None]) -> None:
    while True:
        backfill = _patiently(work.engine, lambda connection: backfills.finish_backfill(connection, backfill_id))
        on_progress(backfill)
        if backfill.state != "running":
            return
        claim = _patiently(work.engine, partial(_claim, backfill, work.worker))
        if claim is None:
            # All that is left is with other processes, living or dead.
            time.sleep(LOOK_AGAIN_SECONDS)
            _reap(work.engine)
            continue
        crash_point("window_claimed")
        with logging_context(window=claim.window):
            _read_window(work, backfill, claim)
        if work.tally.is_out_of_requests:
            return


def _read_window(work: _Work, backfill: Backfill, claim: WindowClaim) -> None:
    engine, run_id, tally = work.engine, work.run_id, work.tally
    remaining = None
    if backfill.request_maximum is not None:
        remaining = max(0, backfill.request_maximum - backfill.request_count)
    is_settled = False
    try:
        with beating(engine, partial(_extend, claim), seconds=LEASE_SECONDS / 4):
            captured: WindowCapture = work.execution.do(
                "capture-window", f"capture {claim.window}",
                partial(work.source.capture, claim.window, run_id, request_maximum=remaining),
            )
            tally.requests += captured.request_count
            _patiently(engine, partial(_spend, backfill.backfill_id, captured.request_count))
            if captured.is_out_of_requests:
                tally.is_out_of_requests = True
                return
            work.work_off()
            _await_others(work, captured.capture_ids)
        _patiently(engine, partial(_settle, claim, run_id, len(captured.capture_ids)))
        crash_point("window_settled")
        is_settled = True
        tally.read += 1
        tally.items += len(captured.capture_ids)
        tally.new += captured.new_count
    except LostWindow as lost:
        logger.warning("%s", lost)
        is_settled = True
    except Interruption:
        raise
    except (TransientError, PermanentError) as error:
        state = _patiently(engine, partial(_fail, claim, run_id, error))
        is_settled = True
        tally.failed += state == "failed"
        logger.warning("the window failed and is %s: %s", state, error)
    finally:
        if not is_settled:
            _release(engine, claim)


def _claim(backfill: Backfill, worker: Worker, connection: Connection) -> WindowClaim | None:
    return windows.claim_window(
        connection, series_id=backfill.backfill_id, worker=worker.name, lease_seconds=LEASE_SECONDS,
        is_backwards=backfill.is_backwards, active_maximum=backfill.active_maximum,
    )


def _extend(claim: WindowClaim, connection: Connection) -> None:
    windows.extend_window(connection, claim, lease_seconds=LEASE_SECONDS)


def _settle(claim: WindowClaim, run_id: UUID, item_count: int, connection: Connection) -> None:
    windows.settle_window(connection, claim, run_id=run_id, item_count=item_count)
    crash_point("window_settling")


def _fail(claim: WindowClaim, run_id: UUID, error: TransientError | PermanentError, connection: Connection) -> str:
    is_final = isinstance(error, PermanentError)
    return windows.fail_window(connection, claim, run_id=run_id, reason=str(error), is_final=is_final)


def _spend(backfill_id: UUID, count: int, connection: Connection) -> None:
    if count:
        backfills.spend_requests(connection, backfill_id, count)


def _await_others(work: _Work, capture_ids: Sequence[UUID]) -> None:
    """Wait until other processes have settled what they took of this window; do what they leave."""
    while _patiently(work.engine, lambda connection: connection.scalar(_OPEN_WORK, {"ids": list(capture_ids)})):
        time.sleep(LOOK_AGAIN_SECONDS)
        _reap(work.engine)
        work.work_off()


def _patiently(engine: Engine, do: Callable[[Connection], Answer]) -> Answer:
    """`do` in a transaction of its own, again after each interruption of the warehouse. `do` is idempotent."""
    for delay in RETRY_DELAYS_SECONDS:
        try:
            with told_interruptions(engine), engine.begin() as connection:
                return do(connection)
        except Interruption as interruption:
            logger.warning("%s Trying again in %g s.", interruption, delay)
            time.sleep(delay)
    with told_interruptions(engine), engine.begin() as connection:
        return do(connection)


def _reap(engine: Engine) -> None:
    """Put back what dead processes hold; a warehouse that is away is asked the next time."""
    try:
        with told_interruptions(engine):
            reap_all(engine)
    except Interruption as interruption:
        logger.warning("nothing was reaped: %s", interruption)


def _release(engine: Engine, claim: WindowClaim) -> None:
    try:
        with told_interruptions(engine), engine.begin() as connection:
            windows.release_window(connection, claim)
    except Interruption as interruption:
        logger.warning("the window is left to its lease: %s", interruption)
