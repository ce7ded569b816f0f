"""`dateline reap`: what dead workers left behind goes back to work."""

import dataclasses
import json
from datetime import timedelta

import click

from flows.processes.reaping import SILENT_FOR, reap_all
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.option("--silent-minutes", type=click.FloatRange(0, min_open=True), default=SILENT_FOR.total_seconds() / 60,
              show_default=True, help="A run that says nothing for so long is closed as crashed.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(silent_minutes: float, as_json: bool) -> None:
    """Put back to work what dead workers hold, and close the runs of dead processes.

    Leases end by themselves and the next worker takes what they held; this does it at once and tells how much
    it was. The deployment `reap` runs it every five minutes.

    \b
    dateline reap
    """
    with open_warehouse(application="dateline reap") as engine:
        check_current(engine)
        reaped = reap_all(engine, silent_for=timedelta(minutes=silent_minutes))
    click.echo(json.dumps(dataclasses.asdict(reaped)) if as_json else str(reaped))
