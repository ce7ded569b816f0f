"""`dateline replay` as a Prefect flow."""

from dataclasses import asdict
from functools import partial
from typing import Any

from prefect import flow, runtime
from prefect.artifacts import create_table_artifact
from sqlalchemy import Engine

from flows.orchestration.flow_warehouse import flow_warehouse
from flows.orchestration.prefect_artifacts import shown
from flows.orchestration.prefect_execution import PrefectExecution
from flows.orchestration.prefect_prompt import run_at_the_prompt
from flows.pipeline import RunReport
from flows.replay_tasks import check_cluster, share
from flows.replaying import ReplayJob, replay_captures
from flows.summary import counts_table


def run_with_prefect(engine: Engine, job: ReplayJob) -> RunReport:
    """Replay inside a flow run."""
    return run_at_the_prompt(
        "dateline-replay", f"replay {job.stage or 'all'}", "dateline", "replay", work=partial(_work, engine, job), show=_show,
        parameters=asdict(job),
    )


@flow(name="dateline-replay", flow_run_name="replay {stage}", persist_result=False)
def replay(
    stage: str | None = None, publisher: str | None = None, is_stale_only: bool = False, rules_only: bool = False,
    processes: int = 0, tasks: int = 0, cluster: str | None = None,
) -> dict[str, Any]:
    """Stages again over what was captured: the deployment of `dateline replay`, with the same options."""
    job = ReplayJob(
        stage=stage, publisher=publisher, is_stale_only=is_stale_only, rules_only=rules_only, processes=processes,
        tasks=tasks, cluster=cluster,
    )
    check_cluster(job)
    with flow_warehouse("replay") as engine:
        report = _work(engine, job)
    with shown():
        _show(report)
    return {"counts": {unit: dict(found) for unit, found in report.counts.items()}, "is_published": report.is_published}


def _work(engine: Engine, job: ReplayJob) -> RunReport:
    return replay_captures(
        engine, job, execution=PrefectExecution(), flow_run_id=str(runtime.flow_run.id),
        share=partial(share, job) if job.tasks else None,
    )


def _show(report: RunReport) -> None:
    create_table_artifact(key="dateline-replay-counts", table=counts_table(report), description="What the replay came to.")
