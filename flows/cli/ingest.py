"""`dateline ingest`: files, folders and JSON Lines into the warehouse."""

import os

import click

from flows.capture_files import files_source
from flows.cli import EXIT_QUARANTINED
from flows.document_files import sources_of_paths
from flows.execution import PlainExecution
from flows.main_job import stages_for
from flows.pipeline import run_pipeline
from flows.pools import make_pool
from flows.publishers import load_publishers
from flows.reference import load_annotation_reference
from flows.stages import Worker
from flows.summary import print_summary
from flows.worker_names import worker_name
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher
from warehouse import highlights
from warehouse.engine import open_warehouse
from warehouse.migrate import migrate

SHOWN_REJECTIONS = 20


@click.command(epilog="Example: dateline ingest archive/ --publisher kazinform")
@click.argument("paths", nargs=-1, required=True)
@click.option("--publisher", "publisher_code", help="Whose the documents are, where they do not say it themselves.")
@click.option("--stages", "chosen", type=click.Choice(["all", "extract", "cluster"]), default="all", show_default=True,
              help="How far the documents go now; what is left out stays pending for the next run.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=200, show_default=True, help="Rows taken at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    paths: tuple[str, ...], publisher_code: str | None, chosen: str, rules_only: bool, processes: int | None,
    batch_size: int, as_json: bool,
) -> None:
    """Read files, folders (sorted by name) or standard input (-), and load what they hold.

    The same document read twice is one capture. Ends with 3 where something could not be read or was rejected.
    """
    publishers = dict(load_publishers())
    if publisher_code is not None and publisher_code not in publishers:
        publishers[publisher_code] = _new_publisher(publisher_code)
    stages = stages_for(publishers, use_model=not rules_only)
    if chosen != "all":
        stages = stages[: 1 if chosen == "extract" else 2]
    troubles: list[str] = []

    def tell(trouble: str) -> None:
        troubles.append(trouble)
        click.echo(f"dateline: {trouble}", err=True)

    with open_warehouse() as engine:
        for sentence in migrate(engine):
            click.echo(sentence, err=True)
        source = files_source(
            engine, sources_of_paths(paths), publishers, publisher_code=publisher_code,
            stage_version=stages[0].version, batch_size=batch_size, on_unreadable=tell,
        )
        count = os.cpu_count() or 1 if processes is None else processes
        with make_pool(count, prepare=load_annotation_reference if chosen == "all" else None) as pool:
            report = run_pipeline(
                engine, kind="ingest", sources=[source], stages=stages, execution=PlainExecution(),
                worker=Worker(name=worker_name(), pool=pool, batch_size=batch_size),
                parameters={"paths": list(paths), "publisher": publisher_code},
            )
        rejected = report.stages.get("extract", {}).get("rejected", 0)
        with engine.connect() as connection:
            for row in highlights.refused_by(connection, report.run_id, SHOWN_REJECTIONS):
                click.echo(f"dateline: {row['source']}: {row['detail']}", err=True)
        if rejected > SHOWN_REJECTIONS:
            click.echo(f"dateline: and {rejected - SHOWN_REJECTIONS} more: see mart.rejections", err=True)
        print_summary(engine, report, as_json=as_json)
    if troubles or rejected or report.quarantined_count:
        raise SystemExit(EXIT_QUARANTINED)


def _new_publisher(code: str) -> Publisher:
    """A publisher without a file: enough to load documents under its code."""
    if not code.replace("-", "").isalnum() or code != code.lower():
        raise ConfigurationError(f"--publisher {code}: a code is lower case letters, digits and hyphens")
    return Publisher(code=code, name=code)
