"""What dead processes left behind: claims whose lease lapsed, runs without a heartbeat.

A process of this machine that is gone need not be waited for: its leases end at once.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from flows.processes.worker_names import is_dead_here
from warehouse.ops import claims, leases, runs, windows

SILENT_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaped:
    """What was put back or closed."""

    work_pending: int
    work_quarantined: int
    windows: int
    runs: int

    def __str__(self) -> str:
        return (
            f"{self.work_pending:,} rows of work and {self.windows:,} windows are back to work,"
            f" {self.work_quarantined:,} rows went into quarantine, {self.runs:,} runs were closed as crashed."
        )


def reap_all(engine: Engine, *, silent_for: timedelta = SILENT_FOR) -> Reaped:
    """Put back what dead workers held and close what dead runs left open; living ones keep theirs."""
    with engine.begin() as connection:
        dead = [name for name in leases.holders(connection) if is_dead_here(name)]
        if dead:
            leases.end_leases(connection, dead)
    with engine.begin() as connection:
        work_counts = claims.reap(connection)
    with engine.begin() as connection:
        window_count = windows.reap_windows(connection)
    with engine.begin() as connection:
        closed = runs.reap_runs(connection, silent_for=silent_for)
    return Reaped(
        work_pending=work_counts["pending"], work_quarantined=work_counts["quarantined"], windows=window_count,
        runs=len(closed),
    )
