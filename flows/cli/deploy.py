"""`dateline deploy`: pool, queues and deployments on a Prefect server."""

import os

import click

from transforms.failures import ConfigurationError


@click.command()
def command() -> None:
    """Make the work pool, its queues and the deployments on the Prefect server of PREFECT_API_URL.

    Twice changes nothing; after an upgrade it changes what the release changed. `prefect deploy --all` with
    deploy/prefect.yaml does the same.

    \b
    PREFECT_API_URL=http://127.0.0.1:4200/api dateline deploy
    prefect worker start --pool dateline
    """
    if not os.environ.get("PREFECT_API_URL"):
        raise ConfigurationError("PREFECT_API_URL is not set: it names the Prefect server to deploy to, such as http://127.0.0.1:4200/api.")
    from flows.orchestration.prefect_settings import prepare_prefect

    prepare_prefect()
    from flows.orchestration.deployments import POOL, QUEUES
    from flows.orchestration.prefect_deployments import make_deployments

    for name in make_deployments():
        click.echo(f"deployed {name}")
    click.echo(f"Work pool {POOL} with queues {', '.join(QUEUES)}: `prefect worker start --pool {POOL}` works at it.")
