"""A stage: claim a batch, compute with no transaction open, load and settle; a bad row costs one row.

Every stage of the pipeline is driven by `run_batch`, whether a Prefect task, a plain loop or a worker calls it.
"""

import os
import socket
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine

from flows.pools import Pool
from transforms.failures import TransientError
from warehouse import work
from warehouse.crash_points import crash_point
from warehouse.quarantine import Failure
from warehouse.work import Claim

Input = TypeVar("Input")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading a batch came to: the ledger's outcome of each subject, and counts for a person to read."""

    outcomes: Mapping[UUID, str]
    counts: Mapping[str, int] = field(default_factory=dict)


class Stage(Protocol[Input, Result]):
    """What one stage reads, computes and loads. `read` and `load` never commit; `compute` touches no database."""

    @property
    def name(self) -> str:
        """Its name in the ledger."""
        ...

    @property
    def version(self) -> str:
        """The version that its results bear. A newer one makes work pending again."""
        ...

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, Input]:
        """The inputs by subject. A subject that is gone or was emptied meanwhile is left out."""
        ...

    def compute(self) -> Callable[[Input], Result]:
        """The pure part, for one input: a function that pickles."""
        ...

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, Result]) -> Loaded:
        """Load what was computed, and make pending what follows from it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Who does the work, in batches of `batch_size` rows held for `lease_seconds`."""

    name: str
    pool: Pool
    batch_size: int = 100
    lease_seconds: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What one batch came to. `claimed_count` 0 means that nothing was pending."""

    stage: str
    claimed_count: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def worker_name() -> str:
    """Host and process, as the ledger shows who holds a claim."""
    return f"{socket.gethostname()}:{os.getpid()}"


def run_batch(engine: Engine, stage: Stage[Any, Any], run_id: UUID, worker: Worker) -> BatchResult:
    """Claim and do one batch of `stage`.

    A row whose computation raises fails by itself, into quarantine or back to be tried again; the others are
    loaded. Raises `warehouse.work.ClaimLost` where somebody else took the batch over: nothing is loaded then.
    """
    with engine.begin() as connection:
        claims = work.claim(
            connection, stage.name, stage.version,
            limit=worker.batch_size, worker=worker.name, lease_seconds=worker.lease_seconds,
        )
        inputs = stage.read(connection, claims) if claims else {}
        crash_point("claiming")
    if not claims:
        return BatchResult(stage=stage.name)
    crash_point("claimed")
    computed = worker.pool.each(stage.compute(), inputs)
    # What is no Exception (an interrupt, the end of the process) is nobody's row's fault.
    for failure in computed.failures.values():
        if not isinstance(failure, Exception):
            raise failure
    crash_point("computed")
    with engine.begin() as connection:
        work.hold(connection, claims)
        crash_point("held")
        loaded = stage.load(connection, run_id, computed.results)
        crash_point("loaded")
        counts = Counter(loaded.counts)
        for one in claims:
            if one.subject_id in computed.failures:
                counts[work.fail(connection, one, failure_of(computed.failures[one.subject_id]), run_id=run_id)] += 1
        done = [one for one in claims if one.subject_id not in computed.failures]
        outcomes = {one.subject_id: loaded.outcomes.get(one.subject_id, "gone") for one in done}
        work.settle(connection, done, outcomes, run_id=run_id)
        crash_point("settled")
    crash_point("committed")
    return BatchResult(stage=stage.name, claimed_count=len(claims), counts=counts)


def failure_of(error: BaseException) -> Failure:
    """An exception as the ledger keeps it. Only a `TransientError` is worth another attempt."""
    return Failure(
        reason="transient" if isinstance(error, TransientError) else type(error).__name__,
        detail=str(error) or type(error).__name__,
        exception_type=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="".join(traceback.format_exception(error)),
        is_permanent=not isinstance(error, TransientError),
    )
