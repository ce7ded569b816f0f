"""`dateline migrate`: the schema of the warehouse."""

import json

import click

from warehouse.engine import open_warehouse
from warehouse.migrate import check_current, check_target, downgrade, head, migrate


@click.command(
    epilog="""\b
Examples:
  dateline migrate
  dateline migrate --check
  dateline migrate --down base --yes"""
)
@click.option("--check", is_flag=True, help="Only say whether the warehouse is current; exit code 5 where it is not.")
@click.option("--down", metavar="REVISION", help="Go back to a revision, or to nothing with `base`. What it drops is lost.")
@click.option("--yes", is_flag=True, help="Do not ask before going down.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(check: bool, down: str | None, yes: bool, as_json: bool) -> None:
    """Bring the warehouse to the schema of this Dateline: tables, analysts' views and their rights."""
    with open_warehouse(application="dateline migrate") as engine:
        if check:
            check_current(engine)
            done: tuple[str, ...] = ()
        elif down is not None:
            check_target(down)
            if not yes:
                click.confirm(f"This drops tables with all their rows, back to {down}. Go on?", abort=True)
            downgrade(engine, down)
            done = (f"Went back to {down}.",)
        else:
            done = migrate(engine)
    if as_json:
        click.echo(json.dumps({"revision": head() if down is None else down, "done": list(done)}))
    else:
        click.echo("\n".join(done) or f"The warehouse is current: revision {head()}.")
