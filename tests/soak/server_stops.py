"""PostgreSQL stopped with `immediate` again and again during a backfill, which waits for it or goes on anew."""

import random
import time
from pathlib import Path

from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_publisher
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import backfill_job, finish, is_done, judge, read_undisturbed
from warehouse.embedded.server import EmbeddedServer


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (500), `stops` (10)."""
    documents, stops = settings.get("documents", 500), settings.get("stops", 10)
    job = backfill_job(folder, documents=documents, batch_size=50)
    chance = random.Random(settings.get("seed", 7))
    # Durable: what was committed must outlive the crash.
    with soak_server() as server, open_zygote(write_publisher(folder / "publishers")) as zygote:
        expected = read_undisturbed(server, zygote, job)
        with fresh_warehouse(server) as (engine, url):
            done = begun_anew = 0
            process_id = zygote.start(url=url, **job)
            while done < stops and not is_done(engine):
                time.sleep(chance.uniform(0.2, 1.5))
                _crash(server)
                done += 1
                if has_ended(process_id):
                    begun_anew += 1
                    process_id = zygote.start(url=url, **job)
            finish(zygote, process_id, url, job)
            judge(engine, expected)
    return f"{documents} documents, {done} immediate stops, {begun_anew} times begun anew, tables equal, no connection left"


def _crash(server: EmbeddedServer) -> None:
    server.cluster.programs.run("pg_ctl", "stop", "-D", server.folder.data, "-m", "immediate", "-w")
    server.cluster.start()
    server.cluster.wait()
