"""`dateline work`: a worker for one stage."""

import json
import sys
from contextlib import ExitStack

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.cli import EXIT_QUARANTINED
from flows.logs import set_up_logging
from flows.main_job import stages_for
from flows.processes.pools import make_pool
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.stages import Worker
from flows.working import stop_asked, work_stages
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.argument("stage", type=click.Choice(["extract", "cluster", "annotate", "all"]), default="all")
@click.option("--forever", is_flag=True, help="Wait for more when nothing is left, until SIGTERM.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after about N rows.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), default=0, show_default=True, help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=100, show_default=True, help="Rows taken at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(stage: str, forever: bool, limit: int | None, rules_only: bool, processes: int, batch_size: int, as_json: bool) -> None:
    """Work off what is pending in one stage, or in all. Start as many as there are cores, on any machine.

    \b
    dateline work extract
    dateline work annotate --processes 4 --forever

    SIGTERM ends it after the batch at hand; what a killed worker held goes to the others.
    """
    set_up_logging()
    stages = [one for one in stages_for(load_publishers(), use_model=not rules_only) if stage in (one.name, "all")]
    console = Console(stderr=True)
    with ExitStack() as stack:
        engine = stack.enter_context(open_warehouse(application=f"dateline work {stage}"))
        check_current(engine)
        needs_model = not rules_only and stage in ("annotate", "all")
        stop = stack.enter_context(stop_asked())
        progress = stack.enter_context(Progress(
            SpinnerColumn(), TextColumn("{task.completed:,.0f} rows"), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
            console=console, transient=True, disable=not console.is_terminal,
        ))
        task = progress.add_task("work", total=None, rate="")

        def show(_stage: str, rows: int) -> None:
            elapsed = progress.tasks[0].elapsed or 0.0
            total = progress.tasks[0].completed + rows
            progress.update(task, advance=rows, rate=f"{total / elapsed:,.1f} a second" if elapsed > 1 else "")

        with make_pool(processes, prepare=load_annotation_reference if needs_model else None) as pool:
            worker = Worker(name=worker_name(), pool=pool, batch_size=batch_size)
            report = work_stages(engine, stages, worker, stop=stop, is_endless=forever, row_maximum=limit, on_batch=show)
    if as_json:
        click.echo(json.dumps({"run_id": str(report.run_id), "rows": report.rows, "elapsed_seconds": round(report.elapsed_seconds, 3),
                               "stages": {name: dict(counts) for name, counts in report.stages.items()}}))
    else:
        click.echo(f"{report.rows:,} rows in {report.elapsed_seconds:.1f} s.")
        for name, counts in report.stages.items():
            if counts:
                click.echo(f"  {name}: " + ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count))
    if any(counts.get("quarantined") for counts in report.stages.values()):
        sys.exit(EXIT_QUARANTINED)
