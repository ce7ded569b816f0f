"""A backfill of 365 days, three windows at a time: one in ten fails twice, planners and workers are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date
from pathlib import Path

from sqlalchemy import Engine, text

from tests.crashes.failing_windows import is_failing
from tests.crashes.verdicts import open_ends
from tests.crashes.zygote_client import Zygote, has_ended, open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from tests.soak.servers import connections, fresh_warehouse, soak_server

SINCE, UNTIL = "2022-01-01", "2023-01-01"
AT_ONCE = 3


def run(folder: Path, settings: dict[str, int]) -> str:
    """One dispatch a day; three processes share the windows; `planner_kills` (20), `worker_kills` (20)."""
    planner_kills, worker_kills = settings.get("planner_kills", 20), settings.get("worker_kills", 20)
    archive = write_archive(folder / "archive", date(2022, 1, 1), days=365, per_day=1)
    publishers = write_publisher(folder / "publishers")
    chance = random.Random(settings.get("seed", 365))
    with (
        soak_server(fsync="off") as server,
        open_zygote(publishers) as zygote,
        fresh_warehouse(server) as (engine, url),
    ):
        job = {"kind": "backfill", "archive": archive, "since": SINCE, "until": UNTIL, "max_active": AT_ONCE,
               "failures": 2, "url": url, "said": folder / "said.txt"}
        started = time.monotonic()
        _kill_planners(zygote, engine, job, planner_kills)
        processes = [zygote.start(**job) for _ in range(AT_ONCE)]
        killed = 0
        for _ in range(worker_kills):
            time.sleep(chance.uniform(0.5, 3.0))
            process_id = processes.pop(0)
            if not has_ended(process_id):
                os.kill(process_id, signal.SIGKILL)
                killed += 1
            processes.append(zygote.start(**job))
        while not all(map(has_ended, processes)):
            time.sleep(0.2)
        seconds = time.monotonic() - started
        assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
        failed_twice = _verdict(engine)
        before = _last_change(engine)
        again = _ask_again(archive, os.environ | {"DATELINE_WAREHOUSE_URL": url, "DATELINE_PUBLISHERS": str(publishers)})
        assert _last_change(engine) == before, "the same command again wrote something"
        assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
    return (
        f"365 of 365 windows, each loaded once, {failed_twice} of them after failing twice, {AT_ONCE} at a time,"
        f" {planner_kills} planners and {killed} processes at work killed, {seconds:.0f} s; again: {again!r}"
    )


def _kill_planners(zygote: Zygote, engine: Engine, job: dict[str, object], kills: int) -> None:
    """Half of them before the plan is committed, which leaves nothing; half behind it, which leaves all of it."""
    for number in range(kills):
        is_committed = number >= kills // 2
        assert zygote.run(**job, crash=f"{'planned' if is_committed else 'planning'}:kill") == -signal.SIGKILL
        with engine.connect() as connection:
            count = connection.scalar(text("SELECT count(*) FROM ops.windows"))
        assert count == (365 if is_committed else 0), f"{count} windows are planned after {number + 1} kills"


def _verdict(engine: Engine) -> int:
    """That each window is done and loaded once; how many of them had failed twice before."""
    with engine.connect() as connection:
        row = connection.execute(text(
            "SELECT count(*) AS done, count(DISTINCT window_start) AS days, sum(item_count) AS items,"
            " (SELECT count(*) FROM raw.captures) AS captures, (SELECT count(*) FROM core.articles) AS articles,"
            " (SELECT count(*) FROM core.article_versions) AS versions FROM ops.windows WHERE state = 'done'")).one()
        failed = {row[0].astimezone(UTC): row[1] for row in connection.execute(text("SELECT window_start, attempts FROM ops.windows"))}
        backfills = connection.scalar(text("SELECT count(*) FROM ops.backfills"))
    assert tuple(row) == (365,) * 6, tuple(row)
    assert backfills == 1, f"{backfills} backfills in place of one"
    wrong = {start: count for start, count in failed.items() if count != 2 * is_failing(start)}
    assert not wrong, f"failed another number of times than made to: {wrong}"
    return sum(map(bool, failed.values()))


def _last_change(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.execute(text(
            "SELECT (SELECT count(*) FROM ops.runs), (SELECT max(xmin::text::bigint) FROM ops.windows),"
            " (SELECT max(xmin::text::bigint) FROM core.article_versions)")).one()


def _ask_again(archive: Path, environment: dict[str, str]) -> str:
    """The same command at the prompt; what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "backfill", "--no-prefect", "--rules-only", "--publisher", "quay", "--since", SINCE,
         "--until", UNTIL, "--max-active", str(AT_ONCE), "--from", str(archive)],
        env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Nothing to do: 365 windows"), done.stdout
    return done.stdout.strip()
