"""Planning a backfill: its row and its windows, or the one at work that was asked for already.

The windows are planned whole, in the transaction that writes the row: a planner that dies leaves nothing, and
one that dies later leaves everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, text, update

from transforms.failures import PermanentError
from transforms.identity import derived_id
from transforms.windows import Interval, Window
from warehouse.ops.backfills import ACTIVE, Backfill, active_backfills, read_backfill
from warehouse.ops.windows import PlannedWindow, add_windows
from warehouse.tables.windows import backfills, windows


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
    active = active_backfills(connection, request.publisher_id, request.since, request.until)
    joined = next((one for one in active if _is_same(one, request)), None)
    if joined is not None:
        if not is_dry:
            joined = _with_limits(connection, joined, request)
        counts = joined.window_counts
        return Plan(backfill=joined, is_new=False, window_count=joined.window_count,
                    read_before=counts.get("done", 0), failed_before=counts.get("failed", 0))
    if active:
        raise OverlapError(_refusal(active[0]))
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
        _give_up_left(connection, request)
        backfill = _insert(connection, request, planned)
    return Plan(backfill=backfill, is_new=True, window_count=len(planned), read_before=read_before,
                failed_before=failed_before)


def _is_same(one: Backfill, request: BackfillRequest) -> bool:
    return (one.since, one.until, one.interval) == (request.since, request.until, request.interval)


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


def _refusal(one: Backfill) -> str:
    return (
        f"The backfill {one.backfill_id} of {one.publisher_code} is {one.state} and reads"
        f" {one.since:%Y-%m-%d %H:%M} to {one.until:%Y-%m-%d %H:%M} UTC by the {one.interval}, a part of the same time: let it"
        f" end, or cancel it with `dateline backfill --cancel {str(one.backfill_id)[:8]}`."
    )


def _give_up_left(connection: Connection, request: BackfillRequest) -> None:
    """Cancel what an ended backfill has left of the time, as it may by a hand in the ledger: the new one reads it."""
    ended = select(backfills.c.backfill_id).where(backfills.c.state.not_in(ACTIVE))
    connection.execute(
        update(windows)
        .where(
            windows.c.publisher_id == request.publisher_id, windows.c.backfill_id.in_(ended), windows.c.state == "pending",
            windows.c.window_start < request.until, windows.c.window_end > request.since,
        )
        .values(state="canceled", settled_at=func.now(), reason="left by a backfill that had ended; asked for again")
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
