"""`dateline serve`: Prefect's runner with all deployments, ended in good order.

Prefect's own `serve` ends at SIGTERM without having ended its runs (3.8.8: the coroutine that would is never awaited):
they stay Running, and hold the one slot of their deployment, so that the schedule is silent until the lease lapses.
"""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import anyio
import httpx
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import PrefectException
from prefect.runner import Runner

from flows.orchestration.prefect_settings import changed_settings

STARTED_SECONDS = 0.1
CANCELLATION_SECONDS = 5.0
# Longer than Prefect waits for a run to end.
ENDED_SECONDS = 60.0


def serve_deployments(deployments: Sequence[RunnerDeployment], *, limit: int) -> None:
    """Run what is due, `limit` at once, until SIGTERM or SIGINT: then runs are cancelled and schedules paused.

    A run that is cancelled gives its claims back and closes its account before the process ends; the next start of
    `serve` lets the schedules go on.
    """
    asyncio.run(_serve(deployments, limit))


class _Runner(Runner):
    """Prefect's runner, which takes SIGTERM for itself when it starts."""

    def handle_sigterm(self, *_: object) -> None:
        """Nothing: `_serve` is told of the signal too."""


async def _serve(deployments: Sequence[RunnerDeployment], limit: int) -> None:
    runner = _Runner(limit=limit, pause_on_shutdown=True)
    # From the beginning: a signal that comes while the deployments are made is obeyed once they can be paused.
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        for deployment in deployments:
            await runner.aadd_deployment(deployment)
        async with anyio.create_task_group() as listeners:
            async with anyio.create_task_group() as group:
                group.start_soon(runner.start)
                while not runner.started:
                    await anyio.sleep(STARTED_SECONDS)
                listeners.start_soon(hear_cancellations, runner)
                async for _ in signals:
                    await end_runs(runner)
                    await runner.astop()
                    break
            listeners.cancel_scope.cancel()


async def end_runs(runner: Runner) -> None:
    """Start no run any more, and cancel all, those too whose process is about to be there.

    Prefect's runner goes on starting runs while it cancels, and leaves those Pending that have no process yet.
    """
    poller = runner._scheduled_run_poller
    poller.stopping = True
    with anyio.move_on_after(ENDED_SECONDS):
        await cancel_all_at_once(runner)
        while poller._submitting_flow_run_ids:
            await anyio.sleep(STARTED_SECONDS)
            await cancel_all_at_once(runner)


async def cancel_all_at_once(runner: Runner) -> None:
    """Cancel all runs of the runner side by side.

    At its end it cancels them one after the other, and waits up to 30 s for each: the second is done before it is told.
    What is not cancelled here is cancelled then. What holds the runs and cancels them has no public name.
    """
    manager = runner._cancellation_manager

    async def cancel(flow_run_id: UUID) -> None:
        with contextlib.suppress(httpx.HTTPError, PrefectException):
            await manager.cancel_by_id(flow_run_id)

    async with anyio.create_task_group() as group:
        for flow_run_id in runner._process_manager.flow_run_ids():
            group.start_soon(cancel, flow_run_id)


async def hear_cancellations(runner: Runner, *, seconds: float = CANCELLATION_SECONDS) -> None:
    """Ask the server every so many `seconds` which runs of a runner that has started are to be cancelled, for ever.

    Prefect's runner listens itself, but an outage of its server makes it deaf for minutes, or for good (3.8.8: its
    observer pauses ever longer before it asks again, and ends after three times in vain). What it asks and whom it tells
    has no public name.
    """
    observer = runner._cancelling_observer
    assert observer is not None
    ask: Callable[[], Awaitable[None]] = observer._check_for_cancelled_flow_runs
    while True:
        await anyio.sleep(seconds)
        if observer._in_flight_flow_run_ids:
            # Not tried again here: it is, the next time.
            with contextlib.suppress(httpx.HTTPError), changed_settings(client={"max_retries": 0}):
                await ask()
