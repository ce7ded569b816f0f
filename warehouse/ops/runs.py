"""Runs and their counts, which must add up: nothing falls on the floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upserting

from warehouse.storable import storable_value
from warehouse.tables.operations import run_counts, runs

SEEN = "seen"
# What was seen of each unit is the sum of these outcomes; a wire's pictures and plans are items.
LAWS: dict[str, tuple[str, ...]] = {
    "feed_item": ("fetched", "not_modified", "refused", "failed", "pending"),
    "capture": ("read", "rejected", "quarantined", "pending"),
    "document": ("new", "changed", "unchanged", "item", "rejected", "quarantined"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imbalance:
    """A unit of which a run saw more or fewer than it accounted for."""

    unit: str
    seen_count: int
    accounted_count: int

    def __str__(self) -> str:
        return f"{self.seen_count} of unit {self.unit} seen, {self.accounted_count} accounted for"


def start_run(
    connection: Connection,
    kind: str,
    *,
    worker: str,
    code_version: str,
    parameters: Mapping[str, Any] | None = None,
    flow_run_id: str | None = None,
) -> UUID:
    """Open a run and return its id, the one kind of id that is random."""
    run_id = uuid4()
    connection.execute(
        insert(runs).values(
            run_id=run_id,
            kind=kind,
            worker=worker,
            code_version=code_version,
            parameters=storable_value(dict(parameters or {})),
            flow_run_id=flow_run_id,
        )
    )
    return run_id


def beat(connection: Connection, run_id: UUID) -> None:
    """Say that the run lives."""
    connection.execute(update(runs).where(runs.c.run_id == run_id).values(heartbeat_at=func.clock_timestamp()))


def add_counts(
    connection: Connection, run_id: UUID, unit: str, counts: Mapping[str, int], *, is_subset: bool = False
) -> None:
    """Add to the counts of a run. `seen` is the total; outcomes that a law does not name must be subsets."""
    if not is_subset and (unknown := sorted(set(counts) - {SEEN, *LAWS[unit]})):
        raise ValueError(f"no law names {unknown} of {unit}: count them with is_subset")
    for outcome, count in sorted(counts.items()):
        statement = upserting(run_counts).values(
            run_id=run_id, unit=unit, outcome=outcome, unit_count=count, is_subset=is_subset
        )
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["run_id", "unit", "outcome"],
                set_={"unit_count": run_counts.c.unit_count + statement.excluded.unit_count},
            )
        )


def read_counts(connection: Connection, run_id: UUID) -> dict[str, dict[str, int]]:
    """The counts of a run: unit, then outcome; subsets included."""
    found: dict[str, dict[str, int]] = {unit: {} for unit in LAWS}
    for row in connection.execute(
        select(run_counts).where(run_counts.c.run_id == run_id).order_by(run_counts.c.unit, run_counts.c.outcome)
    ):
        found[row.unit][row.outcome] = row.unit_count
    return found


def imbalances(connection: Connection, run_id: UUID) -> tuple[Imbalance, ...]:
    """The units of a run that do not add up; none in a run that lost nothing."""
    counts = read_counts(connection, run_id)
    broken = []
    for unit, outcomes in LAWS.items():
        seen = counts[unit].get(SEEN, 0)
        accounted = sum(counts[unit].get(outcome, 0) for outcome in outcomes)
        if seen != accounted:
            broken.append(Imbalance(unit=unit, seen_count=seen, accounted_count=accounted))
    return tuple(broken)


def finish_run(
    connection: Connection, run_id: UUID, state: str, *, detail: str | None = None, is_published: bool = False
) -> None:
    """Close a run as succeeded, failed or canceled. A run that is closed already stays as it is."""
    connection.execute(
        update(runs)
        .where(runs.c.run_id == run_id, runs.c.state == "running")
        .values(
            state=state,
            detail=storable_value(detail),
            is_published=is_published,
            finished_at=func.clock_timestamp(),
            heartbeat_at=func.clock_timestamp(),
        )
    )


def reap_runs(connection: Connection, *, silent_for: timedelta) -> tuple[UUID, ...]:
    """Close runs that have not said for `silent_for` that they live, as crashed; returns their ids."""
    return tuple(
        connection.scalars(
            text(
                """
                UPDATE ops.runs SET state = 'crashed', finished_at = clock_timestamp(),
                    detail = 'Its process was gone.'
                WHERE state = 'running' AND heartbeat_at < clock_timestamp() - CAST(:silent_for AS interval)
                RETURNING run_id
                """
            ),
            {"silent_for": silent_for},
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedFlowRun:
    """How the last run of a flow run ended, and the process that was at it."""

    flow_run_id: str
    state: str
    worker: str
    finished_at: datetime


def ended_flow_runs(connection: Connection, flow_run_ids: Sequence[str]) -> tuple[EndedFlowRun, ...]:
    """Those of the flow runs that are known here and at work no more."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT ON (flow_run_id) flow_run_id, state, worker, finished_at FROM ops.runs"
            " WHERE flow_run_id = ANY(:ids) ORDER BY flow_run_id, started_at DESC"
        ),
        {"ids": list(flow_run_ids)},
    )
    return tuple(EndedFlowRun(**row._mapping) for row in rows if row.finished_at is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as the warehouse knows it."""

    run_id: UUID
    kind: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    detail: str | None
    is_published: bool


def latest_runs(connection: Connection, limit: int = 10) -> tuple[Run, ...]:
    """The newest runs first."""
    rows = connection.execute(select(runs).order_by(runs.c.started_at.desc(), runs.c.run_id).limit(limit))
    return tuple(Run(**{name: getattr(row, name) for name in Run.__dataclass_fields__}) for row in rows)
