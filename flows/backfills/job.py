"""What was asked of `dateline backfill`, checked and carried out, with Prefect or without."""

import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, text

from flows.backfills.backfilling import BackfillReport, run_backfill
from flows.backfills.sources import BACKFILL_PRIORITY, DatedDocuments, DocumentsSource, WindowSource
from flows.documents.files import check_paths, sources_of_paths
from flows.main_job import reference_source, stages_for
from flows.orchestration.execution import Execution
from flows.processes.pools import make_pool
from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.stages import Worker
from transforms.failures import ConfigurationError, PermanentError
from transforms.identity import publisher_id
from transforms.publishers import Publisher
from transforms.windows import Interval, Window, read_bound, split_windows
from warehouse.core import publishers as publisher_rows
from warehouse.crash_points import crash_point
from warehouse.ops import backfills
from warehouse.ops.backfill_plans import BackfillRequest, Plan, plan_backfill
from warehouse.ops.backfills import Backfill
from warehouse.ops.windows import read_series

logger = logging.getLogger(__name__)

WINDOWS_MAXIMUM = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillJob:
    """What is asked for, in words that JSON knows. `since` and `until` as a person writes them; `paths` are files
    and folders to read in place of the web."""

    publisher: str
    since: str
    until: str
    window: str = "day"
    reprocess: str = "none"
    max_active: int = 1
    backwards: bool = False
    limit_requests: int | None = None
    paths: tuple[str, ...] = ()
    rules_only: bool = False
    processes: int = 0
    batch_size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedJob:
    """A job whose publisher exists and whose bounds make sense, with its windows."""

    job: BackfillJob
    publisher: Publisher
    publishers: Mapping[str, Publisher]
    zone: ZoneInfo
    windows: tuple[Window, ...]

    @property
    def request(self) -> BackfillRequest:
        """The row that it asks for."""
        return BackfillRequest(
            publisher_id=publisher_id(self.publisher.code), since=self.windows[0].start,
            until=self.windows[-1].end, interval=cast(Interval, self.job.window), reprocess=self.job.reprocess,
            active_maximum=self.job.max_active, request_maximum=self.job.limit_requests,
            is_backwards=self.job.backwards, requested_by=f"{os.environ.get('USER', 'unknown')}@{socket.gethostname()}",
        )


def check_job(job: BackfillJob, *, now: datetime | None = None) -> CheckedJob:
    """Raises ConfigurationError with a sentence for an unknown publisher or bounds that make no sense."""
    known = load_publishers()
    publisher = known.get(job.publisher)
    if publisher is None:
        raise ConfigurationError(f"There is no publisher {job.publisher!r}: the files under seeds/publishers name {', '.join(known)}.")
    if job.window not in get_args(Interval):
        raise ConfigurationError(f"A window is one of {', '.join(get_args(Interval))}, not {job.window!r}.")
    zone = ZoneInfo(publisher.time_zone or "UTC")
    try:
        since, until = read_bound(job.since, zone), read_bound(job.until, zone)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    if since >= until:
        raise ConfigurationError(f"--since {job.since} does not lie before --until {job.until}, which is the first moment that is not read.")
    current = now or datetime.now(UTC)
    if until > current:
        raise ConfigurationError(
            f"--until {job.until} lies in the future: it is now {current.astimezone(zone):%Y-%m-%d %H:%M} at {publisher.code} ({zone.key});"
            " what is still to come is read by scheduled runs."
        )
    windows = tuple(split_windows(since, until, interval=cast(Interval, job.window), zone=zone))
    if len(windows) > WINDOWS_MAXIMUM:
        raise ConfigurationError(f"That makes {len(windows):,} windows: choose a longer --window, or ask for no more than {WINDOWS_MAXIMUM:,} at once.")
    return CheckedJob(job=job, publisher=publisher, publishers=known, zone=zone, windows=windows)


def _check_source(checked: CheckedJob) -> None:
    """Raise ConfigurationError for files that are not there, or where nothing of the past can be fetched."""
    publisher = checked.publisher
    if checked.job.paths:
        check_paths(checked.job.paths)
        return
    if not any(feed.kind in ("archive", "sitemap") for feed in publisher.feeds):
        raise ConfigurationError(
            f"{publisher.code} lists neither an archive nor a sitemap: name files with --from, or add a [[feeds]] table"
            " with kind = \"archive\" to its file."
        )
    if not publisher.is_active:
        raise ConfigurationError(
            f"{publisher.code} is not active, so nothing is fetched from it: set `active = true` in its file, or name"
            " files with --from."
        )


