"""`dateline serve`: the schedules in one process."""

import os
from contextlib import ExitStack

import click

from flows.processes.reaping import reap_all
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.option("--limit", type=click.IntRange(1), default=4, show_default=True, help="Runs at once.")
def command(limit: int) -> None:
    """Run the schedules in this process, without work pool or worker, until SIGTERM or Ctrl-C.

    Runs that are under way then are cancelled, and what they had claimed goes back to work.

    With PREFECT_API_URL the server there shows the runs; without it one is started beside, with its pages on loopback,
    and ends with this process. The warehouse has to be there and migrated: it is looked at first. The embedded server
    stays up as long as this process.

    \b
    dateline serve
    """
    from flows.orchestration.prefect_server import own_server
    from flows.orchestration.prefect_settings import prepare_prefect

    url = prepare_prefect()
    with ExitStack() as stack:
        engine = stack.enter_context(open_warehouse(application="dateline serve"))
        check_current(engine)
        if url is None:
            url = os.environ["PREFECT_API_URL"] = stack.enter_context(own_server())
        from flows.orchestration.prefect_deployments import runner_deployments
        from flows.orchestration.serving import serve_deployments

        deployments = runner_deployments()
        click.echo(f"Serving {', '.join(one.name for one in deployments)}; Prefect's pages are at {url.removesuffix('/api')}")
        serve_deployments(deployments, limit=limit)
        # A run that took longer to end than Prefect waits was killed with what it held.
        reap_all(engine)
