"""`dateline export`: views of the mart as Parquet, CSV or a DuckDB file, and events as POLECAT and GDELT write them."""

from datetime import datetime
from pathlib import Path

import click

from flows.exports.events import FORMATS, export_events
from flows.exports.exporting import VIEWS, export_csv, export_duckdb, export_parquet
from flows.exports.updates import update_parquet
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(epilog="Example: dateline export /tmp/may --since 2024-05-01 --until 2024-06-01")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["parquet", "csv", "duckdb", *FORMATS]), default="parquet", show_default=True)
@click.option("--view", "views", multiple=True, help="A view of the mart; may be given several times.")
@click.option("--since", type=DAY, help="First day of publication (UTC).")
@click.option("--until", type=DAY, help="Day behind the last.")
@click.option("--update", is_flag=True, help="Write only what changed since TARGET, a Parquet export, was made.")
def command(
    target: Path, form: str, views: tuple[str, ...], since: datetime | None, until: datetime | None, update: bool
) -> None:
    """Write views to TARGET, a folder (Parquet, CSV) or file (DuckDB) that does not exist yet.

    Without --view: articles, article_versions, mentions, quotes, events, entities, corrections. The formats polecat and
    gdelt write events alone, to one tab-separated file in the columns of these data sets.
    """
    if form in FORMATS and views:
        raise click.UsageError(f"--format {form} writes events: it goes without --view")
    if update and (form != "parquet" or since or until):
        raise click.UsageError("--update goes with a Parquet export of all days")
    if since and until and until <= since:
        raise click.UsageError("--until must lie behind --since")
    with open_warehouse(application="dateline export") as engine:
        check_current(engine)
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            if update:
                done = update_parquet(connection, target, views)
                counts = done.rows
                click.echo("All days were written anew." if done.days is None else f"{len(done.days)} days had changed.")
            else:
                days = (since.date() if since else None, until.date() if until else None)
                if form in FORMATS:
                    counts = export_events(connection, target, FORMATS[form], *days)
                else:
                    export = {"parquet": export_parquet, "csv": export_csv, "duckdb": export_duckdb}[form]
                    counts = export(connection, target, views or VIEWS, *days)
    for view, count in counts.items():
        click.echo(f"{view}: {count} rows")
