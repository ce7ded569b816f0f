"""`dateline report`: the brief of a day, as one HTML page."""

from datetime import datetime
from pathlib import Path

import click

from flows.brief import ZONE, default_day, make_page, read_zone, write_page
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command(epilog="Example: dateline report --date 2024-05-31 --zone Asia/Almaty --output brief.html")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it, yesterday.")
@click.option("--zone", "zone_name", default=ZONE, show_default=True, help="The editor's time zone, such as Asia/Almaty.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Where the page goes; - is standard output. Without it, brief-DATE.html in this folder.",
)
def command(day: datetime | None, zone_name: str, output: Path | None) -> None:
    """Write the brief of a day: what was new, who was in the news, corrections, copies, silent sources.

    One page that needs neither network nor script; every figure links to the SQL behind it.
    """
    zone = read_zone(zone_name)
    date = day.date() if day else default_day(zone)
    with open_warehouse(application="dateline report") as engine:
        check_current(engine)
        made = make_page(engine, date, zone)
    if output == Path("-"):
        click.echo(made.html, nl=False)
        return
    target = output or Path(f"brief-{date}.html")
    write_page(made.html, target)
    click.echo(f"{made.summary} The page is {target}.")
