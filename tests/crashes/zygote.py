"""A process that has everything loaded and forks one child per job, so that dying costs no start.

Jobs come as JSON lines on standard input; for each one the exit status of the child goes out as a line. A child
does what `dateline backfill` or a scheduled run does, with Dateline's own code and without Prefect.
"""

import json
import os
import sys
from datetime import UTC, date, datetime
from uuid import uuid4

from flows.annotate_articles import annotate_text
from flows.backfills.job import BackfillJob, carry_out, check_job, plan_job
from flows.capture_files import files_source
from flows.cluster_articles import sign
from flows.documents.files import sources_of_paths
from flows.main_job import stages_for
from flows.orchestration.execution import PlainExecution
from flows.pipeline import run_pipeline
from flows.processes.pools import make_pool
from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from flows.publishers.loading import load_publishers
from flows.reference.places import load_places
from flows.stages import Worker
from tests.crashes.failing_windows import FailingWindows
from tests.flows.archive_folder import dispatch
from transforms.annotations.annotation import Text
from transforms.articles.reader import read_document
from transforms.clusters.texts import VersionText
from transforms.documents import Document
from transforms.failures import DatelineError
from warehouse.crash_points import VARIABLE, CrashPointReached
from warehouse.engine import open_warehouse
from warehouse.ops.mutex import hold_mutex


def backfill(job: dict[str, object]) -> None:
    """One process of a backfill."""
    asked = BackfillJob(
        publisher="quay", since=str(job["since"]), until=str(job["until"]), paths=(str(job["archive"]),), rules_only=True,
        batch_size=int(str(job.get("batch_size", 2))), processes=int(str(job.get("processes", 0))),
        max_active=int(str(job.get("max_active", 1))), reprocess=str(job.get("reprocess", "none")),
    )
    checked = check_job(asked)
    with open_warehouse(str(job["url"])) as engine:
        plan = plan_job(engine, checked)
        if plan.backfill is not None:
            failures = int(str(job.get("failures", 0)))
            execution = FailingWindows(engine=engine, times=failures) if failures else PlainExecution()
            carry_out(engine, checked, plan.backfill.backfill_id, execution=execution, on_progress=lambda _: None)


def scheduled(job: dict[str, object]) -> None:
    """One scheduled run, which finds what is new in a folder."""
    publishers = load_publishers()
    stages = stages_for(publishers, use_model=False)
    with open_warehouse(str(job["url"])) as engine, hold_mutex(engine, "run"), make_pool(0) as pool:
        reap_all(engine)
        source = files_source(
            engine, sources_of_paths([str(job["archive"])]), publishers, publisher_code="quay",
            stage_version=stages[0].version, batch_size=5, on_unreadable=print,
        )
        run_pipeline(
            engine, kind="run", sources=[source], stages=stages, execution=PlainExecution(),
            worker=Worker(name=worker_name(), pool=pool, batch_size=2, priority=0),
        )


def warm_up() -> None:
    """Compute one dispatch, so that each child finds tables, patterns and modules loaded."""
    load_publishers()
    text = dispatch(date(2023, 3, 24), 0)
    document = Document(id="warm", content=text.encode(), filename="0.txt", fetched_at=datetime(2023, 3, 24, tzinfo=UTC))
    # Not through the stage: its crash point reads the environment, which a child has yet to set.
    list(read_document(document, places=load_places()))
    sign(VersionText(article_version_id=uuid4(), article_id=uuid4(), headline=None, body=text, published_at=datetime(2023, 3, 24, tzinfo=UTC)))
    annotate_text(Text(id="warm", body=text, language="en"), use_model=False)


KINDS = {"backfill": backfill, "scheduled": scheduled}


def run_child(job: dict[str, object]) -> int:
    """Arm the crash point and do the job; the exit status of the process. What it says goes to the file `said`, if given."""
    if job.get("said"):
        with open(str(job["said"]), "a") as said:
            os.dup2(said.fileno(), sys.stderr.fileno())
    if job.get("crash"):
        os.environ[VARIABLE] = str(job["crash"])
    try:
        KINDS[str(job["kind"])](job)
    except DatelineError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return 1
    except CrashPointReached:
        return 70
    return 0


def main() -> None:
    """Load, then fork a child per line until standard input ends."""
    warm_up()
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        process_id = os.fork()
        if process_id == 0:
            os._exit(run_child(job))
        if job.get("is_detached"):
            print(json.dumps({"process_id": process_id}), flush=True)
            continue
        _, status = os.waitpid(process_id, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
