"""Stages again, from captures that are there: today's parsers and annotators, no network, only differences loaded."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from flows.main_job import stages_for
from flows.orchestration.execution import Execution
from flows.pipeline import RunReport, Source, run_pipeline
from flows.processes.pools import make_pool
from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.annotation import load_annotation_reference
from flows.stages import Stage, Worker
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher
from warehouse.ops import work
from warehouse.ops.mutex import hold_mutex

REPLAY_PRIORITY = 20
STAGES = ("extract", "cluster", "annotate")

# What of a stage belongs to one publisher.
_SUBJECTS_OF = {
    "extract": "SELECT c.capture_id FROM raw.captures c JOIN core.publishers p USING (publisher_id)"
    " WHERE p.publisher_code = :code AND c.outcome = 'content'",
    "cluster": "SELECT v.article_version_id FROM core.article_versions v JOIN core.articles a USING (article_id)"
    " JOIN core.publishers p USING (publisher_id) WHERE p.publisher_code = :code AND v.superseded_at IS NULL",
}
_SUBJECTS_OF["annotate"] = _SUBJECTS_OF["cluster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayJob:
    """What is asked for. Without `stage` all stages, without `publisher` all publishers; with `is_stale_only` what
    an older version of a stage made, or none yet."""

    stage: str | None = None
    publisher: str | None = None
    is_stale_only: bool = False
    rules_only: bool = False
    processes: int = 0
    batch_size: int = 100
    tasks: int = 0
    cluster: str | None = None


def replay_captures(
    engine: Engine, job: ReplayJob, *, execution: Execution, flow_run_id: str | None = None,
    share: Callable[[], int] | None = None,
) -> RunReport:
    """Make the work pending again and do it, under the mutex of replays. `share` lets others do it first; how many rows.

    Raises ConfigurationError for a stage or publisher that is not there, BusyError where another replay is at work.
    """
    check_job(engine, job)
    stages = chosen_stages(job, load_publishers())
    with ExitStack() as stack:
        stack.enter_context(hold_mutex(engine, "replay"))
        reap_all(engine)
        prepare = None if job.rules_only or stages[-1].name != "annotate" else load_annotation_reference
        with make_pool(job.processes, prepare=prepare) as pool:
            worker = Worker(name=worker_name(), pool=pool, batch_size=job.batch_size, priority=REPLAY_PRIORITY)
            sources = [_source(engine, stages, job)]
            if share is not None:
                sources.append(Source(stage="share", units=[("share", lambda _run_id: {"rows": share()})]))
            return run_pipeline(
                engine, kind="replay", sources=sources, stages=stages, execution=execution,
                worker=worker, parameters=asdict(job), flow_run_id=flow_run_id,
            )


def check_job(engine: Engine, job: ReplayJob) -> None:
    """Raise ConfigurationError for a stage or publisher that is not there."""
    if job.stage is not None and job.stage not in STAGES:
        raise ConfigurationError(f"There is no stage {job.stage!r}: it is one of {', '.join(STAGES)}.")
    if job.publisher is None:
        return
    with engine.connect() as connection:
        held = connection.scalars(text("SELECT publisher_code FROM core.publishers"))
        known = sorted({*load_publishers(), *held})
    if job.publisher not in known:
        raise ConfigurationError(f"There is no publisher {job.publisher!r}: known are {', '.join(known)}.")


def chosen_stages(job: ReplayJob, publishers: Mapping[str, Publisher]) -> Sequence[Stage[Any, Any]]:
    """The stages of a job, in order."""
    stages = stages_for(publishers, use_model=not job.rules_only)
    first = 0 if job.stage is None else STAGES.index(job.stage)
    # What a stage changes, those behind it follow: their work becomes pending by itself.
    return stages[first:]


def _source(engine: Engine, stages: Sequence[Stage[Any, Any]], job: ReplayJob) -> Source:
    """The units that make work pending. Replaying all stages begins with captures; versions follow where they change."""
    named = stages if job.is_stale_only and job.stage is None else stages[:1]

    def enqueue(stage: Stage[Any, Any], _run_id: UUID) -> Mapping[str, int]:
        with engine.begin() as connection:
            chosen = None
            if job.publisher is not None:
                chosen = list(connection.scalars(text(_SUBJECTS_OF[stage.name]), {"code": job.publisher}))
            count = work.enqueue(
                connection, stage.name, stage.version, chosen, priority=REPLAY_PRIORITY, again=not job.is_stale_only
            )
        return {f"{stage.name}_pending": count}

    return Source(
        stage="enqueue",
        units=[(f"enqueue-{stage.name}", partial(enqueue, stage)) for stage in named],
    )
