"""Articles a second from captures to committed mart rows, Prefect's share of the time, and memory.

    python -m tests.bench.throughput workers [articles=1000] [model=1]    1, 2 and 4 worker processes
    python -m tests.bench.throughput prefect [articles=600] [rounds=2]     what Prefect takes of a run
    python -m tests.bench.throughput memory [articles=20000]              each process of `dateline run --processes 2`

By rules alone, unless `model=1`; one document in four is a page of 200 kB, in `memory` none is.
"""

import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, text

from flows.capture_documents import capture_documents
from flows.main_job import stages_for
from flows.orchestration.execution import Execution, PlainExecution
from flows.pipeline import Source, run_pipeline
from flows.processes.pools import InlinePool, ProcessPool
from flows.reference.annotation import load_annotation_reference
from flows.reference.places import load_places
from flows.stages import Worker
from flows.working import work_stages
from tests.bench.servers import measured_warehouse
from tests.bench.wire_days import QUAY, documents
from tests.flows.prefect_servers import prefect_server
from warehouse.engine import create_warehouse_engine
from warehouse.ops import runs

WORKERS = (1, 2, 4)
PUBLISHERS = {QUAY.code: QUAY}
Answer = TypeVar("Answer")


def workers(articles: int = 1000, model: int = 0) -> None:
    """Independent workers, as many `dateline work all`, that have loaded their tables before the clock starts."""
    for count in WORKERS:
        with measured_warehouse() as engine:
            captured = _captured(engine, articles)
            context = multiprocessing.get_context("spawn")
            barrier = context.Barrier(count + 1)
            url = engine.url.render_as_string(hide_password=False)
            processes = [
                context.Process(target=_work, args=(url, bool(model), f"worker-{number}", barrier)) for number in range(count)
            ]
            for process in processes:
                process.start()
            barrier.wait(120)
            started = time.perf_counter()
            for process in processes:
                process.join()
            seconds = time.perf_counter() - started
            assert all(process.exitcode == 0 for process in processes), "a worker failed"
            with engine.connect() as connection:
                rows = connection.scalar(text("SELECT count(*) FROM mart.articles"))
                events = connection.scalar(text("SELECT count(*) FROM mart.events"))
            assert rows == articles, f"{rows} rows in mart.articles"
            print(f"{count} workers: {rows / seconds:7.1f} articles/s  ({rows} articles, {events} events in {seconds:.1f} s; captured in {captured:.1f} s)", flush=True)


def prefect(articles: int = 600, rounds: int = 2) -> None:
    """One process, batches of 100, a Prefect server that is up: what passes outside the units of work, for two sizes of runs.

    The same work takes up to a tenth more or less from one run to the next, so that the difference between a run with
    Prefect and one without says little. What passes outside the units of work, in the same run, does not waver so.
    """
    from flows.orchestration.prefect_settings import prepare_prefect

    with tempfile.TemporaryDirectory() as home, prefect_server(Path(home)) as url:
        os.environ.update({"PREFECT_API_URL": url, "PREFECT_HOME": home})
        prepare_prefect()
        from flows.orchestration.prefect_execution import PrefectExecution
        from flows.run import run_with_prefect

        _warm_up()

        def plain(engine: Engine, source: Source) -> Stopwatch:
            watch = Stopwatch(PlainExecution())
            run_pipeline(
                engine, kind="bench", sources=[source], stages=stages_for(PUBLISHERS, use_model=False), execution=watch,
                worker=_worker("plain"), parameters={},
            )
            return watch

        def within(engine: Engine, source: Source) -> Stopwatch:
            watch = Stopwatch(PrefectExecution())
            run_with_prefect(
                engine, kind="bench", sources=[source], stages=stages_for(PUBLISHERS, use_model=False), execution=watch,
                worker=_worker("prefect"), parameters={},
            )
            return watch

        _timed(20, within)
        for _ in range(rounds):
            taken: list[tuple[int, float]] = []
            for size in (100, articles):
                (without, bare), (whole, watched) = _timed(size, plain), _timed(size, within)
                seconds = (whole - watched.seconds) - (without - bare.seconds)
                taken.append((watched.units, seconds))
                print(
                    f"{size:5} articles: {without:6.2f} s without, {whole:6.2f} s with Prefect, of which {seconds:5.2f} s are its own"
                    f" around {watched.units} units: {100 * seconds / whole:.1f} %", flush=True,
                )
            (few, little), (many, much) = taken
            each = (much - little) / (many - few)
            print(f"Prefect takes {1000 * each:.1f} ms a unit and {little - few * each:.2f} s a run")


