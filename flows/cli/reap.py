"""`dateline reap`: what dead workers left behind goes back to work."""

import dataclasses
import json
from datetime import timedelta

import click
from sqlalchemy import Engine

from flows.orchestration.prefect_settings import answers, named_server, prepare_prefect
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
    it was. Runs that the server of PREFECT_API_URL takes for running though they have ended are closed there too.
    The deployment `reap` runs it every five minutes.

    \b
    dateline reap
    """
    with open_warehouse(application="dateline reap") as engine:
        check_current(engine)
        reaped = reap_all(engine, silent_for=timedelta(minutes=silent_minutes))
        closed = _close_flow_runs(engine)
    if as_json:
        click.echo(json.dumps({**dataclasses.asdict(reaped), "flow_runs": closed}))
        return
    click.echo(str(reaped))
    if closed:
        click.echo(f"{closed:,} flow runs that had ended were closed on Prefect's server.")


def _close_flow_runs(engine: Engine) -> int:
    """How many; none without a server, and none on one that is away, which is told."""
    url = named_server()
    if url is None:
        return 0
    if not answers(url):
        click.echo(f"The Prefect server at {url} does not answer: its runs stay as they are.", err=True)
        return 0
    prepare_prefect()
    from flows.orchestration.prefect_reaping import close_ended_runs

    return close_ended_runs(engine)
