"""`dateline replay`: captures again with today's parsers, no network."""

import click

from flows.cli import EXIT_FAILED, EXIT_QUARANTINED
from flows.logs import set_up_logging
from flows.orchestration.execution import PlainExecution
from flows.replaying import STAGES, ReplayJob, check_job, replay_captures
from flows.summary import print_summary
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.option("--stage", type=click.Choice(STAGES), help="From this stage on; without it, from the captures on.")
@click.option("--stale", "is_stale_only", is_flag=True, help="Only what an older version of a stage made, or none yet.")
@click.option("--publisher", metavar="CODE", help="What is of this publisher alone.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), default=0, show_default=True, help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=100, show_default=True, help="Rows a task takes at once.")
@click.option("--tasks", type=click.IntRange(0), default=0, show_default=True, help="Prefect tasks that share the work, each a process.")
@click.option("--cluster", metavar="ADDRESS", help="Let the tasks run on a Dask cluster, such as tcp://scheduler:8786.")
@click.option("--no-prefect", is_flag=True, help="Do the same work without Prefect.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    stage: str | None, is_stale_only: bool, publisher: str | None, rules_only: bool, processes: int, batch_size: int,
    tasks: int, cluster: str | None, no_prefect: bool, as_json: bool,
) -> None:
    """Run stages again over what was captured, changing only what differs. Scheduled work goes first meanwhile.

    \b
    dateline replay --stale                      (after an upgrade)
    dateline replay --publisher kazinform        (after a change of its layouts)
    dateline replay --stage annotate --processes 4
    dateline replay --tasks 40 --cluster tcp://scheduler:8786
    """
    set_up_logging()
    job = ReplayJob(stage=stage, publisher=publisher, is_stale_only=is_stale_only, rules_only=rules_only,
                    processes=processes, batch_size=batch_size, tasks=tasks, cluster=cluster)
    if no_prefect and tasks:
        raise click.UsageError("--tasks are Prefect's: with --no-prefect start `dateline work` as often as wanted")
    if cluster and not tasks:
        raise click.UsageError("--cluster wants to know how many --tasks to run there")
    with open_warehouse(application="dateline replay") as engine:
        check_current(engine)
        # Before Prefect begins: it would print a traceback for what one sentence says.
        check_job(engine, job)
        if no_prefect:
            report = replay_captures(engine, job, execution=PlainExecution())
        else:
            from flows.orchestration.prefect_settings import prepare_prefect

            prepare_prefect()
            from flows.replay import run_with_prefect
            from flows.replay_tasks import check_cluster

            check_cluster(job)
            report = run_with_prefect(engine, job)
        print_summary(engine, report, as_json=as_json)
    if not report.is_published:
        raise SystemExit(EXIT_FAILED)
    if report.quarantined_count:
        raise SystemExit(EXIT_QUARANTINED)
