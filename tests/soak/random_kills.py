"""SIGKILL at random times during one backfill: the tables equal those of an undisturbed one."""

import os
import random
import signal
import time
from pathlib import Path

from tests.crashes.verdicts import half_visible
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_publisher
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import backfill_job, judge, read_undisturbed


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (500) in windows of a day, `kills` (20) of the process at work."""
    documents, kills = settings.get("documents", 500), settings.get("kills", 20)
    job = backfill_job(folder, documents=documents, batch_size=50)
    chance = random.Random(settings.get("seed", 20230310))
    with soak_server(fsync="off") as server, open_zygote(write_publisher(folder / "publishers")) as zygote:
        started = time.monotonic()
        expected = read_undisturbed(server, zygote, job)
        undisturbed_seconds = time.monotonic() - started
        with fresh_warehouse(server) as (engine, url):
            started, done = time.monotonic(), 0
            # So that the kills are spread over the whole backfill, whatever the machine's speed.
            pause = max(0.15, undisturbed_seconds / kills)
            while done < kills:
                process_id = zygote.start(url=url, **job)
                time.sleep(chance.uniform(0.05, 2 * pause))
                if has_ended(process_id):
                    break  # it is through before all kills are done
                os.kill(process_id, signal.SIGKILL)
                done += 1
                if done % 10 == 0:
                    assert half_visible(engine) == 0, f"half visible after {done} kills"
            assert zygote.run(url=url, **job) == 0, "going on failed"
            disturbed_seconds = time.monotonic() - started
            judge(engine, expected)
    return (
        f"{documents} documents, {done} SIGKILLs, tables equal, no connection left; undisturbed {undisturbed_seconds:.0f} s, disturbed"
        f" {disturbed_seconds:.0f} s"
    )
