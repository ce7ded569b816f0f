"""`dateline serve`: Prefect's runner with all deployments, ended in good order.

Prefect's own `serve` ends at SIGTERM without having ended its runs (3.8.8: the coroutine that would is never awaited):
they stay Running, and hold the one slot of their deployment, so that the schedule is silent until the lease lapses.
"""

import asyncio
import signal
from collections.abc import Sequence

import anyio
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

STARTED_SECONDS = 0.1


def serve_deployments(deployments: Sequence[RunnerDeployment], *, limit: int) -> None:
    """Run what is due, `limit` at once, until SIGTERM or SIGINT: then runs are cancelled and schedules paused.

    A run that is cancelled gives its claims back and closes its account before the process ends; the next start of
    `serve` lets the schedules go on.
    """
    asyncio.run(_serve(deployments, limit))


async def _serve(deployments: Sequence[RunnerDeployment], limit: int) -> None:
    runner = Runner(limit=limit, pause_on_shutdown=True)
    for deployment in deployments:
        await runner.aadd_deployment(deployment)
    async with anyio.create_task_group() as group:
        group.start_soon(runner.start)
        # Its start takes SIGTERM for itself.
        while not runner.started:
            await anyio.sleep(STARTED_SECONDS)
        with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
            async for _ in signals:
                await runner.astop()
                break
