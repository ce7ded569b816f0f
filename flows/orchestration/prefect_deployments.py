"""Making Prefect's work pool, queues and deployments what flows/orchestration/deployments.py says. Twice changes nothing."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.types.entrypoint import EntrypointType

from flows.orchestration.deployments import DEPLOYMENTS, POOL, QUEUES, Deployment
from flows.orchestration.prefect_settings import PATIENCE


def make_deployments(*, pool: str | None = POOL) -> tuple[str, ...]:
    """Create or update pool, queues and deployments on the server of PREFECT_API_URL; their names, `flow/deployment`."""
    if pool is not None:
        with get_client(sync_client=True) as client:
            _make_pool(client, pool)
    made = []
    for known in DEPLOYMENTS:
        wanted = runner_deployment(known, pool=pool)
        wanted.apply()
        made.append(f"{wanted.flow_name}/{wanted.name}")
    return tuple(made)


def runner_deployment(known: Deployment, *, pool: str | None) -> RunnerDeployment:
    """Prefect's own value of a deployment; without `pool` it is for `serve`, which runs it itself."""
    module, name = known.entrypoint.rsplit(".", 1)
    flow = cast(Flow[..., Any], getattr(import_module(module), name))
    schedules = [
        DeploymentScheduleCreate(
            schedule=CronSchedule(cron=one.cron, timezone=one.time_zone), slug=one.slug, active=one.is_active,
            parameters=dict(one.parameters),
        )
        for one in known.schedules
    ]
    limit = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return RunnerDeployment.from_flow(
        flow, name=known.name, description=known.description, tags=list(known.tags), schedules=schedules,
        concurrency_limit=limit if known.is_single else None, entrypoint_type=EntrypointType.MODULE_PATH,
        work_pool_name=pool, work_queue_name=known.queue if pool else None,
        job_variables={"env": PATIENCE} if pool else None,
    )


def runner_deployments() -> Sequence[RunnerDeployment]:
    """All deployments for `dateline serve`."""
    return [runner_deployment(known, pool=None) for known in DEPLOYMENTS]


def _make_pool(client: SyncPrefectClient, pool: str) -> None:
    try:
        client.read_work_pool(pool)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    for queue, priority in QUEUES.items():
        try:
            client.create_work_queue(name=queue, work_pool_name=pool, priority=priority)
        except ObjectAlreadyExists:
            continue
