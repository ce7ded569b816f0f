"""The ledger of windows: which stretches of time were read, by schedule or by a backfill.

A series is contiguous: the schedule of one publisher, or one backfill. A window is claimed with a lease and a
fence; only the newest claim may settle it, so a process that was taken for dead and wakes up changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, and_, case, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from transforms.failures import TransientError
from transforms.identity import derived_id
from transforms.windows import Window
from warehouse.crash_points import crash_point
from warehouse.tables.windows import backfills, windows

FAILURES_ALLOWED = 3
# A window whose worker died this often without a word is not tried again by itself.
DEATHS_ALLOWED = 1000


class LostWindow(TransientError):
    """The lease lapsed and somebody else took the window over. Nothing of this claim may be settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowClaim:
    """A window that is this worker's until its lease ends. `failures` counts the attempts that failed before."""

    window_id: UUID
    publisher_id: UUID
    series_id: UUID
    backfill_id: UUID | None
    window: Window
    worker: str
    fence: int
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWindow:
    """A window to be added to a series, with the state that it begins in."""

    window: Window
    state: str = "pending"
    reason: str | None = None


def watermark(connection: Connection, publisher_id: UUID) -> datetime | None:
    """Until when the schedule of a publisher has windows, in UTC; None before its first."""
    end: datetime | None = connection.scalar(
        select(func.max(windows.c.window_end)).where(windows.c.series_id == publisher_id)
    )
    return end.astimezone(UTC) if end else None


def read_series(connection: Connection, series_id: UUID) -> tuple[Window, ...]:
    """All windows of a series, oldest first, whatever their state."""
    rows = connection.execute(
        select(windows.c.window_start, windows.c.window_end)
        .where(windows.c.series_id == series_id)
        .order_by(windows.c.window_start)
    )
    return tuple(Window(start=row[0].astimezone(UTC), end=row[1].astimezone(UTC)) for row in rows)


def add_windows(
    connection: Connection, *, publisher_id: UUID, planned: Sequence[PlannedWindow], backfill_id: UUID | None = None
) -> int:
    """Add windows, oldest first, to the schedule of a publisher or to a backfill; how many were not there yet.

    The first must begin where the series ends, if it has begun: the table refuses gaps and overlaps at commit.
    """
    series_id = backfill_id or publisher_id
    rows = []
    end: datetime | None = connection.scalar(
        select(func.max(windows.c.window_end)).where(windows.c.series_id == series_id)
    )
    for one in planned:
        if end is not None and one.window.end <= end:
            continue
        rows.append({
            "window_id": derived_id("window", publisher_id, series_id, one.window.start.isoformat()),
            "publisher_id": publisher_id,
            "series_id": series_id,
            "backfill_id": backfill_id,
            "window_start": one.window.start,
            "window_end": one.window.end,
            "previous_end": None if end is None else one.window.start,
            "state": one.state,
            "reason": one.reason,
            "settled_at": None if one.state == "pending" else func.now(),
        })
        end = one.window.end
    for start in range(0, len(rows), 500):
        connection.execute(insert(windows).values(rows[start : start + 500]))
        crash_point("planning")
    return len(rows)