def plan_job(engine: Engine, checked: CheckedJob, *, is_dry: bool = False) -> Plan:
    """Write the backfill and its windows, or join the same one; see `plan_backfill`.

    What dead processes left is put back first, so that nothing is called done that they only began. Raises
    ConfigurationError, before anything is written, where there is nothing to read from.
    """
    _check_source(checked)
    if not is_dry:
        reap_all(engine)
    with engine.begin() as connection:
        if not is_dry:
            publisher_rows.load_publishers(connection, [checked.publisher])
        plan = plan_backfill(connection, checked.request, checked.windows, is_dry=is_dry)
    crash_point("planned")
    return plan


def carry_out(
    engine: Engine,
    checked: CheckedJob,
    backfill_id: UUID,
    *,
    execution: Execution,
    on_progress: Callable[[Backfill], None],
    flow_run_id: str | None = None,
) -> BackfillReport:
    """Work at the backfill until there is no window left to take.

    Raises ConfigurationError where it was planned in other windows than its publisher's zone makes today.
    """
    job = checked.job
    _check_windows(engine, checked, backfill_id)
    stages = stages_for(checked.publishers, use_model=not job.rules_only)
    prepare = None if job.rules_only else load_annotation_reference
    with ExitStack() as stack, make_pool(job.processes, prepare=prepare) as pool:
        source = open_source(stack, engine, checked, stage_version=stages[0].version)
        worker = Worker(name=worker_name(), pool=pool, batch_size=job.batch_size, priority=BACKFILL_PRIORITY)
        return run_backfill(
            engine, backfill_id, source=source, stages=stages, worker=worker, execution=execution,
            preparations=[reference_source(engine, use_model=not job.rules_only)], on_progress=on_progress,
            parameters=asdict(job), flow_run_id=flow_run_id,
        )


def _check_windows(engine: Engine, checked: CheckedJob, backfill_id: UUID) -> None:
    with engine.connect() as connection:
        planned = read_series(connection, backfill_id)
    if planned != checked.windows:
        raise ConfigurationError(
            f"The backfill {backfill_id} was planned when {checked.publisher.code} had another time zone than"
            f" {checked.zone.key}, so its days are others: set `time_zone` back, or cancel it with `dateline backfill --cancel"
            f" {str(backfill_id)[:8]}` and ask for it again, which reads what is left."
        )


def open_source(stack: ExitStack, engine: Engine, checked: CheckedJob, *, stage_version: str) -> WindowSource:
    """The files that were named, else the publisher's archives on the web."""
    _check_source(checked)
    if checked.job.paths:
        documents = DatedDocuments.of(sources_of_paths(checked.job.paths), checked.zone)
        if documents.undated_count:
            logger.warning("%d documents tell no date and belong to no window: `dateline ingest` reads them", documents.undated_count)
        return DocumentsSource(engine=engine, documents=documents, publisher=checked.publisher, stage_version=stage_version)
    from flows.backfills.archives import open_archives

    return stack.enter_context(open_archives(engine, checked.publisher, checked.zone, stage_version=stage_version))


def find_backfill(connection: Connection, prefix: str) -> UUID:
    """The backfill whose id begins with `prefix`. Raises PermanentError where it is none or more than one."""
    found = backfills.find_backfills(connection, prefix)
    if len(found) != 1:
        raise PermanentError(f"There is {'more than one backfill' if found else 'no backfill'} whose id begins with {prefix}: `dateline backfill --list` shows them.")
    return found[0]


def job_of(connection: Connection, backfill: Backfill, *, paths: Sequence[str] = ()) -> BackfillJob:
    """The job behind a backfill, so that it can go on: its row, and the settings of its newest run."""
    given = connection.execute(
        text(
            "SELECT parameters FROM ops.runs WHERE kind = 'backfill' AND parameters ->> 'backfill_id' = :id"
            " ORDER BY started_at DESC LIMIT 1"
        ),
        {"id": str(backfill.backfill_id)},
    ).scalar() or {}
    return BackfillJob(
        publisher=backfill.publisher_code, since=backfill.since.isoformat(), until=backfill.until.isoformat(),
        window=backfill.interval, reprocess=backfill.reprocess, max_active=backfill.active_maximum,
        backwards=backfill.is_backwards, limit_requests=backfill.request_maximum,
        paths=tuple(paths or given.get("paths", ())), rules_only=bool(given.get("rules_only", False)),
        processes=int(given.get("processes", 0)), batch_size=int(given.get("batch_size", 100)),
    )
