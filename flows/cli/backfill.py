"""`dateline backfill`: windows of one publisher, for the first time or again."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from sqlalchemy import Engine

from flows.backfills.backfilling import BackfillReport
from flows.backfills.job import BackfillJob, CheckedJob, carry_out, check_job, find_backfill, job_of, plan_job
from flows.cli import EXIT_FAILED, EXIT_QUARANTINED
from flows.logs import set_up_logging
from flows.orchestration.execution import PlainExecution
from transforms.windows import Interval
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current
from warehouse.ops import backfills
from warehouse.ops.backfill_plans import Plan
from warehouse.ops.backfills import Backfill


@click.command()
@click.option("--publisher", metavar="CODE", help="Whose articles.")
@click.option("--since", metavar="DATE", help="First day, or moment, in the publisher's zone.")
@click.option("--until", metavar="DATE", help="First day, or moment, that is not read any more.")
@click.option("--window", type=click.Choice(get_args(Interval)), default="day", show_default=True, help="What is read in one piece.")
@click.option("--reprocess", type=click.Choice(["none", "failed", "all"]), default="none", show_default=True,
              help="Which windows that earlier backfills took are read again.")
@click.option("--max-active", type=click.IntRange(1), default=1, show_default=True, help="Windows at work at once, in all processes together.")
@click.option("--backwards", is_flag=True, help="The newest window first.")
@click.option("--limit-requests", type=click.IntRange(0), metavar="N", help="Make no more requests than these; the backfill pauses then.")
@click.option("--from", "paths", multiple=True, type=click.Path(), metavar="PATH", help="Read files, folders, JSON Lines or WARC in place of the web.")
@click.option("--dry-run", is_flag=True, help="Show what would be done.")
@click.option("--pause", metavar="ID", help="Let a backfill finish what is at work and take no more.")
@click.option("--resume", metavar="ID", help="Let a paused backfill go on, and work at it.")
@click.option("--cancel", metavar="ID", help="End a backfill; what was read stays.")
@click.option("--list", "is_list", is_flag=True, help="Show backfills and how far they are.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), default=0, show_default=True, help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=100, show_default=True, help="Rows a task takes at once.")
@click.option("--no-prefect", is_flag=True, help="Do the same work without Prefect.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def command(is_list: bool, pause: str | None, resume: str | None, cancel: str | None, dry_run: bool, no_prefect: bool,
            as_json: bool, **given: Any) -> None:
    """Read a stretch of the past in windows, resumable at any moment. The same command again goes on.

    \b
    dateline backfill --publisher kazinform --since 2022-05-01 --until 2022-06-01 --from archive/2022
    dateline backfill --publisher kazinform --since 2022-01-01 --until 2023-01-01 --max-active 3 --dry-run
    dateline backfill --list
    dateline backfill --pause 3f2a

    Several processes may run the same command and share the windows. Windows that earlier backfills have read are
    not read again unless --reprocess says so; scheduled runs do not count, for they see only what feeds still list.
    """
    set_up_logging()
    ids = {name: value for name, value in (("--pause", pause), ("--resume", resume), ("--cancel", cancel)) if value is not None}
    chosen = [*ids, *(["--list"] if is_list else [])]
    if len(chosen) > 1:
        raise click.UsageError(f"choose one of {', '.join(chosen)}")
    for name, value in ids.items():
        if not value.strip():
            raise click.UsageError(f"{name} takes the id of a backfill, or how it begins: `dateline backfill --list` shows them")
    checked = None
    if not chosen:
        missing = [f"--{name}" for name in ("publisher", "since", "until") if not given[name]]
        if missing:
            raise click.UsageError(f"{', '.join(missing)} missing")
        checked = check_job(BackfillJob(**{**given, "paths": tuple(given["paths"])}))
    with open_warehouse(application="dateline backfill") as engine:
        check_current(engine)
        if is_list:
            _list(engine, as_json=as_json)
        elif pause or cancel:
            with engine.begin() as connection:
                moved = backfills.move_backfill(connection, find_backfill(connection, pause or cancel or ""), "paused" if pause else "canceled")
            click.echo(f"The backfill {moved.backfill_id} is {moved.state}: {_windows(moved)}.")
        elif resume:
            with engine.begin() as connection:
                moved = backfills.move_backfill(connection, find_backfill(connection, resume), "running")
                checked = check_job(job_of(connection, moved, paths=given["paths"]))
            _work(engine, checked, moved, use_prefect=not no_prefect, as_json=as_json)
        elif checked is not None:
            plan = plan_job(engine, checked, is_dry=dry_run)
            _tell_plan(plan, checked, is_dry=dry_run, as_json=as_json)
            if plan.backfill is not None and not dry_run:
                if plan.backfill.state == "paused":
                    sys.exit(EXIT_FAILED)
                _work(engine, checked, plan.backfill, use_prefect=not no_prefect, as_json=as_json)


def _tell_plan(plan: Plan, checked: CheckedJob, *, is_dry: bool, as_json: bool) -> None:
    first, last = checked.windows[0], checked.windows[-1]
    said = f"{plan.window_count:,} windows of {checked.publisher.code} from {first.start:%Y-%m-%d %H:%M} to {last.end:%Y-%m-%d %H:%M} UTC"
    before = ", ".join(
        words for count, words in (
            (plan.read_before, f"{plan.read_before:,} read before"), (plan.failed_before, f"{plan.failed_before:,} failed before")
        ) if count
    )
    left = plan.window_count - plan.read_before - plan.failed_before
    joined = plan.backfill is not None and not plan.is_new
    if joined and plan.backfill is not None and plan.backfill.state == "paused":
        said = f"The backfill {plan.backfill.backfill_id} of the same time is paused: `dateline backfill --resume {str(plan.backfill.backfill_id)[:8]}` goes on with it."
    elif joined and plan.backfill is not None:
        said = f"Going on with backfill {plan.backfill.backfill_id}: {_windows(plan.backfill)}."
    elif left == 0:
        again = " --reprocess failed reads those again." if plan.failed_before else " --reprocess all reads them again."
        said = f"Nothing to do: {said}, {before}.{again}"
    else:
        said = f"{'Would read' if is_dry else 'Reading'} {left:,} of {said}{f' ({before})' if before else ''}."
    if as_json and (is_dry or plan.backfill is None):
        click.echo(json.dumps({"window_count": plan.window_count, "read_before": plan.read_before, "failed_before": plan.failed_before, "to_read": left,
                               "backfill_id": str(plan.backfill.backfill_id) if plan.backfill else None}))
    else:
        click.echo(said, err=as_json)


def _work(engine: Engine, checked: CheckedJob, backfill: Backfill, *, use_prefect: bool, as_json: bool) -> None:
    with _bar(backfill, is_hidden=as_json) as on_progress:
        if use_prefect:
            from flows.orchestration.prefect_settings import prepare_prefect

            prepare_prefect()
            from flows.backfill import run_with_prefect

            report = run_with_prefect(engine, checked, backfill.backfill_id, on_progress=on_progress)
        else:
            report = carry_out(engine, checked, backfill.backfill_id, execution=PlainExecution(), on_progress=on_progress)
    _tell_end(report, as_json=as_json)
    if report.backfill.state == "failed" or report.windows_failed or not report.run.is_published:
        sys.exit(EXIT_FAILED)
    if report.run.quarantined_count:
        sys.exit(EXIT_QUARANTINED)


@contextlib.contextmanager
def _bar(backfill: Backfill, *, is_hidden: bool) -> Iterator[Callable[[Backfill], None]]:
    """A bar of windows with rate and time left, where a person sees it."""
    console = Console(stderr=True)
    columns = (TextColumn("windows"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn())
    settled_before = _settled(backfill)
    with Progress(*columns, console=console, transient=True, disable=is_hidden or not console.is_terminal) as progress:
        task = progress.add_task("windows", total=backfill.window_count, completed=settled_before, rate="")

        def move(current: Backfill) -> None:
            elapsed = progress.tasks[0].elapsed or 0.0
            settled = _settled(current)
            rate = f"{(settled - settled_before) / elapsed * 60:.1f} a minute" if elapsed > 1 else ""
            progress.update(task, completed=settled, rate=rate)

        yield move


def _settled(backfill: Backfill) -> int:
    return backfill.window_count - backfill.window_counts.get("pending", 0) - backfill.window_counts.get("claimed", 0)


def _tell_end(report: BackfillReport, *, as_json: bool) -> None:
    backfill, run = report.backfill, report.run
    if as_json:
        click.echo(json.dumps({
            "backfill_id": str(backfill.backfill_id), "state": backfill.state, "windows": dict(backfill.window_counts),
            "windows_read": report.windows_read, "windows_failed": report.windows_failed, "captures": report.item_count,
            "new_captures": report.new_count, "requests": report.request_count, "counts": {unit: dict(counts) for unit, counts in run.counts.items()},
            "stages": {stage: dict(counts) for stage, counts in run.stages.items()}, "elapsed_seconds": round(run.elapsed_seconds, 3),
        }))
        return
    click.echo(f"The backfill {backfill.backfill_id} is {backfill.state}: {_windows(backfill)}.")
    click.echo(f"This process read {report.windows_read:,} windows with {report.item_count:,} captures, {report.new_count:,} of them new, in {run.elapsed_seconds:.1f} s.")
    for unit, counts in run.counts.items():
        if counts:
            click.echo(f"  {unit}: " + ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count))
    if report.is_out_of_requests:
        click.echo(f"It has made the {backfill.request_maximum:,} requests that it was allowed: the same command with a higher --limit-requests goes on.")
    if backfill.window_counts.get("failed"):
        click.echo("Windows that failed are read again with --reprocess failed; `dateline status` says why they failed.")


def _windows(backfill: Backfill) -> str:
    return ", ".join(f"{count:,} windows {state}" for state, count in sorted(backfill.window_counts.items())) or "no windows"


def _list(engine: Engine, *, as_json: bool) -> None:
    with engine.connect() as connection:
        found: Sequence[Backfill] = backfills.list_backfills(connection)
    if as_json:
        for one in found:
            click.echo(json.dumps({"backfill_id": str(one.backfill_id), "publisher": one.publisher_code, "state": one.state, "since": one.since.isoformat(),
                                   "until": one.until.isoformat(), "window": one.interval, "windows": dict(one.window_counts), "requests": one.request_count}))
        return
    if not found:
        click.echo("There was no backfill yet.")
        return
    table = Table("id", "publisher", "state", "since", "until", "window", "windows", box=None, header_style="dim")
    for one in found:
        table.add_row(str(one.backfill_id)[:8], one.publisher_code, one.state, f"{one.since:%Y-%m-%d %H:%M}", f"{one.until:%Y-%m-%d %H:%M}", one.interval, _windows(one))
    Console(highlight=False).print(table)
