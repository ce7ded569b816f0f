"""`dateline quarantine`: what failed for good; look at it, and put it back to work after a fix."""

import dataclasses
import json
import sys
from collections import Counter

import click
from rich.console import Console
from rich.table import Table

from flows.cli import EXIT_QUARANTINED
from flows.json_values import json_value
from transforms.failures import PermanentError
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current
from warehouse.ops.quarantine import Quarantined, list_quarantined, replay


@click.group()
def command() -> None:
    """Show what failed for good, and put it back to work.

    \b
    dateline quarantine ls
    dateline quarantine show 3f2a
    dateline quarantine replay --reason RecursionError
    """


@command.command("ls")
@click.option("--stage", help="Of this stage alone.")
@click.option("--reason", help="With this reason alone.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="No more rows than these.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_rows(stage: str | None, reason: str | None, limit: int, as_json: bool) -> None:
    """List what is in quarantine, oldest first, and how much there is of each reason.

    Exit code 3 where there is something, else 0.
    """
    with open_warehouse(application="dateline quarantine") as engine:
        check_current(engine)
        with engine.connect() as connection:
            found = list_quarantined(connection, stage=stage, reason=reason)
    if as_json:
        for one in found[:limit]:
            click.echo(_json(one))
    elif not found:
        click.echo("Nothing is in quarantine.")
    else:
        console = Console(highlight=False)
        table = Table("id", "stage", "reason", "tries", "when", "detail", box=None, header_style="dim")
        for one in found[:limit]:
            table.add_row(str(one.quarantine_id)[:8], one.stage, one.reason, str(one.attempts),
                          f"{one.quarantined_at:%Y-%m-%d %H:%M}", " ".join(one.detail.split())[:80])
        console.print(table)
        counts = sorted(Counter((one.stage, one.reason) for one in found).items(), key=lambda count: (-count[1], count[0]))
        console.print(f"\n{len(found):,} rows: " + ", ".join(f"{count:,} {stage} {reason}" for (stage, reason), count in counts))
    sys.exit(EXIT_QUARANTINED if found else 0)


@command.command()
@click.argument("quarantine_id")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show(quarantine_id: str, as_json: bool) -> None:
    """Show one row with its traceback and capture. The first digits of its id are enough."""
    with open_warehouse(application="dateline quarantine") as engine:
        check_current(engine)
        with engine.connect() as connection:
            one = _find(list_quarantined(connection), quarantine_id)
    if as_json:
        click.echo(_json(one))
        return
    for name, value in dataclasses.asdict(one).items():
        if name != "traceback" and value is not None:
            click.echo(f"{name.replace('_', ' ')}: {value}")
    if one.traceback:
        click.echo("\n" + one.traceback.rstrip())


@command.command("replay")
@click.argument("quarantine_ids", nargs=-1)
@click.option("--stage", help="What failed in this stage.")
@click.option("--reason", help="What failed for this reason.")
@click.option("--all", "is_all", is_flag=True, help="Everything in quarantine.")
def replay_rows(quarantine_ids: tuple[str, ...], stage: str | None, reason: str | None, is_all: bool) -> None:
    """Put rows back to work; the next run or `dateline work` does them.

    \b
    dateline quarantine replay 3f2a 77c1
    dateline quarantine replay --stage extract --reason RecursionError
    """
    if not (quarantine_ids or stage or reason or is_all):
        raise click.UsageError("say which: ids, --stage, --reason, or --all")
    with open_warehouse(application="dateline quarantine") as engine:
        check_current(engine)
        with engine.begin() as connection:
            found = list_quarantined(connection, stage=stage, reason=reason)
            chosen = [_find(found, one) for one in quarantine_ids] if quarantine_ids else found
            count = replay(connection, [one.quarantine_id for one in chosen])
    if not count:
        click.echo("Nothing of that is in quarantine.")
    else:
        click.echo(f"{count:,} rows are back to work: `dateline run` or `dateline work STAGE` does them.")


def _find(found: tuple[Quarantined, ...], prefix: str) -> Quarantined:
    hits = [one for one in found if str(one.quarantine_id).startswith(prefix.lower())]
    if len(hits) == 1:
        return hits[0]
    many = "more than one row" if hits else "no row"
    raise PermanentError(f"There is {many} in quarantine whose id begins with {prefix}: `dateline quarantine ls` shows them.")


def _json(one: Quarantined) -> str:
    return json.dumps(dataclasses.asdict(one), default=json_value, ensure_ascii=False)
