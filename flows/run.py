"""The main job as a Prefect flow: named runs, a task per batch, artifacts with the counts and what was read."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from prefect import runtime
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from sqlalchemy import Engine

from flows.orchestration.execution import Execution
from flows.orchestration.prefect_execution import PrefectExecution
from flows.orchestration.prefect_prompt import run_at_the_prompt
from flows.pipeline import RunReport, Source, run_pipeline
from flows.stages import Stage, Worker
from flows.summary import counts_table, markdown_summary


def run_with_prefect(
    engine: Engine,
    *,
    kind: str,
    sources: Sequence[Source],
    stages: Sequence[Stage[Any, Any]],
    worker: Worker,
    parameters: dict[str, Any],
    get_ready: Callable[[], object] | None = None,
    execution: Execution | None = None,
) -> RunReport:
    """Run the pipeline as the flow `dateline-run`, its runs named after `kind` and the hour.

    The flow's own parameters are JSON; engine, stages and worker come to it from this call. `execution` is
    `PrefectExecution` or what wraps one.
    """

    def work() -> RunReport:
        return run_pipeline(
            engine, kind=kind, sources=sources, stages=stages, execution=execution or PrefectExecution(),
            worker=worker, parameters=parameters, flow_run_id=str(runtime.flow_run.id), get_ready=get_ready,
        )

    def show(report: RunReport) -> None:
        with engine.connect() as connection:
            articles = markdown_summary(connection)
        create_table_artifact(key="dateline-counts", table=counts_table(report), description="What the run came to.")
        create_markdown_artifact(key="dateline-articles", markdown=articles, description="What was read last.")

    return run_at_the_prompt(
        "dateline-run", f"{kind}-{datetime.now(UTC):%Y%m%d-%H%M%S}", "dateline", f"kind:{kind}", work=work, show=show,
        parameters=parameters,
    )
