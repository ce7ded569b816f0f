"""The ledger of backfills: what was asked for, and how far it is. `warehouse.ops.backfill_plans` writes its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Row, func, select, update

from transforms.failures import PermanentError
from warehouse.ops.windows import count_windows
from warehouse.tables.feeds import publishers
from warehouse.tables.windows import backfills, windows

ACTIVE = ("planned", "running", "paused")
# From which states a person may bring a backfill to which.
MOVES = {
    "paused": ("planned", "running"),
    "running": ("planned", "paused", "running"),
    "canceled": ("planned", "running", "paused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """A backfill as the ledger has it."""

    backfill_id: UUID
    publisher_id: UUID
    publisher_code: str
    since: datetime
    until: datetime
    interval: str
    reprocess: str
    active_maximum: int
    request_maximum: int | None
    request_count: int
    is_backwards: bool
    state: str
    requested_by: str
    requested_at: datetime
    finished_at: datetime | None
    window_counts: Mapping[str, int]

    @property
    def window_count(self) -> int:
        """All its windows."""
        return sum(self.window_counts.values())

    @property
    def is_active(self) -> bool:
        """Whether there may be something left to do."""
        return self.state in ACTIVE


def read_backfill(connection: Connection, backfill_id: UUID) -> Backfill | None:
    """One backfill, or None."""
    row = connection.execute(_SELECT.where(backfills.c.backfill_id == backfill_id)).first()
    return _record(connection, row) if row else None


def list_backfills(connection: Connection, *, limit: int = 20) -> tuple[Backfill, ...]:
    """Backfills that are at work, then the newest others."""
    rows = connection.execute(
        _SELECT.order_by(backfills.c.state.in_(ACTIVE).desc(), backfills.c.requested_at.desc()).limit(limit)
    ).all()
    return tuple(_record(connection, row) for row in rows)


def active_backfills(
    connection: Connection, publisher_id: UUID, since: datetime, until: datetime
) -> tuple[Backfill, ...]:
    """Those of a publisher that are at work on a part of `[since, until)`, oldest time first."""
    rows = connection.execute(
        _SELECT.where(
            backfills.c.publisher_id == publisher_id, backfills.c.state.in_(ACTIVE),
            backfills.c.since < until, backfills.c.until > since,
        ).order_by(backfills.c.since)
    ).all()
    return tuple(_record(connection, row) for row in rows)


def find_backfills(connection: Connection, prefix: str) -> tuple[UUID, ...]:
    """Ids that begin with `prefix`, so that a person need not type all of one."""
    return tuple(
        connection.scalars(
            select(backfills.c.backfill_id).where(
                func.starts_with(backfills.c.backfill_id.cast(_TEXT), prefix.lower())
            ).limit(3)
        )
    )


def move_backfill(connection: Connection, backfill_id: UUID, state: str) -> Backfill:
    """Bring a backfill to `paused`, `running` or `canceled`; windows at work end by themselves.

    Raises PermanentError where it has ended or does not exist.
    """
    current = connection.scalar(
        select(backfills.c.state).where(backfills.c.backfill_id == backfill_id).with_for_update()
    )
    if current is None:
        raise PermanentError(f"There is no backfill {backfill_id}: `dateline backfill --list` shows what there is.")
    if current != state and current not in MOVES[state]:
        raise PermanentError(f"The backfill {backfill_id} is {current}: it cannot be {state} any more.")
    values: dict[str, object] = {"state": state}
    if state == "canceled":
        values["finished_at"] = func.now()
        connection.execute(
            update(windows)
            .where(windows.c.backfill_id == backfill_id, windows.c.state == "pending")
            .values(state="canceled", settled_at=func.now())
        )
    connection.execute(update(backfills).where(backfills.c.backfill_id == backfill_id).values(**values))
    moved = read_backfill(connection, backfill_id)
    assert moved is not None
    return moved


def finish_backfill(connection: Connection, backfill_id: UUID) -> Backfill:
    """End a running backfill that has no window left to read: done, or failed where one failed. Else no change."""
    connection.execute(
        select(backfills.c.state).where(backfills.c.backfill_id == backfill_id).with_for_update()
    )
    counts = count_windows(connection, backfill_id)
    if not counts.get("pending") and not counts.get("claimed"):
        connection.execute(
            update(backfills)
            .where(backfills.c.backfill_id == backfill_id, backfills.c.state == "running")
            .values(state="failed" if counts.get("failed") else "done", finished_at=func.now())
        )
    finished = read_backfill(connection, backfill_id)
    assert finished is not None
    return finished


def spend_requests(connection: Connection, backfill_id: UUID, count: int) -> int | None:
    """Add `count` requests to what the backfill has made; how many it may still make, None for any number."""
    row = connection.execute(
        update(backfills)
        .where(backfills.c.backfill_id == backfill_id)
        .values(request_count=backfills.c.request_count + count)
        .returning(backfills.c.request_maximum, backfills.c.request_count)
    ).one()
    return None if row.request_maximum is None else max(0, row.request_maximum - row.request_count)


_TEXT = publishers.c.publisher_code.type
_SELECT = select(backfills, publishers.c.publisher_code).join(
    publishers, publishers.c.publisher_id == backfills.c.publisher_id
)


def _record(connection: Connection, row: Row[tuple[object, ...]]) -> Backfill:
    return Backfill(
        backfill_id=row.backfill_id, publisher_id=row.publisher_id, publisher_code=row.publisher_code,
        since=row.since.astimezone(UTC), until=row.until.astimezone(UTC), interval=row.window_interval,
        reprocess=row.reprocess, active_maximum=row.active_maximum, request_maximum=row.request_maximum,
        request_count=row.request_count, is_backwards=row.is_backwards, state=row.state,
        requested_by=row.requested_by, requested_at=row.requested_at, finished_at=row.finished_at,
        window_counts=count_windows(connection, row.backfill_id),
    )
