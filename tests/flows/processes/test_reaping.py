"""What a killed process held is put back at once on its own machine, and after its lease elsewhere."""

import subprocess
import sys
from uuid import uuid4

from sqlalchemy import Engine, insert, select, text

from flows.processes.reaping import reap_all
from flows.processes.worker_names import worker_name
from warehouse.ops import runs
from warehouse.tables.operations import work

TELL = "from flows.processes.worker_names import worker_name; print(worker_name())"


def hold(engine: Engine, worker: str) -> None:
    """A worker has a run open and holds a row for another hour."""
    with engine.begin() as connection:
        runs.start_run(connection, "run", worker=worker, code_version="1")
        connection.execute(
            insert(work).values(stage="extract", subject_id=uuid4(), stage_version="1", state="claimed", worker=worker,
                                attempts=1, lease_until=text("now() + interval '1 hour'"))
        )


def states(engine: Engine) -> tuple[str, str]:
    with engine.connect() as connection:
        (run,) = runs.latest_runs(connection)
        return connection.scalars(select(work.c.state)).one(), run.state


def test_a_dead_process_of_this_machine_holds_nothing_any_longer(engine):
    dead = subprocess.run([sys.executable, "-c", TELL], capture_output=True, text=True, check=True).stdout.strip()
    hold(engine, dead)
    reaped = reap_all(engine)
    assert (reaped.work_pending, states(engine)) == (1, ("pending", "crashed"))


def test_a_living_one_and_one_elsewhere_keep_what_they_hold(engine):
    for name in (worker_name(), "elsewhere:1:4026531836.5"):
        hold(engine, name)
    assert reap_all(engine).work_pending == 0
    with engine.connect() as connection:
        assert set(connection.scalars(select(work.c.state))) == {"claimed"}
