"""`dateline run`: the main job."""

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

import click
from sqlalchemy import Engine

from flows.cli import EXIT_FAILED, EXIT_QUARANTINED
from flows.documents.samples import Samples
from flows.logs import set_up_logging
from flows.main_job import reference_source, samples_source, stages_for, web_sources
from flows.orchestration.execution import PlainExecution
from flows.pipeline import RunReport, Source, run_pipeline
from flows.processes.pools import make_pool
from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.reference.places import load_places
from flows.scheduled_windows import SCHEDULED_PRIORITY, covered_windows
from flows.stages import Stage, Worker
from flows.summary import print_summary
from transforms.failures import ConfigurationError
from warehouse.engine import open_warehouse
from warehouse.migrate import migrate
from warehouse.ops.mutex import hold_mutex


@click.command(epilog="Example: dateline run --samples")
@click.option("--samples", is_flag=True, help="Read the sample dispatches instead of the active publishers.")
@click.option("--no-prefect", is_flag=True, help="Do the same work without Prefect.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=100, show_default=True, help="Rows a task takes at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    samples: bool, no_prefect: bool, rules_only: bool, processes: int | None, batch_size: int, as_json: bool
) -> None:
    """Capture, extract, cluster and annotate what is new, through a Prefect flow."""
    set_up_logging()
    if processes is None:
        processes = 0 if samples else os.cpu_count() or 1
    given = Samples() if samples else None
    publishers = given.publishers if given else load_publishers()
    active = {code: publisher for code, publisher in publishers.items() if publisher.is_active}
    if given is None and not active:
        raise ConfigurationError(
            "No publisher is active: set `active = true` in a file of seeds/publishers, or in a copy of it in the"
            " folder that DATELINE_PUBLISHERS names."
        )
    stages = stages_for(publishers, use_model=not rules_only)
    prefect = None if no_prefect else _prepare_prefect()
    warm_up = _warm_up(use_model=not rules_only) if processes == 0 else None
    with open_warehouse() as engine:
        for sentence in migrate(engine):
            click.echo(sentence, err=True)
        version = stages[0].version
        sources: Sequence[Source] = (
            [samples_source(engine, given, stage_version=version)]
            if given
            else web_sources(engine, active, stage_version=version)
        )
        sources = [reference_source(engine, use_model=not rules_only), *sources]
        with hold_mutex(engine, "run"), make_pool(processes, prepare=load_annotation_reference) as pool:
            reap_all(engine)
            worker = Worker(name=worker_name(), pool=pool, batch_size=batch_size, priority=SCHEDULED_PRIORITY)
            parameters = {"samples": samples, "rules_only": rules_only, "batch_size": batch_size}
            kind = "samples" if samples else "run"
            with covered_windows(engine, [] if samples else active.values(), worker=worker.name) as cover:
                report = _run(
                    engine, kind, sources, stages, worker, parameters,
                    prefect=prefect, get_ready=warm_up.join if warm_up else None,
                )
                cover(report.run_id)
        print_summary(engine, report, as_json=as_json)
    if not report.is_published:
        raise SystemExit(EXIT_FAILED)
    if report.quarantined_count:
        raise SystemExit(EXIT_QUARANTINED)


def _run(
    engine: Engine,
    kind: str,
    sources: Sequence[Source],
    stages: Sequence[Stage[Any, Any]],
    worker: Worker,
    parameters: dict[str, Any],
    *,
    prefect: threading.Thread | None,
    get_ready: Callable[[], object] | None,
) -> RunReport:
    if prefect is None:
        return run_pipeline(
            engine, kind=kind, sources=sources, stages=stages, execution=PlainExecution(), worker=worker,
            parameters=parameters, get_ready=get_ready,
        )
    prefect.join()
    from flows.run import run_with_prefect

    return run_with_prefect(
        engine, kind=kind, sources=sources, stages=stages, worker=worker, parameters=parameters,
        get_ready=get_ready,
    )


def _prepare_prefect() -> threading.Thread:
    """Settle which Prefect server is used, and begin to import Prefect and to start a server where none is up."""
    from flows.orchestration.prefect_settings import prepare_prefect, start_prefect

    server = prepare_prefect()
    click.echo(f"Prefect: {f'the server at {server}' if server else 'a server of this run alone'}.", err=True)
    thread = threading.Thread(target=start_prefect, name="dateline-prefect", daemon=True)
    thread.start()
    return thread


def _warm_up(*, use_model: bool) -> threading.Thread:
    """Load tables and models while the servers start."""

    def load() -> None:
        load_places()
        load_annotation_reference(use_model=use_model)

    thread = threading.Thread(target=load, name="dateline-warm-up", daemon=True)
    thread.start()
    return thread
