"""`dateline status`: is it healthy?"""

import dataclasses
import json
import sys

import click
from rich.console import Console
from rich.table import Table

from flows.health.alarms import VARIABLE, Alarm, alert_urls, find_alarms, send_alarms
from flows.health.metrics import render_metrics
from flows.json_values import json_value
from transforms.failures import ConfigurationError
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current
from warehouse.ops.health import Health, measure


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option("--metrics", is_flag=True, help="Everything in Prometheus' text format.")
@click.option("--listen", metavar="HOST:PORT", help="With --metrics: answer GET /metrics there until stopped.")
@click.option("--alert", is_flag=True, help="Send what is wrong to the addresses of DATELINE_ALERT_URLS.")
def command(as_json: bool, metrics: bool, listen: str | None, alert: bool) -> None:
    """Show publishers, stages, runs and storage, and what is wrong.

    \b
    dateline status
    dateline status --alert                             (from cron: tells the addresses of DATELINE_ALERT_URLS)
    dateline status --metrics --listen 127.0.0.1:9464   (for Prometheus)

    Exit code 0 when all is well, 1 when something is wrong, 3 when something is in quarantine and nothing worse.
    """
    if listen and not metrics:
        raise click.UsageError("--listen goes with --metrics")
    urls = alert_urls()
    if alert and not urls:
        raise ConfigurationError(f"--alert has nobody to tell: set {VARIABLE} to addresses such as mailtos://user:password@host.")
    with open_warehouse(application="dateline status") as engine:
        check_current(engine)
        if listen:
            from flows.health.metrics_server import serve_metrics

            serve_metrics(engine, listen)
            return
        with engine.connect() as connection:
            health = measure(connection)
    alarms = find_alarms(health)
    if metrics:
        click.echo(render_metrics(health), nl=False)
        return
    if alert:
        send_alarms(alarms, urls)
    if as_json:
        click.echo(json.dumps({**dataclasses.asdict(health), "alarms": [dataclasses.asdict(one) for one in alarms]}, default=json_value))
    else:
        _show(health, alarms)
    sys.exit(1 if alarms else 3 if health.quarantined else 0)


def _show(health: Health, alarms: tuple[Alarm, ...]) -> None:
    console = Console(highlight=False)
    if health.publishers:
        table = Table("publisher", "articles", "last day", "newest", "usual pause", box=None, header_style="dim")
        for one in health.publishers:
            silent = "[red]silent[/] " if one.is_silent else ""
            table.add_row(one.code + ("" if one.is_active else " [dim](inactive)[/]"), f"{one.article_count:,}",
                          f"{one.articles_last_day:,}", silent + _ago(one.silence_seconds), _span(one.usual_pause_seconds))
        console.print(table)
        console.print()
    if health.stages:
        table = Table("stage", "to do", "at work", "done in an hour", "quarantined", "oldest to do", box=None, header_style="dim")
        for stage in health.stages:
            table.add_row(stage.stage, f"{stage.pending:,}", f"{stage.claimed:,}", f"{stage.settled_last_hour:,}",
                          f"{stage.quarantined:,}", _ago(stage.oldest_pending_seconds) if stage.pending else "")
        console.print(table)
        console.print()
    if health.runs:
        table = Table("run", "state", "began", "took", box=None, header_style="dim")
        for run in health.runs:
            color = {"succeeded": "green", "running": "cyan"}.get(run.state, "red")
            table.add_row(run.kind, f"[{color}]{run.state}[/]", f"{run.started_at:%Y-%m-%d %H:%M:%S}", _span(run.elapsed_seconds))
        console.print(table)
        console.print()
    storage = health.storage
    console.print(f"storage: {_size(storage.database_bytes)} (raw {_size(storage.raw_bytes)}, core {_size(storage.core_bytes)}, ops {_size(storage.ops_bytes)})")
    if health.active_backfills:
        console.print(f"{health.active_backfills} backfills are active: `dateline backfill --list`")
    if health.quarantined:
        console.print(f"{health.quarantined} rows are in quarantine: `dateline quarantine ls`")
    for alarm in alarms:
        console.print(f"[red]{alarm.code}[/] {alarm.sentence}", soft_wrap=True)
    if not alarms:
        console.print("[green]All is well.[/]")


def _ago(seconds: float | None) -> str:
    return "never" if seconds is None else f"{_span(seconds)} ago"


def _span(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{seconds:.1f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"


def _size(count: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} TiB"
