"""What Prefect schedules: the work pool, its queues and the deployments. Knows no Prefect.

`dateline deploy` and `dateline serve` read it; deploy/prefect.yaml says the same for `prefect deploy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

POOL = "dateline"

# Queues of the pool with their priority: a worker with one slot free takes from the lower number first.
QUEUES = {"scheduled": 1, "backfill": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a deployment runs by itself: a cron line read in `time_zone`. `slug` names it from one deploy to the next."""

    slug: str
    cron: str
    time_zone: str = "UTC"
    is_active: bool = True
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One flow as Prefect offers it. `entrypoint` is `module.flow`; with `is_single` a second run is cancelled."""

    name: str
    entrypoint: str
    description: str
    tags: tuple[str, ...]
    queue: str
    is_single: bool = False
    schedules: tuple[Schedule, ...] = ()


DEPLOYMENTS = (
    Deployment(
        name="scheduled",
        entrypoint="flows.scheduled.scheduled",
        description="Every active publisher that is due, from its feeds to the marts.",
        tags=("dateline", "scheduled"),
        queue="scheduled",
        is_single=True,
        schedules=(Schedule(slug="every-ten-minutes", cron="*/10 * * * *"),),
    ),
    Deployment(
        name="reap",
        entrypoint="flows.reap.reap",
        description="What dead workers left behind goes back to work; runs without a heartbeat are closed.",
        tags=("dateline", "housekeeping"),
        queue="scheduled",
        is_single=True,
        schedules=(Schedule(slug="every-five-minutes", cron="2-57/5 * * * *"),),
    ),
    Deployment(
        name="backfill",
        entrypoint="flows.backfill.backfill",
        description="Windows of one publisher again or for the first time, at low priority.",
        tags=("dateline", "backfill"),
        queue="backfill",
    ),
    Deployment(
        name="replay",
        entrypoint="flows.replay.replay",
        description="Captures again with today's parsers, without network, at low priority.",
        tags=("dateline", "replay"),
        queue="backfill",
        is_single=True,
        schedules=(
            Schedule(slug="stale-at-night", cron="15 2 * * *", is_active=False, parameters={"is_stale_only": True}),
        ),
    ),
    Deployment(
        name="report",
        entrypoint="flows.report.report",
        description="The brief of the day before, as one HTML page.",
        tags=("dateline", "report"),
        queue="scheduled",
        is_single=True,
        schedules=(Schedule(slug="every-morning", cron="0 5 * * *", is_active=False, parameters={"zone": "UTC"}),),
    ),
)
