"""The scheduled run as a deployment: every active publisher that is due, at the priority of scheduled work."""

import os
from typing import Any

from prefect import flow, runtime
from prefect.artifacts import create_table_artifact

from flows.main_job import reference_source, stages_for, web_sources
from flows.orchestration.flow_warehouse import flow_warehouse
from flows.orchestration.prefect_artifacts import shown
from flows.orchestration.prefect_execution import PrefectExecution
from flows.pipeline import run_pipeline
from flows.processes.pools import make_pool
from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.scheduled_windows import SCHEDULED_PRIORITY, covered_windows
from flows.stages import Worker
from flows.summary import counts_table
from warehouse.ops.mutex import hold_mutex


@flow(name="dateline-scheduled", flow_run_name="scheduled", persist_result=False)
def scheduled(processes: int | None = None, rules_only: bool = False, batch_size: int = 100) -> dict[str, Any]:
    """Poll the feeds that are due, capture what is new, work it off. Without an active publisher it says so."""
    publishers = load_publishers()
    active = {code: publisher for code, publisher in publishers.items() if publisher.is_active}
    if not active:
        return {"state": "no publisher is active"}
    stages = stages_for(publishers, use_model=not rules_only)
    with flow_warehouse("scheduled") as engine, hold_mutex(engine, "run"), make_pool(
        os.cpu_count() or 1 if processes is None else processes,
        prepare=None if rules_only else load_annotation_reference,
    ) as pool:
        reap_all(engine)
        worker = Worker(name=worker_name(), pool=pool, batch_size=batch_size, priority=SCHEDULED_PRIORITY)
        with covered_windows(engine, active.values(), worker=worker.name) as cover:
            report = run_pipeline(
                engine, kind="run",
                sources=[reference_source(engine, use_model=not rules_only), *web_sources(engine, active, stage_version=stages[0].version)],
                stages=stages, execution=PrefectExecution(), worker=worker,
                parameters={"rules_only": rules_only, "batch_size": batch_size}, flow_run_id=str(runtime.flow_run.id),
            )
            cover(report.run_id)
    with shown():
        create_table_artifact(key="dateline-counts", table=counts_table(report), description="What the run came to.")
    return {"state": "succeeded", "counts": {unit: dict(found) for unit, found in report.counts.items()}}
