"""ops.robots: the robots.txt of every origin, shared by all processes."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from transforms.feeds.robots import Robots, RobotsOutcome
from warehouse.tables.operations import robots


def find_robots(connection: Connection, origins: Sequence[str]) -> dict[str, Robots]:
    """The copies that are kept, fresh or not, by origin."""
    rows = connection.execute(select(robots).where(robots.c.origin.in_(sorted(set(origins)))))
    return {row.origin: Robots(origin=row.origin, outcome=cast(RobotsOutcome, row.outcome), body=row.body,
                               status_code=row.status_code, fetched_at=row.fetched_at, expires_at=row.expires_at)
            for row in rows}


def keep_robots(connection: Connection, found: Sequence[Robots]) -> None:
    """Keep copies, each over an older one of its origin."""
    if not found:
        return
    statement = insert(robots)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[robots.c.origin], where=robots.c.fetched_at < new.fetched_at,
            set_={"outcome": new.outcome, "status_code": new.status_code, "body": new.body,
                  "fetched_at": new.fetched_at, "expires_at": new.expires_at}),
        [{"origin": one.origin, "outcome": one.outcome, "status_code": one.status_code, "body": one.body,
          "fetched_at": one.fetched_at, "expires_at": one.expires_at}
         for one in sorted(found, key=lambda one: one.origin)],
    )
