"""`dateline ingest`: files, folders and JSON Lines into the warehouse."""

import os
import re
import time
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import click
from sqlalchemy import Engine

from flows.capture_files import files_source
from flows.cli import EXIT_QUARANTINED
from flows.documents.files import sources_of_paths
from flows.documents.watched_files import WatchedFiles
from flows.main_job import reference_source, stages_for
from flows.orchestration.execution import PlainExecution
from flows.pipeline import Source, run_pipeline
from flows.processes.pools import make_pool
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.stages import Stage, Worker
from flows.summary import print_summary
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher
from warehouse import highlights
from warehouse.engine import open_warehouse
from warehouse.migrate import migrate

SHOWN_REJECTIONS = 20


@click.command(epilog="""\b
Examples:
  dateline ingest archive/ --publisher kazinform
  dateline ingest CC-NEWS-20240515.warc.gz history.jsonl
  dateline ingest /srv/wire/in --watch 10""")
@click.argument("paths", nargs=-1, required=True)
@click.option("--publisher", "publisher_code", help="Whose the documents are, where they do not say it themselves.")
@click.option("--watch", "watch_seconds", type=click.FloatRange(0.2), metavar="SECONDS",
              help="Look again so often for new and changed files, until stopped.")
@click.option("--stages", "chosen", type=click.Choice(["all", "extract", "cluster"]), default="all", show_default=True,
              help="How far the documents go now; what is left out stays pending for the next run.")
@click.option("--rules-only", is_flag=True, help="Annotate by tables and rules alone, without the language model.")
@click.option("--processes", type=click.IntRange(0), help="Worker processes; 0 computes in this one.")
@click.option("--batch-size", type=click.IntRange(1), default=200, show_default=True, help="Rows taken at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    paths: tuple[str, ...], publisher_code: str | None, watch_seconds: float | None, chosen: str, rules_only: bool,
    processes: int | None, batch_size: int, as_json: bool,
) -> None:
    """Read files, folders (sorted by name) or standard input (-), and load what they hold.

    JSON Lines, WARC, zip and tar are read piece by piece, however large. The same document read twice is one
    capture. Ends with 3 where something could not be read or was rejected.
    """
    publishers = dict(load_publishers())
    if publisher_code is not None and publisher_code not in publishers:
        publishers[publisher_code] = _new_publisher(publisher_code)
        click.echo(f"dateline: {publisher_code} has no file of its own{_meant(publisher_code, publishers)}: read without layouts, and in UTC", err=True)
    stages = stages_for(publishers, use_model=not rules_only)
    if chosen != "all":
        stages = stages[: 1 if chosen == "extract" else 2]
    watched = None if watch_seconds is None else WatchedFiles(paths)
    is_clean = True
    with open_warehouse() as engine:
        for sentence in migrate(engine):
            click.echo(sentence, err=True)
        preparations = [reference_source(engine, use_model=not rules_only)] if chosen == "all" else []
        count = os.cpu_count() or 1 if processes is None else processes
        with make_pool(count, prepare=load_annotation_reference if chosen == "all" else None) as pool:
            worker = Worker(name=worker_name(), pool=pool, batch_size=batch_size)
            try:
                while True:
                    given = list(paths) if watched is None else watched.changed()
                    if given:
                        is_clean &= _ingest(engine, given, publishers, publisher_code, preparations, stages, worker, as_json=as_json)
                    if watch_seconds is None:
                        break
                    time.sleep(watch_seconds)
            except KeyboardInterrupt:
                if watched is None:
                    raise
                click.echo("Stopped watching.", err=True)
    if not is_clean:
        raise SystemExit(EXIT_QUARANTINED)


def _ingest(
    engine: Engine, paths: Sequence[str], publishers: Mapping[str, Publisher], publisher_code: str | None,
    preparations: Sequence[Source], stages: Sequence[Stage[Any, Any]], worker: Worker, *, as_json: bool,
) -> bool:
    """One run over these paths; whether everything could be read and nothing was rejected."""
    troubles: list[str] = []

    def tell(trouble: str) -> None:
        troubles.append(trouble)
        click.echo(f"dateline: {trouble}", err=True)

    source = files_source(
        engine, sources_of_paths(paths), publishers, publisher_code=publisher_code,
        stage_version=stages[0].version, batch_size=worker.batch_size, on_unreadable=tell,
    )
    report = run_pipeline(
        engine, kind="ingest", sources=[*preparations, source], stages=stages, execution=PlainExecution(), worker=worker,
        parameters={"paths": list(paths)[:100], "publisher": publisher_code},
    )
    rejected = report.stages.get("extract", {}).get("rejected", 0)
    with engine.connect() as connection:
        for row in highlights.refused_by(connection, report.run_id, SHOWN_REJECTIONS):
            click.echo(f"dateline: {row['source']}: {row['detail']}", err=True)
    if rejected > SHOWN_REJECTIONS:
        click.echo(f"dateline: and {rejected - SHOWN_REJECTIONS} more: see mart.rejections", err=True)
    print_summary(engine, report, as_json=as_json)
    return not (troubles or rejected or report.quarantined_count)


def _new_publisher(code: str) -> Publisher:
    """A publisher without a file: enough to load documents under its code."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", code):
        raise ConfigurationError(f"--publisher {code}: a code is lower case letters, digits, hyphens and underscores")
    return Publisher(code=code, name=code)


def _meant(code: str, publishers: Mapping[str, Publisher]) -> str:
    alike = get_close_matches(code, [known for known in publishers if known != code], n=1)
    return f" (is {alike[0]} meant?)" if alike else ""
