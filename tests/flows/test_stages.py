"""A stage claims, computes and loads; what fails costs one row, what was lost to another worker loads nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from flows.capture_documents import capture_documents
from flows.processes.pools import InlinePool
from flows.stages import Loaded, Worker, run_batch
from transforms.documents import Document
from transforms.failures import PermanentError, TransientError
from transforms.publishers import Publisher
from warehouse.ops import runs
from warehouse.ops.claims import Claim, ClaimLost, reap

PUBLISHERS = {"quay": Publisher(code="quay", name="The Quay")}
WORKER = Worker(name="test", pool=InlinePool())


def measure(content: str) -> int:
    """The computation of `Measure`: odd texts fail in the ways that texts fail."""
    if content == "poison":
        raise PermanentError("This text cannot be measured.")
    if content == "tired":
        raise TransientError("Not now.")
    if content == "broken":
        return len(content) // 0
    return len(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Measures captured texts; loading writes a row of ops.run_counts."""

    name: str = "extract"
    version: str = "1"

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, str]:
        rows = connection.execute(
            text("SELECT capture_id, path FROM raw.captures WHERE capture_id = ANY(:ids)"),
            {"ids": [one.subject_id for one in claims]},
        )
        return {row.capture_id: row.path for row in rows}

    def compute(self) -> Callable[[str], int]:
        return measure

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
        runs.add_counts(connection, run_id, "document", {"seen": len(results), "new": len(results)})
        return Loaded(outcomes=dict.fromkeys(results, "read"), counts={"new": len(results)})


def start(engine: Engine, *contents: str) -> UUID:
    """A run, with one pending capture for each of `contents`."""
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "test", worker="test", code_version="0")
    documents = [
        Document(id=content, content=content.encode(), publisher_code="quay", fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
        for content in contents
    ]
    capture_documents(engine, run_id, documents, PUBLISHERS, stage_version="1")
    return run_id


def states(engine: Engine) -> dict[str, str]:
    """State of the work on each capture, by its path."""
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT path, state FROM ops.work JOIN raw.captures ON capture_id = subject_id ORDER BY path")
        )
        return {row.path: row.state for row in rows}


def test_a_poisoned_row_is_quarantined_with_its_traceback_and_the_others_are_loaded(engine: Engine) -> None:
    run_id = start(engine, "one", "poison", "broken", "two")
    result = run_batch(engine, Measure(), run_id, WORKER)
    assert result.claimed_count == 4
    assert result.counts == {"new": 2, "quarantined": 2}
    assert states(engine) == {"one": "done", "two": "done", "poison": "quarantined", "broken": "quarantined"}
    with engine.connect() as connection:
        reasons = dict(connection.execute(text("SELECT reason, traceback FROM ops.quarantine")).tuples().all())
    assert set(reasons) == {"PermanentError", "ZeroDivisionError"}
    assert "len(content) // 0" in reasons["ZeroDivisionError"]


def test_a_passing_failure_is_tried_again_and_given_up_at_the_third_attempt(engine: Engine) -> None:
    run_id = start(engine, "tired")
    assert [run_batch(engine, Measure(), run_id, WORKER).counts for _ in range(3)] == [
        {"new": 0, "pending": 1}, {"new": 0, "pending": 1}, {"new": 0, "quarantined": 1},
    ]
    assert run_batch(engine, Measure(), run_id, WORKER).claimed_count == 0


def test_a_batch_that_another_worker_took_over_meanwhile_loads_nothing(engine: Engine) -> None:
    """A worker slept through its lease, another did its batch: the sleeper's results must not count twice."""
    run_id = start(engine, "one", "two")

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Sleeper(Measure):
        def compute(self) -> Callable[[str], int]:
            with engine.begin() as connection:
                connection.execute(text("UPDATE ops.work SET lease_until = now() - interval '1 second'"))
                reap(connection)
            run_batch(engine, Measure(), run_id, WORKER)
            return measure

    with pytest.raises(ClaimLost):
        run_batch(engine, Sleeper(), run_id, WORKER)
    with engine.connect() as connection:
        assert runs.read_counts(connection, run_id)["document"] == {"seen": 2, "new": 2}


