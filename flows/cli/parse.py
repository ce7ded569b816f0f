"""`dateline parse`: what would be extracted from files, as JSON Lines; no database."""

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.cli import EXIT_FAILED
from flows.documents.files import sources_of_manifest, sources_of_paths
from flows.documents.parsing import ParseOptions, parse_sources
from flows.reference.ninjs_rules import ninjs_versions


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--manifest", metavar="FILE", help="JSON Lines of {id, path | content, url?, fetched_at?, publisher?}; - is standard input.")
@click.option("--explain", is_flag=True, help="Say which element gave each field and, of a page, why each block was kept or dropped.")
@click.option("--no-layouts", is_flag=True, help="Read pages without their publisher's layouts.")
@click.option("--to", type=click.Choice(["ninjs"]), help="Write articles in a wire format instead of Dateline's own.")
@click.option("--validate", metavar="FORMAT@VERSION", help="Check documents against a format's rules instead, e.g. ninjs@1.3.")
def command(
    paths: tuple[str, ...], manifest: str | None, explain: bool, no_layouts: bool, to: str | None, validate: str | None
) -> None:
    """Print what would be extracted from files, folders or standard input, one JSON object a line.

    \b
    dateline parse seeds/dispatches
    dateline parse --explain page.html
    dateline parse --validate ninjs@3.1 story.json
    jq -c '.[] | {id, path: .page, url}' pages.json | dateline parse --manifest -
    """
    if not paths and manifest is None:
        raise click.UsageError("give files, folders, - for standard input, or --manifest FILE")
    if paths and manifest is not None:
        raise click.UsageError("give either paths or a manifest, not both")
    sources = sources_of_manifest(manifest) if manifest is not None else sources_of_paths(paths)
    version = _ninjs_version(validate) if validate is not None else None
    options = ParseOptions(use_layouts=not no_layouts, explain=explain, to=to, validate=version)
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
        is_valid = True
        for line in parse_sources(sources, options, on_done=lambda count: progress.update(task, advance=count)):
            is_valid = is_valid and '"is_valid": false' not in line
            out.write(line + "\n")
    out.flush()
    if validate is not None and not is_valid:
        raise click.exceptions.Exit(EXIT_FAILED)


def _ninjs_version(validate: str) -> str:
    """The version in `ninjs@VERSION`; anything else is wrong usage."""
    name, _, version = validate.partition("@")
    if name != "ninjs" or version not in ninjs_versions():
        raise click.UsageError(f"--validate takes ninjs@ and one of {', '.join(ninjs_versions())}")
    return version
