"""Workers: any number of them, each row done once; told to stop they end the batch at hand."""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from flows.capture_documents import capture_documents
from flows.processes.pools import InlinePool
from flows.stages import Loaded, Worker
from flows.working import WorkReport, stop_asked, work_stages
from transforms.documents import Document
from transforms.publishers import Publisher
from warehouse.ops import runs
from warehouse.ops.claims import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """A stage that counts each capture as new."""

    name: str = "extract"
    version: str = "1"

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, int]:
        return {one.subject_id: 1 for one in claims}

    def compute(self) -> Callable[[int], int]:
        return abs

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
        runs.add_counts(connection, run_id, "document", {"seen": len(results), "new": len(results)})
        return Loaded(outcomes=dict.fromkeys(results, "read"), counts={"new": len(results)})


@pytest.fixture
def captures(engine: Engine) -> int:
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "test", worker="test", code_version="0")
    documents = [
        Document(id=str(number), content=b"%d" % number, publisher_code="quay", fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
        for number in range(120)
    ]
    quay = {"quay": Publisher(code="quay", name="The Quay")}
    capture_documents(engine, run_id, documents, quay, stage_version="1")
    return len(documents)


def work(engine: Engine, name: str = "a", stop: threading.Event | None = None, **settings) -> WorkReport:
    worker = Worker(name=name, pool=InlinePool(), batch_size=10)
    return work_stages(engine, [Lengths()], worker, stop=stop or threading.Event(), **settings)


def test_a_worker_does_what_is_pending_and_accounts_for_it(engine, captures):
    report = work(engine)
    assert (report.rows, report.stages["extract"]["new"]) == (captures, captures)
    with engine.connect() as connection:
        assert runs.imbalances(connection, report.run_id) == ()
        assert runs.read_counts(connection, report.run_id)["capture"] == {"read": captures, "seen": captures}


def test_four_workers_share_the_rows(engine, captures):
    reports: list[WorkReport] = []
    threads = [threading.Thread(target=lambda name=name: reports.append(work(engine, name))) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(report.rows for report in reports) == captures
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ops.work WHERE state = 'done'")) == captures
        assert all(runs.imbalances(connection, report.run_id) == () for report in reports)


def test_a_limit_ends_it_after_the_batch(engine, captures):
    assert work(engine, row_maximum=25).rows == 30


def test_sigterm_ends_an_endless_worker_after_its_batch(engine, captures):
    def ask_when_done() -> None:
        done = 0
        while done < captures:
            time.sleep(0.05)
            with engine.connect() as connection:
                done = connection.scalar(text("SELECT count(*) FROM ops.work WHERE state = 'done'"))
        os.kill(os.getpid(), signal.SIGTERM)

    with stop_asked() as stop:
        threading.Thread(target=ask_when_done).start()
        report = work(engine, stop=stop, is_endless=True)
    assert report.rows == captures
    with engine.connect() as connection:
        assert [run.state for run in runs.latest_runs(connection) if run.kind == "work"] == ["succeeded"]


def test_a_signal_that_comes_within_the_event_itself_is_obeyed():
    """Whoever waits for the event holds its lock for a moment: a handler that set it then waited for itself, for ever."""
    with stop_asked() as stop:
        with stop._cond:
            os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(600)