def test_the_same_documents_captured_twice_are_captured_once(engine: Engine) -> None:
    start(engine, "one", "two")
    run_id = start(engine, "two", "one")
    assert run_batch(engine, Measure(), run_id, WORKER).claimed_count == 2
    assert run_batch(engine, Measure(), run_id, WORKER).claimed_count == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picky(Measure):
    """The warehouse refuses what is measured as 7, by a constraint; the loader itself stumbles over 5."""

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
        for size in results.values():
            connection.execute(text("SELECT 1 / (CAST(:size AS integer) - 7)"), {"size": size})
            if size == 5:
                raise ValueError("five is too much")
        return Measure.load(self, connection, run_id, results)


def test_a_row_that_the_warehouse_refuses_costs_one_row(engine: Engine) -> None:
    run_id = start(engine, *(f"{number:03}" for number in range(20)), "refused", "fives", *(f"{number:04}" for number in range(20)))
    result = run_batch(engine, Picky(), run_id, WORKER)

    assert result.counts == {"new": 40, "quarantined": 2}
    assert {path for path, state in states(engine).items() if state == "quarantined"} == {"refused", "fives"}
    with engine.connect() as connection:
        assert runs.read_counts(connection, run_id)["document"] == {"seen": 40, "new": 40}
        reasons = set(connection.scalars(text("SELECT reason FROM ops.quarantine")))
    assert reasons == {"DataError", "ValueError"}


def test_a_batch_that_ends_early_gives_its_rows_back(engine: Engine) -> None:
    run_id = start(engine, "one", "two")

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Interrupted(Measure):
        def compute(self) -> Callable[[str], int]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(engine, Interrupted(), run_id, WORKER)
    assert states(engine) == {"one": "pending", "two": "pending"}


def test_a_batch_that_is_interrupted_as_its_claim_is_committed_gives_its_rows_back(engine: Engine) -> None:
    run_id = start(engine, "one", "two")

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Claimed(Measure):
        def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, str]:
            connection.commit()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(engine, Claimed(), run_id, WORKER)
    assert states(engine) == {"one": "pending", "two": "pending"}


def test_a_connection_cut_while_loading_is_survived(engine: Engine) -> None:
    """The server ends our session in the middle; what was computed is loaded by the next attempt."""
    run_id = start(engine, "one", "two")
    cuts = iter([True, False])

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Cut(Measure):
        def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
            loaded = Measure.load(self, connection, run_id, results)
            if next(cuts):
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            return loaded

    assert run_batch(engine, Cut(), run_id, WORKER).counts == {"new": 2}
    with engine.connect() as connection:
        assert runs.read_counts(connection, run_id)["document"] == {"seen": 2, "new": 2}


@pytest.mark.parametrize("ending", ["cut", "refused"])
def test_what_happens_within_a_copy_is_told_apart_too(engine: Engine, ending: str) -> None:
    """COPY goes past SQLAlchemy: a cut is survived, a row that is refused costs itself."""
    run_id = start(engine, "one", "three")
    cuts = iter([ending == "cut", False, False, False])

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Copying(Measure):
        def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
            connection.execute(text("CREATE TEMP TABLE sizes (size integer CHECK (size <> 5)) ON COMMIT DROP"))
            driver = connection.connection.driver_connection
            assert driver is not None
            if next(cuts):
                with engine.connect() as other:
                    other.execute(text("SELECT pg_terminate_backend(:pid, 60000)"), {"pid": driver.info.backend_pid})
            with driver.cursor() as cursor, cursor.copy("COPY sizes FROM STDIN") as copy:
                for size in results.values():
                    copy.write_row([size if ending == "refused" else 0])
            return Measure.load(self, connection, run_id, results)

    result = run_batch(engine, Copying(), run_id, WORKER)
    assert result.counts == ({"new": 2} if ending == "cut" else {"new": 1, "quarantined": 1})
