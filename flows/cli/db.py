"""`dateline db`: the embedded PostgreSQL."""

import json
import sys

import click

from flows.cli import EXIT_BUSY
from warehouse.embedded.server import find_server


@click.group()
def command() -> None:
    """The embedded PostgreSQL, used where DATELINE_WAREHOUSE_URL is not set.

    Commands start it when they need it, and the last one out stops it.
    """


@command.command(epilog="\b\nExample:\n  dateline db start && psql \"$(dateline db url)\"")
def start() -> None:
    """Start it, and let it stay up until `dateline db stop`."""
    server = find_server()
    server.keep()
    click.echo(f"The embedded PostgreSQL runs and stays up: {server.url}")


@command.command(epilog="\b\nExample:\n  dateline db stop")
@click.option("--force", is_flag=True, help="Also where commands are using it: they fail.")
def stop(force: bool) -> None:
    """Stop it: now where nobody uses it (exit code 4 otherwise), else after its last user."""
    server = find_server()
    if server.release(force=force):
        click.echo("The embedded PostgreSQL is stopped.")
    else:
        click.echo("The embedded PostgreSQL is in use: it stops after its last user.", err=True)
        sys.exit(EXIT_BUSY)


@command.command(epilog="\b\nExample:\n  dateline db url")
def url() -> None:
    """Print the URL under which it answers while it runs."""
    click.echo(find_server().url)


@command.command(epilog="\b\nExample:\n  dateline db status --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Say whether it runs, and where its data are."""
    server = find_server()
    state = {
        "is_running": server.is_running(),
        "is_kept": server.is_kept(),
        "url": server.url,
        "data": str(server.folder.data),
        "log": str(server.folder.log),
    }
    if as_json:
        click.echo(json.dumps(state))
        return
    running = "runs" if state["is_running"] else "is stopped"
    click.echo(f"The embedded PostgreSQL {running}{' and stays up' if state['is_kept'] else ''}.")
    click.echo(f"  data  {state['data']}\n  log   {state['log']}\n  url   {state['url']}")
