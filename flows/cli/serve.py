"""`dateline serve`: the schedules in one process."""

import click

from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.option("--limit", type=click.IntRange(1), default=4, show_default=True, help="Runs at once.")
def command(limit: int) -> None:
    """Run the schedules in this process, without work pool or worker, until it is stopped.

    With PREFECT_API_URL the server there shows the runs; without it one is started inside. The warehouse has to be
    there and migrated: it is looked at first. The embedded server stays up as long as this process.

    \b
    dateline serve
    """
    from flows.orchestration.prefect_settings import prepare_prefect

    server = prepare_prefect()
    with open_warehouse(application="dateline serve") as engine:
        check_current(engine)
        from prefect import serve

        from flows.orchestration.prefect_deployments import runner_deployments

        deployments = runner_deployments()
        click.echo(f"Serving {', '.join(one.name for one in deployments)} with {f'the server at {server}' if server else 'a server inside this process'}.")
        serve(*deployments, limit=limit, print_starting_message=False)
