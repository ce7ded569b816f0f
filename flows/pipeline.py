"""The way of the data, once: capture, then every stage until nothing is pending, then checks and an account.

The same pipeline runs plainly and inside a Prefect flow: `Execution` decides how a unit is carried out.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from flows.logs import logging_context
from flows.orchestration.execution import Execution
from flows.processes.heartbeat import beating
from flows.stages import BatchResult, Stage, Worker, run_batch
from transforms.failures import PermanentError
from warehouse import checks
from warehouse.core.entity_groups import settle_entities
from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.crash_points import crash_point
from warehouse.day_counts import refresh_day_counts
from warehouse.interruptions import Interruption, told_interruptions
from warehouse.ops import runs, work
from warehouse.ops.run_accounts import count_captures

HEARTBEAT_SECONDS = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where captures come from in a run: `units` are its batches by name, each done once, in order.

    A preparation captures nothing: the clock of the run starts behind it.
    """

    stage: str
    units: Iterable[tuple[str, Callable[[UUID], Mapping[str, int]]]]
    is_preparation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run came to. `counts` holds the ledger's counts by unit and outcome, `stages` those of each stage.

    `failed_checks` names the checks with an offending row, by severity. `elapsed_seconds` is from the first
    capture to the last commit.
    """

    run_id: UUID
    kind: str
    elapsed_seconds: float
    counts: Mapping[str, Mapping[str, int]]
    stages: Mapping[str, Mapping[str, int]]
    failed_checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_published: bool = True

    @property
    def quarantined_count(self) -> int:
        """Rows that any stage put into quarantine in this run."""
        return sum(counts.get("quarantined", 0) for counts in self.stages.values())


def run_pipeline(
    engine: Engine,
    *,
    kind: str,
    sources: Sequence[Source],
    stages: Sequence[Stage[Any, Any]],
    execution: Execution,
    worker: Worker,
    parameters: Mapping[str, Any] | None = None,
    flow_run_id: str | None = None,
    get_ready: Callable[[], object] | None = None,
) -> RunReport:
    """Run `sources`, then each stage until nothing of it is pending, then judge the run.

    `get_ready` is waited for first: whatever loads tables and models in the background.

    Raises `PermanentError` where the run's counts do not add up, and marks it failed, as every exception does.
    """
    if get_ready is not None:
        get_ready()
    with engine.begin() as connection:
        run_id = runs.start_run(
            connection, kind, worker=worker.name, code_version=version("dateline"),
            parameters=parameters, flow_run_id=flow_run_id,
        )
    crash_point("run_started")
    finished = False
    try:
        with (
            told_interruptions(engine),
            logging_context(run_id=run_id),
            beating(engine, lambda connection: runs.beat(connection, run_id), seconds=HEARTBEAT_SECONDS),
        ):
            report = _run(engine, run_id, kind, sources, stages, execution, worker)
        finished = True
    finally:
        if not finished:
            close_failed(engine, run_id)
    crash_point("run_ending")
    return report


def close_failed(engine: Engine, run_id: UUID) -> None:
    """Close a run that an exception ended; where the warehouse is away, `dateline reap` will."""
    try:
        with told_interruptions(engine), engine.begin() as connection:
            runs.finish_run(connection, run_id, "failed", detail="An exception ended it; its text is in the log.")
    except Interruption as interruption:
        logger.warning("the run is left open for `dateline reap`: %s", interruption)


def _run(
    engine: Engine,
    run_id: UUID,
    kind: str,
    sources: Sequence[Source],
    stages: Sequence[Stage[Any, Any]],
    execution: Execution,
    worker: Worker,
) -> RunReport:
    started = time.monotonic()
    done: dict[str, Counter[str]] = {}
    for source in sources:
        done.setdefault(source.stage, Counter()).update(draw(source, run_id, execution))
        if source.is_preparation:
            started = time.monotonic()
    for stage in stages:
        done[stage.name] = work_off(engine, stage, run_id, execution, worker)
        crash_point("stage_ended")
    return conclude(engine, run_id, kind, done, execution, elapsed_seconds=time.monotonic() - started)


def draw(source: Source, run_id: UUID, execution: Execution) -> Counter[str]:
    """Do the units of a source, in order; counts by outcome."""
    counts: Counter[str] = Counter()
    for name, unit in source.units:
        counts.update(execution.do(source.stage, name, partial(unit, run_id)))
    return counts


def conclude(
    engine: Engine,
    run_id: UUID,
    kind: str,
    done: Mapping[str, Mapping[str, int]],
    execution: Execution,
    *,
    elapsed_seconds: float,
) -> RunReport:
    """Judge a run whose work is done, write its account and close it.

    Raises `PermanentError` where the account does not add up; the run is left open then, for the caller to fail.
    """
    execution.do("count", "settle-entities", partial(_refresh, engine, settle_entities))
    execution.do("count", "cluster-events", partial(_refresh, engine, refresh_event_clusters))
    execution.do("count", "count-days", partial(_refresh, engine, refresh_day_counts))
    results = execution.do("check", "check-the-run", partial(_check, engine, run_id))
    failed = {
        severity: tuple(result.name for result in results if not result.is_passed and result.severity == severity)
        for severity in ("error", "warning")
    }
    is_published = not failed["error"]
    with engine.begin() as connection:
        runs.add_counts(connection, run_id, "capture", count_captures(connection, run_id))
        unbalanced = runs.imbalances(connection, run_id)
        if not unbalanced:
            detail = f"checks failed: {', '.join(failed['error'])}" if failed["error"] else None
            runs.finish_run(connection, run_id, "succeeded", detail=detail, is_published=is_published)
        crash_point("counting")
        account = runs.read_counts(connection, run_id)
    if unbalanced:
        raise PermanentError(f"The run does not add up: {'; '.join(map(str, unbalanced))}.")
    return RunReport(
        run_id=run_id, kind=kind, elapsed_seconds=elapsed_seconds, counts=account, stages=done,
        failed_checks={severity: names for severity, names in failed.items() if names}, is_published=is_published,
    )


def work_off(
    engine: Engine, stage: Stage[Any, Any], run_id: UUID, execution: Execution, worker: Worker
) -> Counter[str]:
    """Do batches of a stage until nothing is pending for this worker; counts by outcome."""
    counts: Counter[str] = Counter()
    with engine.begin() as connection:
        work.adopt(connection, stage.name, stage.version)
    number = 0
    # A look costs a statement; a batch that finds nothing would be one more task on Prefect's pages.
    while _is_pending(engine, stage, worker):
        number += 1
        batch: BatchResult = execution.do(
            stage.name, f"{stage.name}-{number}", partial(run_batch, engine, stage, run_id, worker)
        )
        if batch.claimed_count == 0:
            break
        counts.update(batch.counts)
    return counts


def _is_pending(engine: Engine, stage: Stage[Any, Any], worker: Worker) -> bool:
    """Whether there may be a batch to do: one waits for a warehouse that is away, and a look does not."""
    try:
        with told_interruptions(engine), engine.connect() as connection:
            return work.is_pending(connection, stage.name, stage.version, priority=worker.priority)
    except Interruption:
        return True


def _refresh(engine: Engine, refresh: Callable[[Connection], Sequence[object]]) -> int:
    """Bring up to date what follows from rows of many articles, a part in each transaction; how many were stale."""
    count = 0
    while True:
        with engine.begin() as connection:
            done = refresh(connection)
        if not done:
            return count
        count += len(done)


def _check(engine: Engine, run_id: UUID) -> tuple[checks.CheckResult, ...]:
    with engine.begin() as connection:
        return checks.run_checks(connection, run_id)
