"""`dateline archive`: old captures to WARC files."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import click

from flows.archives.archiving import archive_before, expire
from warehouse.engine import open_warehouse
from warehouse.migrate import check_current


@click.command()
@click.argument("destination", required=False)
@click.option("--older-than", "days", default=90, show_default=True, type=click.IntRange(1),
              help="Move months that ended so many days ago.")
@click.option("--expire", "is_expiring", is_flag=True,
              help="Erase what is older than its publisher's retention_days, in the warehouse and in archives.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a month.")
def command(destination: str | None, days: int, is_expiring: bool, as_json: bool) -> None:
    """Move the bytes of old captures to WARC files below DESTINATION, a folder or any URL that fsspec knows.

    The captures stay and point at their records; `dateline replay` reads them from there. Each file is read back
    before anything is deleted. What was fetched, when, and what was made of it stays in the warehouse.

    \b
    dateline archive /srv/archive
    dateline archive s3://bucket/dateline --older-than 365
    dateline archive --expire
    """
    if destination is None and not is_expiring:
        raise click.UsageError("Give a DESTINATION, --expire, or both.")
    with open_warehouse(application="dateline archive") as engine:
        check_current(engine)
        if is_expiring:
            count = expire(engine)
            click.echo(json.dumps({"expired_captures": count}) if as_json else f"Erased {count} captures whose time was over.")
        if destination is None:
            return
        before = (datetime.now(UTC) - timedelta(days=days)).date()
        moved = 0
        for month in archive_before(engine, destination, before=before):
            moved += month.record_count
            if as_json:
                click.echo(json.dumps(asdict(month) | {"month": f"{month.month:%Y-%m}"}))
            else:
                click.echo(f"{month.month:%Y-%m}: {month.record_count} records of {month.capture_count} captures, "
                           f"{month.byte_count / 1e6:.1f} MB: {', '.join(month.archive_urls) or 'nothing to move'}")
        if not moved and not as_json:
            click.echo(f"Nothing to move: no captured bytes from before {before:%Y-%m}.")
