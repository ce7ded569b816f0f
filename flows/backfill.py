"""`dateline backfill` as a Prefect flow: a task a window and batch, an artifact with the progress and the report."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact
from sqlalchemy import Engine

from flows.backfills.backfilling import BackfillReport
from flows.backfills.job import BackfillJob, CheckedJob, carry_out, check_job, plan_job
from flows.orchestration.flow_warehouse import flow_warehouse
from flows.orchestration.prefect_artifacts import ShownProgress, shown
from flows.orchestration.prefect_execution import PrefectExecution
from flows.orchestration.prefect_prompt import run_at_the_prompt
from warehouse.ops.backfills import Backfill


def run_with_prefect(
    engine: Engine, checked: CheckedJob, backfill_id: UUID, *, on_progress: Callable[[Backfill], None]
) -> BackfillReport:
    """Work at a backfill inside a flow run named after its publisher and bounds."""
    job = checked.job
    return run_at_the_prompt(
        "dateline-backfill", f"{job.publisher} {job.since} to {job.until}", "dateline", "backfill", f"publisher:{job.publisher}",
        work=partial(_work, engine, checked, backfill_id, on_progress), show=lambda report: _show(checked, report),
        parameters=asdict(job),
    )


@flow(name="dateline-backfill", flow_run_name="{publisher} {since} to {until}", persist_result=False)
def backfill(
    publisher: str, since: str, until: str, window: str = "day", reprocess: str = "none", max_active: int = 1,
    backwards: bool = False, limit_requests: int | None = None, paths: list[str] | None = None, rules_only: bool = False,
    processes: int = 0,
) -> dict[str, Any]:
    """Read a stretch of the past in windows: the deployment of `dateline backfill`, with the same options."""
    checked = check_job(BackfillJob(
        publisher=publisher, since=since, until=until, window=window, reprocess=reprocess, max_active=max_active,
        backwards=backwards, limit_requests=limit_requests, paths=tuple(paths or ()), rules_only=rules_only,
        processes=processes,
    ))
    with flow_warehouse("backfill") as engine:
        plan = plan_job(engine, checked)
        if plan.backfill is None:
            return {"state": "nothing to do", "windows_read": 0}
        report = _work(engine, checked, plan.backfill.backfill_id, lambda _: None)
    with shown():
        _show(checked, report)
    return {"state": report.backfill.state, "windows_read": report.windows_read, "new_captures": report.new_count}


def _work(
    engine: Engine, checked: CheckedJob, backfill_id: UUID, on_progress: Callable[[Backfill], None]
) -> BackfillReport:
    progress = ShownProgress("dateline-backfill-progress", _line(checked))

    def move(current: Backfill) -> None:
        on_progress(current)
        counts = current.window_counts
        left = counts.get("pending", 0) + counts.get("claimed", 0)
        progress.move(round(100 * (1 - left / (current.window_count or 1)), 1))

    return carry_out(
        engine, checked, backfill_id, execution=PrefectExecution(), on_progress=move,
        flow_run_id=str(runtime.flow_run.id),
    )


def _show(checked: CheckedJob, report: BackfillReport) -> None:
    create_markdown_artifact(key="dateline-backfill-report", markdown=_markdown(checked, report))


def _line(checked: CheckedJob) -> str:
    return f"{len(checked.windows):,} windows of {checked.publisher.code}, {checked.job.since} to {checked.job.until}"


def _markdown(checked: CheckedJob, report: BackfillReport) -> str:
    rows = [f"| {state} | {count:,} |" for state, count in sorted(report.backfill.window_counts.items())]
    counts = [
        f"| {unit} | {outcome} | {count:,} |"
        for unit, found in report.run.counts.items() for outcome, count in found.items()
    ]
    return "\n".join([
        f"# Backfill of {_line(checked)}", "", f"It is **{report.backfill.state}**.", "",
        "| windows | count |", "|---|---|", *rows, "", "| unit | outcome | count |", "|---|---|---|", *counts,
    ])
