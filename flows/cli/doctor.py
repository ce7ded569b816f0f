"""`dateline doctor`: what is wrong with this installation, each with its remedy."""

import dataclasses
import json
import sys

import click

from flows.health.diagnosis import Finding, diagnose_machine, diagnose_prefect, diagnose_warehouse
from transforms.failures import DatelineError
from warehouse.engine import open_warehouse

MARKS = {"good": ("ok", "green"), "warning": ("look", "yellow"), "bad": ("WRONG", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(as_json: bool) -> None:
    """Look at versions, disk, publishers, Prefect and the warehouse; say what is wrong and what to do.

    \b
    dateline doctor
    dateline doctor --json | jq 'select(.state != "good")'

    Exit code 0 when nothing is wrong, 1 otherwise; a warning alone is not wrong.
    """
    found: list[Finding] = []

    def tell(finding: Finding) -> None:
        found.append(finding)
        if as_json:
            click.echo(json.dumps(dataclasses.asdict(finding), ensure_ascii=False))
            return
        mark, color = MARKS[finding.state]
        click.echo(f"{click.style(f'{mark:>5}', fg=color)}  {finding.check}: {finding.sentence}")
        if finding.remedy:
            click.echo(f"       → {finding.remedy}")

    for finding in diagnose_machine():
        tell(finding)
    for finding in diagnose_prefect():
        tell(finding)
    try:
        with open_warehouse(application="dateline doctor") as engine:
            for finding in diagnose_warehouse(engine):
                tell(finding)
    except DatelineError as error:
        tell(Finding(check="warehouse", state="bad", sentence=str(error), remedy="do what the sentence says, then ask again"))
    sys.exit(1 if any(finding.state == "bad" for finding in found) else 0)
