"""`dateline parse`: what would be extracted from files, as JSON Lines; no database."""

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.document_files import sources_of_manifest, sources_of_paths
from flows.parsing import ParseOptions, parse_sources


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--manifest", metavar="FILE", help="JSON Lines of {id, path | content, url?, fetched_at?, publisher?}; - is standard input.")
@click.option("--explain", is_flag=True, help="Say which element gave each field.")
@click.option("--no-layouts", is_flag=True, help="Read pages without their publisher's layouts.")
def command(paths: tuple[str, ...], manifest: str | None, explain: bool, no_layouts: bool) -> None:
    """Print what would be extracted from files, folders or standard input, one JSON object a line.

    \b
    dateline parse seeds/dispatches
    dateline parse --explain page.html
    jq -c '.[] | {id, path: .page, url}' pages.json | dateline parse --manifest -
    """
    if not paths and manifest is None:
        raise click.UsageError("give files, folders, - for standard input, or --manifest FILE")
    if paths and manifest is not None:
        raise click.UsageError("give either paths or a manifest, not both")
    sources = sources_of_manifest(manifest) if manifest is not None else sources_of_paths(paths)
    options = ParseOptions(use_layouts=not no_layouts, explain=explain)
    progress = Progress(
        TextColumn("parsing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        # A bar belongs to a person who sees no lines rush by.
        disable=not sys.stderr.isatty() or sys.stdout.isatty(),
    )
    out = sys.stdout
    out.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    with progress:
        task = progress.add_task("parsing", total=None)
        for line in parse_sources(sources, options, on_done=lambda count: progress.update(task, advance=count)):
            out.write(line + "\n")
    out.flush()