class Stopwatch:
    """An execution that adds up what passes within the units themselves."""

    def __init__(self, inner: Execution) -> None:
        self._inner = inner
        self.units = 0
        self.seconds = 0.0

    def do(self, stage: str, name: str, function: Callable[[], Answer]) -> Answer:
        """See `flows.orchestration.execution.Execution.do`."""

        def timed() -> Answer:
            started = time.perf_counter()
            try:
                return function()
            finally:
                self.units += 1
                self.seconds += time.perf_counter() - started

        return self._inner.do(stage, name, timed)


def memory(articles: int = 20_000) -> None:
    """Resident memory of this process and of its two pool processes, every so many articles."""
    with measured_warehouse() as engine, ProcessPool(2, prepare=_warm_up) as pool:
        _captured(engine, articles, pages_every=0)
        samples: list[tuple[int, dict[int, int]]] = []
        done = 0

        def look(stage: str, rows: int) -> None:
            nonlocal done
            done += rows if stage == "annotate" else 0
            if rows and stage == "annotate" and done % max(100, articles // 10) == 0:
                samples.append((done, _resident()))
                print(f"{done:6} articles: " + ", ".join(f"{size // 1024:5} MiB" for size in samples[-1][1].values()), flush=True)

        work_stages(
            engine, stages_for(PUBLISHERS, use_model=False), Worker(name="memory", pool=pool), stop=threading.Event(), on_batch=look,
        )
        early, late = samples[len(samples) // 3][1], samples[-1][1]
        for process_id, size in late.items():
            before = early.get(process_id, size)
            print(f"process {process_id}: {before // 1024} MiB after a third, {size // 1024} MiB at the end: {100 * (size / before - 1):+.1f} %")


def _timed(articles: int, run: Callable[[Engine, Source], Answer]) -> tuple[float, Answer]:
    """Seconds of one run over `articles` documents in a new warehouse, and what it answers."""
    given = list(documents(articles))

    def capture(run_id: UUID) -> Mapping[str, int]:
        changes = capture_documents(engine, run_id, given, PUBLISHERS, stage_version=stages_for(PUBLISHERS)[0].version)
        return {"new": changes.new_count}

    with measured_warehouse() as engine:
        started = time.perf_counter()
        answer = run(engine, Source(stage="capture-files", units=[("capture", capture)]))
        return time.perf_counter() - started, answer


def _captured(engine: Engine, articles: int, *, pages_every: int = 4) -> float:
    version = stages_for(PUBLISHERS)[0].version
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "bench", worker="bench", code_version="0")
    seconds = 0.0
    batch = []
    for number, document in enumerate(documents(articles, pages_every=pages_every), start=1):
        batch.append(document)
        if len(batch) == 200 or number == articles:
            started = time.perf_counter()
            capture_documents(engine, run_id, batch, PUBLISHERS, stage_version=version)
            seconds += time.perf_counter() - started
            batch = []
    return seconds


def _work(url: str, use_model: bool, name: str, barrier: Barrier) -> None:
    _warm_up(use_model=use_model)
    engine = create_warehouse_engine(url, application=name)
    with engine.connect():
        barrier.wait(120)
    with InlinePool() as pool:
        work_stages(engine, stages_for(PUBLISHERS, use_model=use_model), Worker(name=name, pool=pool), stop=threading.Event())


def _worker(name: str) -> Worker:
    return Worker(name=name, pool=InlinePool(), batch_size=100)


def _warm_up(*, use_model: bool = False) -> None:
    load_places()
    load_annotation_reference(use_model=use_model)


def _resident() -> dict[int, int]:
    """KiB by process: this one and the pool's, which are children of the fork server."""
    own = os.getpid()
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    chosen = [own] + [one for one, parent in parents.items() if parents.get(parent) == own and one != own]
    return {one: int(line.split()[1]) for one in sorted(chosen) for line in Path(f"/proc/{one}/status").read_text().splitlines() if line.startswith("VmRSS")}


def main(arguments: list[str]) -> None:
    """The measurements that are named, or all."""
    sizes = {name: int(value) for name, _, value in (one.partition("=") for one in arguments) if value}
    known: dict[str, Callable[..., None]] = {"workers": workers, "prefect": prefect, "memory": memory}
    for name in [one for one in arguments if "=" not in one] or list(known):
        print(f"== {name}", flush=True)
        measure = known[name]
        measure(**{key: value for key, value in sizes.items() if key in measure.__annotations__})


if __name__ == "__main__":
    main(sys.argv[1:])
