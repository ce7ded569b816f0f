"""Documents of which one in twenty cannot be read, in twelve ways; after the fix they are replayed."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from uuid import UUID

from sqlalchemy import Connection, text

from flows.capture_documents import capture_documents
from flows.processes.pools import InlinePool, ProcessPool
from flows.stages import Loaded, Worker
from flows.working import work_stages
from tests.soak.servers import fresh_warehouse, soak_server
from transforms.documents import Document
from transforms.failures import PermanentError
from transforms.publishers import Publisher
from warehouse.ops import quarantine, runs
from warehouse.ops.claims import Claim
from warehouse.raw.captures import read_documents

QUAY = {"quay": Publisher(code="quay", name="The Quay")}
FIXED = "DATELINE_SOAK_FIXED"


def read(content: bytes) -> int:
    """The length of a good text; the number after `poison` says in which way a bad one fails."""
    if not content.startswith(b"poison") or os.environ.get(FIXED):
        return len(content)
    kind = int(content.split()[1])
    failures: tuple[Callable[[], object], ...] = (
        lambda: 1 // 0, lambda: [][1], lambda: {}["x"], lambda: int("x"), lambda: b"\xff".decode(), lambda: None + 1,  # type: ignore[operator]
        lambda: None.x, lambda: deep(0), lambda: bytes(1 << 46), lambda: os.kill(os.getpid(), 9), lambda: refuse(), lambda: "x" * -1 + 1,  # type: ignore[attr-defined,operator]
    )
    failures[kind]()
    raise AssertionError("not reached")


def deep(level: int) -> int:
    """Recursion without end."""
    return deep(level + 1)


def refuse() -> None:
    """What a parser raises that gives up."""
    raise PermanentError("This cannot be read.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A stage that reads lengths."""

    version: str
    name: str = "extract"

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, bytes]:
        """The bytes by capture."""
        return {UUID(one.id): one.content for one in read_documents(connection, [claim.subject_id for claim in claims])}

    def compute(self) -> Callable[[bytes], int]:
        """`read`, by the name under which other processes find it."""
        return read

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, int]) -> Loaded:
        """Count."""
        runs.add_counts(connection, run_id, "document", {"seen": len(results), "new": len(results)})
        return Loaded(outcomes=dict.fromkeys(results, "read"), counts={"new": len(results)})


def run(folder: Path, settings: dict[str, int]) -> str:
    """`poisoned_of` (2,000) documents."""
    count = settings.get("poisoned_of", 2000)
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    documents = [
        Document(id=str(number), content=(f"poison {number // 20 % 12} {number}" if number % 20 == 7 else f"good {number}").encode(),
                 publisher_code="quay", fetched_at=moment)
        for number in range(count)
    ]
    bad = sum(document.content.startswith(b"poison") for document in documents)
    with soak_server(fsync="off") as server, fresh_warehouse(server) as (engine, _):
        with engine.begin() as connection:
            run_id = runs.start_run(connection, "soak", worker="soak", code_version="0")
        capture_documents(engine, run_id, documents, QUAY, stage_version="1")
        started = time.monotonic()
        with ProcessPool(2) as pool:
            first = work_stages(engine, [Reader(version="1")], Worker(name="soak", pool=pool), stop=Event())
        seconds = time.monotonic() - started
        with engine.connect() as connection:
            held = quarantine.list_quarantined(connection)
            reasons = {one.reason for one in held}
            unbalanced = runs.imbalances(connection, first.run_id)
            assert unbalanced == (), unbalanced
            states = dict(connection.execute(text("SELECT state, count(*) FROM ops.work GROUP BY 1")).all())
            assert states == {"done": count - bad, "quarantined": bad}, states
        assert len(held) == bad, f"{len(held)} quarantined, {bad} expected"
        assert all(one.reason and one.detail and one.traceback for one in held), "one has no reason"
        with engine.begin() as connection:
            assert quarantine.replay(connection) == bad
        os.environ[FIXED] = "1"
        try:
            # Within this process: the others were forked from one that does not know of the fix.
            with InlinePool() as pool:
                again = work_stages(engine, [Reader(version="1")], Worker(name="soak", pool=pool), stop=Event())
        finally:
            del os.environ[FIXED]
        assert again.rows == bad
        with engine.connect() as connection:
            assert quarantine.list_quarantined(connection) == ()
            assert connection.scalar(text("SELECT count(*) FROM ops.work WHERE state = 'done'")) == count
    return f"{count - bad} in, {bad} quarantined with {len(reasons)} reasons ({', '.join(sorted(reasons))}), all in after the fix; {seconds:.0f} s"