def claim_window(
    connection: Connection, *, series_id: UUID, worker: str, lease_seconds: float, is_backwards: bool = False,
    active_maximum: int | None = None,
) -> WindowClaim | None:
    """The next window of a series that is pending or whose lease has lapsed; None where there is none to take.

    Claims of one series follow each other, so `active_maximum` windows at work at once is kept exactly. A
    backfill that is not running (any more) has none to take.
    """
    _lock_series(connection, series_id)
    is_lapsed = and_(windows.c.state == "claimed", windows.c.lease_until <= func.clock_timestamp())
    is_alive = and_(windows.c.state == "claimed", windows.c.lease_until > func.clock_timestamp())
    if active_maximum is not None:
        active = connection.scalar(
            select(func.count()).select_from(windows).where(windows.c.series_id == series_id, is_alive)
        )
        if (active or 0) >= active_maximum:
            return None
    order = windows.c.window_start.desc() if is_backwards else windows.c.window_start
    candidate = (
        select(windows.c.window_id)
        .where(windows.c.series_id == series_id, or_(windows.c.state == "pending", is_lapsed))
        .where(
            or_(
                windows.c.backfill_id.is_(None),
                select(backfills.c.state == "running")
                .where(backfills.c.backfill_id == windows.c.backfill_id)
                .scalar_subquery(),
            )
        )
        .order_by(order)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = connection.execute(
        update(windows)
        .where(windows.c.window_id == candidate)
        .values(
            state="claimed", worker=worker, fence=windows.c.fence + 1,
            lease_until=func.clock_timestamp() + text("make_interval(secs => :lease)").bindparams(lease=lease_seconds),
        )
        .returning(windows)
    ).first()
    if row is None:
        return None
    return WindowClaim(
        window_id=row.window_id, publisher_id=row.publisher_id, series_id=row.series_id, backfill_id=row.backfill_id,
        window=Window(start=row.window_start.astimezone(UTC), end=row.window_end.astimezone(UTC)),
        worker=worker, fence=row.fence, failures=row.attempts,
    )


def extend_window(connection: Connection, claim: WindowClaim, *, lease_seconds: float) -> None:
    """Say that the worker lives. Raises LostWindow where the claim is no longer its own."""
    _update_claim(connection, claim, {
        "lease_until": func.clock_timestamp() + text("make_interval(secs => :lease)").bindparams(lease=lease_seconds)
    })


def settle_window(connection: Connection, claim: WindowClaim, *, run_id: UUID, item_count: int) -> None:
    """The window is done. Raises LostWindow where the claim is no longer its own."""
    _update_claim(connection, claim, {
        "state": "done", "lease_until": None, "reason": None, "run_id": run_id, "item_count": item_count,
        "settled_at": func.now(),
    })


def fail_window(connection: Connection, claim: WindowClaim, *, run_id: UUID, reason: str, is_final: bool = False) -> str:
    """The attempt failed: the window waits for the next one, or is `failed` after the third or a final one.

    Returns its state. Raises LostWindow where the claim is no longer its own.
    """
    is_over = is_final or claim.failures + 1 >= FAILURES_ALLOWED
    _update_claim(connection, claim, {
        "state": "failed" if is_over else "pending", "lease_until": None, "reason": reason, "run_id": run_id,
        "attempts": windows.c.attempts + 1, "settled_at": func.now() if is_over else None,
    })
    return "failed" if is_over else "pending"


def release_window(connection: Connection, claim: WindowClaim) -> None:
    """Give the window back untouched, as a worker does that is told to stop; nothing where it is lost already."""
    connection.execute(
        update(windows)
        .where(windows.c.window_id == claim.window_id, windows.c.fence == claim.fence, windows.c.state == "claimed")
        .values(state="pending", lease_until=None, worker=None)
    )


def reap_windows(connection: Connection) -> int:
    """Put back what dead workers held; how many. Failed for good is what killed its worker beyond all patience."""
    lapsed = (
        select(windows.c.window_id)
        .where(windows.c.state == "claimed", windows.c.lease_until <= func.clock_timestamp())
        .order_by(windows.c.window_id)
        .with_for_update(skip_locked=True)
    )
    is_hopeless = windows.c.fence - windows.c.attempts >= DEATHS_ALLOWED
    answer = connection.execute(
        update(windows)
        .where(windows.c.window_id.in_(lapsed))
        .values(
            state=case((is_hopeless, "failed"), else_="pending"), lease_until=None, worker=None,
            reason=func.concat("The worker ", windows.c.worker, " died."),
            settled_at=case((is_hopeless, func.now())),
        )
    )
    return answer.rowcount


def count_windows(connection: Connection, series_id: UUID) -> Mapping[str, int]:
    """Windows of a series by state; states without a window are left out."""
    rows = connection.execute(
        select(windows.c.state, func.count()).where(windows.c.series_id == series_id).group_by(windows.c.state)
    )
    return {row[0]: row[1] for row in rows}


def _lock_series(connection: Connection, series_id: UUID) -> None:
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:series, 1))"), {"series": str(series_id)}
    )


def _update_claim(connection: Connection, claim: WindowClaim, values: Mapping[str, object]) -> None:
    answer = connection.execute(
        update(windows)
        .where(windows.c.window_id == claim.window_id, windows.c.fence == claim.fence, windows.c.state == "claimed")
        .values(**values)
    )
    if answer.rowcount != 1:
        raise LostWindow(f"The window {claim.window} was taken over by another worker; nothing of it was settled.")
