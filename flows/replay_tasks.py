"""A replay shared among Prefect tasks: processes of this machine, or of a Dask cluster over many.

Each task is a worker as `dateline work` is one: it takes batches from the warehouse until nothing is pending. What goes
to the cluster is who shall work, never an article.
"""

import os
import threading
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from flows.processes.pools import InlinePool
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.replaying import REPLAY_PRIORITY, ReplayJob, chosen_stages
from flows.stages import Worker
from flows.working import work_stages
from transforms.failures import ConfigurationError
from warehouse.addresses import URL_VARIABLE
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


def share(job: ReplayJob) -> int:
    """Let `job.tasks` tasks work off what is pending; how many rows they did. To be called inside a flow run.

    Raises ConfigurationError where Dask is not installed, or where its machines could not reach the warehouse.
    """
    spread = flow(name="dateline-replay-tasks", persist_result=False)(_spread)
    return spread.with_options(task_runner=_runner(job))(job.tasks, job.stage, job.rules_only, job.batch_size)


def check_cluster(job: ReplayJob) -> None:
    """Raise ConfigurationError where a cluster is named that cannot be used."""
    if job.cluster is None:
        return
    if not os.environ.get(URL_VARIABLE):
        raise ConfigurationError(f"A cluster needs a warehouse that its machines reach: set {URL_VARIABLE} here and there.")
    _dask_runner(job.cluster)


def _spread(tasks: int, stage: str | None, rules_only: bool, batch_size: int) -> int:
    futures = [work_off_replay.submit(stage, rules_only, batch_size) for _ in range(tasks)]
    return sum(future.result() for future in futures)


@task(name="work", cache_policy=NO_CACHE, persist_result=False)
def work_off_replay(stage: str | None, rules_only: bool, batch_size: int) -> int:
    """Work off what is pending in the stages of a replay, wherever this runs; how many rows."""
    stages = chosen_stages(ReplayJob(stage=stage, rules_only=rules_only), load_publishers())
    with open_warehouse(application="dateline replay") as engine, InlinePool() as pool:
        check_current(engine)
        worker = Worker(name=worker_name(), pool=pool, batch_size=batch_size, priority=REPLAY_PRIORITY)
        return work_stages(engine, stages, worker, stop=threading.Event()).rows


def _runner(job: ReplayJob) -> TaskRunner[Any]:
    return _dask_runner(job.cluster) if job.cluster else ProcessPoolTaskRunner(max_workers=job.tasks)


def _dask_runner(address: str) -> TaskRunner[Any]:
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError:
        raise ConfigurationError("A cluster needs `pip install 'dateline[dask]'`, here and on its machines.") from None
    runner: TaskRunner[Any] = DaskTaskRunner(address=address)
    return runner
