"""The schedule of each publisher in the ledger of windows: what a run covers, and what is still uncovered.

A run asks the watermark, not the tick that started it: whole hours that are over and not yet covered. So a tick
that is late, doubled or missed does no harm, and a day without ticks ends in one window.
"""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from transforms.identity import publisher_id
from transforms.publishers import Publisher
from transforms.windows import due_window
from warehouse.core.publishers import load_publishers
from warehouse.ops import windows
from warehouse.ops.windows import LostWindow, PlannedWindow, WindowClaim

LEASE_SECONDS = 4 * 3600.0
# Scheduled runs take what was captured by schedule alone, and leave backfills and replays to their own workers.
SCHEDULED_PRIORITY = 0

logger = logging.getLogger(__name__)


@contextmanager
def covered_windows(
    engine: Engine, publishers: Iterable[Publisher], *, worker: str
) -> Iterator[Callable[[UUID], None]]:
    """Claim what is due and open; the block calls what it is given with its run's id when it has ended well.

    A block that does not leaves its windows to the next run.
    """
    claims = begin_windows(engine, publishers, worker=worker)
    covered = False

    def cover(run_id: UUID) -> None:
        nonlocal covered
        settle_windows(engine, claims, run_id=run_id)
        covered = True

    try:
        yield cover
    finally:
        if not covered:
            with contextlib.suppress(SQLAlchemyError):
                release_windows(engine, claims)


def begin_windows(
    engine: Engine, publishers: Iterable[Publisher], *, worker: str, now: datetime | None = None
) -> tuple[WindowClaim, ...]:
    """Add what is due of each publisher and claim all that is open, what earlier runs left included."""
    moment = now or datetime.now(UTC)
    claims: list[WindowClaim] = []
    with engine.begin() as connection:
        for publisher in publishers:
            load_publishers(connection, [publisher])
            identity = publisher_id(publisher.code)
            covered = windows.watermark(connection, identity)
            if covered is not None and covered > moment:
                logger.warning(
                    "%s is read until %s UTC, but it is %s UTC here: a clock was set back. Its feeds are read, and the"
                    " ledger goes on from there.", publisher.code, f"{covered:%Y-%m-%d %H:%M}", f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}",
                )
            due = due_window(covered, moment, interval="hour", zone=ZoneInfo(publisher.time_zone or "UTC"))
            if due is not None:
                windows.add_windows(connection, publisher_id=identity, planned=[PlannedWindow(window=due)])
            while (claim := windows.claim_window(connection, series_id=identity, worker=worker, lease_seconds=LEASE_SECONDS)) is not None:
                claims.append(claim)
    return tuple(claims)


def settle_windows(engine: Engine, claims: Sequence[WindowClaim], *, run_id: UUID) -> None:
    """The run ended well: its windows are done. One that was lost meanwhile is somebody else's."""
    for claim in claims:
        try:
            with engine.begin() as connection:
                windows.settle_window(connection, claim, run_id=run_id, item_count=0)
        except LostWindow:
            continue


def release_windows(engine: Engine, claims: Sequence[WindowClaim]) -> None:
    """The run failed: the next one takes its windows."""
    with engine.begin() as connection:
        for claim in claims:
            windows.release_window(connection, claim)
