"""A backfill of 365 days, three windows at a time, its processes killed again and again, planning included."""

import os
import random
import signal
import time
from datetime import date
from pathlib import Path

from sqlalchemy import text

from tests.crashes.verdicts import open_ends
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from tests.soak.servers import fresh_warehouse, soak_server


def run(folder: Path, settings: dict[str, int]) -> str:
    """One dispatch a day; three processes share the windows; `planner_kills` (20)."""
    kills = settings.get("planner_kills", 20)
    archive = write_archive(folder / "archive", date(2022, 1, 1), days=365, per_day=1)
    job = {"kind": "backfill", "archive": archive, "since": "2022-01-01", "until": "2023-01-01", "max_active": 3}
    chance = random.Random(settings.get("seed", 365))
    with (
        soak_server(fsync="off") as server,
        open_zygote(write_publisher(folder / "publishers")) as zygote,
        fresh_warehouse(server) as (engine, url),
    ):
        started = time.monotonic()
        for _ in range(5):
            assert zygote.run(url=url, crash="planning:kill", **job) == -9
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM ops.windows")) == 0, "half a plan is visible"
        processes = [zygote.start(url=url, **job) for _ in range(3)]
        for _ in range(kills):
            time.sleep(chance.uniform(0.1, 1.0))
            killed = processes.pop(0)
            if os.path.exists(f"/proc/{killed}"):
                os.kill(killed, signal.SIGKILL)
            processes.append(zygote.start(url=url, **job))
        assert zygote.run(url=url, **job) == 0
        seconds = time.monotonic() - started
        while not all(map(has_ended, processes)):
            time.sleep(0.2)
        assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
        with engine.connect() as connection:
            row = connection.execute(text(
                "SELECT count(*) AS done, count(DISTINCT window_start) AS days, (SELECT count(*) FROM core.articles) AS articles,"
                " (SELECT count(*) FROM core.article_versions) AS versions FROM ops.windows WHERE state = 'done'")).one()
        assert tuple(row) == (365, 365, 365, 365), tuple(row)
        again = time.monotonic()
        assert zygote.run(url=url, **job) == 0
    return f"365 of 365 windows, each loaded once, {kills} processes killed and 5 planners, {seconds:.0f} s; again: nothing, {time.monotonic() - again:.1f} s"
