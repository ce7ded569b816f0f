"""`dateline forget URL`: take an article down, for good."""

import getpass
import json
import re
import sys

import click

from flows.forgetting import look_up, take_down
from warehouse.engine import open_warehouse
from warehouse.forgetting import Traces
from warehouse.migrate import check_current

# Feeds and wires name some documents by other schemes, such as tag: and urn:.
_WHOLE_ADDRESS = re.compile(r"(?:https?://[^/\s]+|(?!https?:)[a-z][a-z0-9+.-]*:\S)", re.IGNORECASE)


@click.command()
@click.argument("url")
@click.option("--reason", required=True, help="Why, in a few words; kept with the tombstone.")
@click.option("--by", "requested_by", help="Who asked for it. Your user name if not given.")
@click.option("--dry-run", is_flag=True, help="Show what is held of the address and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(url: str, reason: str, requested_by: str | None, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase the article at URL: its versions and all that was derived from them, its captures and their bytes, also in
    archive files, and what feeds said of it. A tombstone stays, by hash, so that no crawl, import or replay brings it back.

    \b
    dateline forget https://example.com/news/story-1 --reason "court order 12/2024"
    dateline forget https://example.com/news/story-1 --reason test --dry-run

    Exit code 1 where nothing was held of it; the tombstone is set all the same.
    """
    if not _WHOLE_ADDRESS.match(url):
        raise click.UsageError(f"{url} is no whole address: write it as it was published, such as https://example.com/news/story-1")
    with open_warehouse(application="dateline forget") as engine:
        check_current(engine)
        traces = look_up(engine, url)
        if not dry_run:
            if not yes:
                click.confirm(f"{_sentence(traces)} Erase it for good?", abort=True, err=True)
            traces = take_down(engine, url, reason=reason, requested_by=requested_by or getpass.getuser())
    if as_json:
        click.echo(json.dumps({
            "url": url, "is_erased": not dry_run, "articles": [str(one) for one in traces.article_ids],
            "captures": len(traces.capture_ids), "shared_captures": [str(one) for one in traces.shared_capture_ids],
            "feed_items": len(traces.feed_item_ids), "archived_records": len(traces.archived)}))
    else:
        click.echo(_sentence(traces) + (" Nothing was changed." if dry_run else " Erased; a tombstone stays."))
    sys.exit(1 if traces.is_empty else 0)


def _sentence(traces: Traces) -> str:
    held = (f"Held: {len(traces.article_ids)} articles, {len(traces.capture_ids)} captures, "
            f"{len(traces.archived)} archived records, {len(traces.feed_item_ids)} feed items.")
    if traces.shared_capture_ids:
        held += (f" {len(traces.shared_capture_ids)} captures show other articles too: their bytes go as well, those "
                 "articles stay as they were read.")
    return held
