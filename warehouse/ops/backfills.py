"""The ledger of backfills: what was asked for, in which windows, and how far it is.

The windows of a backfill are planned whole, in the transaction that writes its row: a planner that dies leaves
nothing, and one that dies later leaves everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Row, func, insert, select, text, update

from transforms.failures import PermanentError
from transforms.identity import derived_id
from transforms.windows import Interval, Window
from warehouse.ops.windows import PlannedWindow, add_windows, count_windows
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
class BackfillRequest:
    """What is asked for. `reprocess` says which windows that earlier backfills read are read again."""

    publisher_id: UUID
    since: datetime
    until: datetime
    interval: Interval
    reprocess: str = "none"
    active_maximum: int = 1
    request_maximum: int | None = None
    is_backwards: bool = False
    requested_by: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What asking came to. `backfill` None: every window was read before, nothing is to do.

    `is_new` is false where the same backfill was at work already and is joined.
    """

    backfill: Backfill | None
    is_new: bool
    window_count: int
    read_before: int
    failed_before: int


class OverlapError(PermanentError):
    """Another backfill of the publisher is at work on a part of the same time."""


def plan_backfill(
    connection: Connection, request: BackfillRequest, split: Sequence[Window], *, is_dry: bool = False
) -> Plan:
    """Write the backfill with all its windows, or join the same one where it is at work, under the limits now given.

    Windows that earlier backfills have read are written as done, those that failed then as failed, unless
    `reprocess` says `failed` or `all`; only what a backfill read counts, for a scheduled run sees no more than
    what the feeds still list. With `is_dry` nothing is written, and a new plan has no `backfill` either.
    """
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:publisher, 2))"), {"publisher": str(request.publisher_id)}
    )
    joined = _same(connection, request)
    if joined is not None:
        if not is_dry:
            joined = _with_limits(connection, joined, request)
        counts = joined.window_counts
        return Plan(backfill=joined, is_new=False, window_count=joined.window_count,
                    read_before=counts.get("done", 0), failed_before=counts.get("failed", 0))
    _refuse_overlap(connection, request)
    done, failed = _covered(connection, request, split, "done"), _covered(connection, request, split, "failed")
    planned = []
    for window, was_read, has_failed in zip(split, done, failed, strict=True):
        if was_read and request.reprocess != "all":
            planned.append(PlannedWindow(window=window, state="done", reason="read by an earlier backfill"))
        elif has_failed and not was_read and request.reprocess == "none":
            planned.append(PlannedWindow(window=window, state="failed", reason="failed in an earlier backfill"))
        else:
            planned.append(PlannedWindow(window=window))
    read_before = sum(one.state == "done" for one in planned)
    failed_before = sum(one.state == "failed" for one in planned)
    backfill = None
    if read_before + failed_before < len(planned) and not is_dry:
        backfill = _insert(connection, request, planned)
    return Plan(backfill=backfill, is_new=True, window_count=len(planned), read_before=read_before,
                failed_before=failed_before)


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


def _same(connection: Connection, request: BackfillRequest) -> Backfill | None:
    row = connection.execute(
        _SELECT.where(
            backfills.c.publisher_id == request.publisher_id, backfills.c.since == request.since,
            backfills.c.until == request.until, backfills.c.window_interval == request.interval,
            backfills.c.state.in_(ACTIVE),
        )
    ).first()
    return _record(connection, row) if row else None


def _with_limits(connection: Connection, joined: Backfill, request: BackfillRequest) -> Backfill:
    """The backfill with the limits and the order that were asked for last."""
    changed = replace(
        joined, active_maximum=request.active_maximum, request_maximum=request.request_maximum,
        is_backwards=request.is_backwards,
    )
    if changed != joined:
        connection.execute(
            update(backfills)
            .where(backfills.c.backfill_id == joined.backfill_id)
            .values(
                active_maximum=changed.active_maximum, request_maximum=changed.request_maximum,
                is_backwards=changed.is_backwards,
            )
        )
    return changed


def _refuse_overlap(connection: Connection, request: BackfillRequest) -> None:
    row = connection.execute(
        _SELECT.where(
            backfills.c.publisher_id == request.publisher_id, backfills.c.state.in_(ACTIVE),
            backfills.c.since < request.until, backfills.c.until > request.since,
        ).order_by(backfills.c.since)
    ).first()
    if row is not None:
        raise OverlapError(
            f"The backfill {row.backfill_id} of {row.publisher_code} is {row.state} and reads"
            f" {row.since:%Y-%m-%d %H:%M} to {row.until:%Y-%m-%d %H:%M} UTC, a part of the same time: let it end, or"
            f" cancel it with `dateline backfill --cancel {str(row.backfill_id)[:8]}`."
        )


def _covered(
    connection: Connection, request: BackfillRequest, split: Sequence[Window], state: str
) -> tuple[bool, ...]:
    """For each window whether backfills of the publisher have windows in `state` over all of it (done), or over a
    part of it (failed)."""
    answer = connection.execute(
        text(
            "WITH covered AS ("
            "  SELECT coalesce(range_agg(tstzrange(window_start, window_end)), '{}') AS times FROM ops.windows"
            "  WHERE publisher_id = :publisher_id AND backfill_id IS NOT NULL AND state = :state"
            "    AND window_start < :until AND window_end > :since)"
            " SELECT CASE :state WHEN 'done' THEN times @> tstzrange(one.start_at, one.end_at)"
            "   ELSE times && tstzrange(one.start_at, one.end_at) END FROM covered,"
            "  unnest(CAST(:starts AS timestamptz[]), CAST(:ends AS timestamptz[])) WITH ORDINALITY"
            "   AS one (start_at, end_at, position)"
            " ORDER BY one.position"
        ),
        {
            "publisher_id": request.publisher_id, "state": state, "since": request.since, "until": request.until,
            "starts": [window.start for window in split], "ends": [window.end for window in split],
        },
    )
    return tuple(answer.scalars())


def _insert(connection: Connection, request: BackfillRequest, planned: Sequence[PlannedWindow]) -> Backfill:
    requested_at: datetime = connection.execute(select(func.now())).scalar_one()
    backfill_id = derived_id(
        "backfill", request.publisher_id, request.since.isoformat(), request.until.isoformat(), request.interval,
        requested_at.isoformat(),
    )
    connection.execute(
        insert(backfills).values(
            backfill_id=backfill_id, publisher_id=request.publisher_id, since=request.since, until=request.until,
            window_interval=request.interval, reprocess=request.reprocess, active_maximum=request.active_maximum,
            request_maximum=request.request_maximum, is_backwards=request.is_backwards, state="running",
            requested_by=request.requested_by, requested_at=requested_at,
        )
    )
    add_windows(connection, publisher_id=request.publisher_id, planned=planned, backfill_id=backfill_id)
    created = read_backfill(connection, backfill_id)
    assert created is not None
    return created
