"""A publisher with backfills, for the tests of the ledger."""

from datetime import date
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from transforms.identity import derived_id
from transforms.windows import Window, day_start, split_windows
from warehouse.ops.backfill_plans import BackfillRequest, plan_backfill
from warehouse.ops.backfills import finish_backfill
from warehouse.ops.windows import claim_window, settle_window
from warehouse.tables.feeds import publishers

ALMATY = ZoneInfo("Asia/Almaty")
RUN = uuid4()
LEASE = 600


def add_meridian(engine: Engine) -> UUID:
    """A publisher in Almaty; its id."""
    publisher_id = derived_id("publisher", "meridian")
    with engine.begin() as connection:
        connection.execute(
            insert(publishers).values(
                publisher_id=publisher_id, publisher_code="meridian", name="Meridian", time_zone="Asia/Almaty"
            )
        )
    return publisher_id


def request_of(publisher_id: UUID, since: date, until: date, **settings) -> tuple[BackfillRequest, list[Window]]:
    since_at, until_at = day_start(since, ALMATY), day_start(until, ALMATY)
    request = BackfillRequest(
        publisher_id=publisher_id, since=since_at, until=until_at, interval="day", requested_by="a test", **settings
    )
    return request, list(split_windows(since_at, until_at, interval="day", zone=ALMATY))


def plan(engine: Engine, publisher_id: UUID, since: date, until: date, **settings):
    with engine.begin() as connection:
        return plan_backfill(connection, *request_of(publisher_id, since, until, **settings))


def claim(engine: Engine, series_id: UUID, worker: str = "a", **settings):
    with engine.begin() as connection:
        return claim_window(
            connection, series_id=series_id, worker=worker, **({"lease_seconds": LEASE} | settings)
        )


def settle(engine: Engine, claimed) -> None:
    with engine.begin() as connection:
        settle_window(connection, claimed, run_id=RUN, item_count=1)


def read_all(engine: Engine, backfill_id: UUID) -> None:
    while (claimed := claim(engine, backfill_id)) is not None:
        settle(engine, claimed)
    with engine.begin() as connection:
        finish_backfill(connection, backfill_id)
