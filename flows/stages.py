"""A stage: claim a batch, compute with no transaction open, load and settle; a bad row costs one row.

Every stage of the pipeline is driven by `run_batch`, whether a Prefect task, a plain loop or a worker calls it.
"""

import contextlib
import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, StatementError

from flows.orchestration.execution import RETRY_DELAYS_SECONDS
from flows.processes.pools import Computed, Pool
from transforms.failures import PermanentError, TransientError
from warehouse.crash_points import crash_point
from warehouse.interruptions import Interruption, told_interruptions
from warehouse.ops.claims import Claim, claim, fail, hold, release, settle
from warehouse.ops.quarantine import Failure

logger = logging.getLogger(__name__)

# What loading one row may raise because of that row: the server refuses it, or it is not what the loader expects.
REFUSALS = (
    PermanentError, StatementError, psycopg.Error, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError,
)

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
    """Who does the work, in batches of `batch_size` rows held for `lease_seconds`.

    With `priority` it takes rows of that one alone: scheduled runs stay punctual while a backfill is at work.
    """

    name: str
    pool: Pool
    batch_size: int = 100
    lease_seconds: float = 600.0
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What one batch came to. `claimed_count` 0 means that nothing was pending."""

    stage: str
    claimed_count: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def run_batch(engine: Engine, stage: Stage[Any, Any], run_id: UUID, worker: Worker) -> BatchResult:
    """Claim and do one batch of `stage`.

    A row whose computation raises, or that the warehouse refuses, fails by itself, into quarantine or back to be
    tried again; the others are loaded. What ends the batch before it is loaded gives its claims back. Raises
    `warehouse.ops.claims.ClaimLost` where somebody else took the batch over: nothing is loaded then; and
    `warehouse.interruptions.Interruption` where the warehouse went away for longer than it is waited for.
    """
    claims: list[Claim] = []
    # From the claim on: a signal that comes while it is committed would leave it to its lease.
    with _given_back(engine, claims):
        with told_interruptions(engine), engine.begin() as connection:
            claims += claim(
                connection, stage.name, stage.version, limit=worker.batch_size, worker=worker.name,
                lease_seconds=worker.lease_seconds, priority=worker.priority,
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
        counts = _load_patiently(engine, stage, run_id, claims, computed)
    crash_point("committed")
    return BatchResult(stage=stage.name, claimed_count=len(claims), counts=counts)


def _load_patiently(
    engine: Engine, stage: Stage[Any, Any], run_id: UUID, claims: Sequence[Claim], computed: Computed[UUID, Any]
) -> Counter[str]:
    """Load what was computed, once more after each interruption: it need not be computed again."""
    for delay in (*RETRY_DELAYS_SECONDS, None):
        try:
            with told_interruptions(engine):
                return _load(engine, stage, run_id, claims, computed)
        except Interruption as interruption:
            if delay is None:
                raise
            logger.warning("%s Trying again in %g s.", interruption, delay)
            time.sleep(delay)
    raise AssertionError("the last attempt returns or raises")


def _load(
    engine: Engine, stage: Stage[Any, Any], run_id: UUID, claims: Sequence[Claim], computed: Computed[UUID, Any]
) -> Counter[str]:
    """Load and settle in one transaction. Where the warehouse refuses it, each half by itself, down to the row."""
    try:
        with engine.begin() as connection:
            return _load_in(connection, stage, run_id, claims, computed)
    except REFUSALS as refusal:
        # Neither is a row's fault; psycopg's own come from within a COPY.
        if isinstance(refusal, (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)):
            raise
        if isinstance(refusal, DBAPIError) and refusal.connection_invalidated:
            raise
        if len(claims) == 1:
            with engine.begin() as connection:
                return Counter({fail(connection, claims[0], failure_of(refusal), run_id=run_id): 1})
    middle = len(claims) // 2
    counts = _load(engine, stage, run_id, claims[:middle], computed)
    return counts + _load(engine, stage, run_id, claims[middle:], computed)


def _load_in(
    connection: Connection, stage: Stage[Any, Any], run_id: UUID, claims: Sequence[Claim],
    computed: Computed[UUID, Any],
) -> Counter[str]:
    hold(connection, claims)
    crash_point("held")
    done = [one for one in claims if one.subject_id not in computed.failures]
    own = {one.subject_id for one in done}
    loaded = stage.load(connection, run_id, {key: result for key, result in computed.results.items() if key in own})
    crash_point("loaded")
    counts = Counter(loaded.counts)
    for one in claims:
        if one.subject_id in computed.failures:
            counts[fail(connection, one, failure_of(computed.failures[one.subject_id]), run_id=run_id)] += 1
    outcomes = {one.subject_id: loaded.outcomes.get(one.subject_id, "gone") for one in done}
    settle(connection, done, outcomes, run_id=run_id)
    crash_point("settled")
    return counts


@contextlib.contextmanager
def _given_back(engine: Engine, claims: Sequence[Claim]) -> Iterator[None]:
    """Give back what was not settled when the block ends early; a server that is gone leaves it to the lease."""
    is_done = False
    try:
        yield
        is_done = True
    finally:
        if not is_done and claims:
            with contextlib.suppress(SQLAlchemyError), engine.begin() as connection:
                release(connection, claims)


def failure_of(error: BaseException) -> Failure:
    """An exception as the ledger keeps it. Only a `TransientError` is worth another attempt."""
    return Failure(
        reason="transient" if isinstance(error, TransientError) else type(error).__name__,
        detail=str(error) or type(error).__name__,
        exception_type=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="".join(traceback.format_exception(error)),
        is_permanent=not isinstance(error, TransientError),
    )
