"""PostgreSQL stopped with `immediate` again and again during a backfill, which waits for it or goes on anew."""

import random
import time
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.crashes.verdicts import digest, open_ends, told_apart
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from tests.soak.servers import connections, fresh_warehouse, soak_server
from warehouse.embedded.server import EmbeddedServer


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (500), `stops` (10)."""
    documents, stops = settings.get("documents", 500), settings.get("stops", 10)
    days = 25
    archive = write_archive(folder / "archive", date(2023, 3, 10), days=days, per_day=documents // days)
    job = {"kind": "backfill", "archive": archive, "since": "2023-03-10", "until": "2023-04-04", "batch_size": 50}
    chance = random.Random(settings.get("seed", 7))
    # Durable: what was committed must outlive the crash.
    with soak_server() as server, open_zygote(write_publisher(folder / "publishers")) as zygote:
        with fresh_warehouse(server) as (engine, url):
            assert zygote.run(url=url, **job) == 0
            expected = digest(engine)
        with fresh_warehouse(server) as (engine, url):
            done = begun_anew = 0
            process_id = zygote.start(url=url, **job)
            while done < stops and not _is_done(engine):
                time.sleep(chance.uniform(0.2, 1.5))
                _crash(server)
                done += 1
                if has_ended(process_id):
                    begun_anew += 1
                    process_id = zygote.start(url=url, **job)
            while not has_ended(process_id):
                time.sleep(0.2)
            assert zygote.run(url=url, **job) == 0, "going on failed"
            engine.dispose()
            assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
            assert digest(engine) == expected, f"the tables differ: {told_apart(digest(engine), expected)}"
            assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
    return f"{documents} documents, {done} immediate stops, {begun_anew} times begun anew, tables equal, no connection left"


def _crash(server: EmbeddedServer) -> None:
    server.cluster.programs.run("pg_ctl", "stop", "-D", server.folder.data, "-m", "immediate", "-w")
    server.cluster.start()
    server.cluster.wait()


def _is_done(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM ops.backfills WHERE state = 'done'")) == 1
    except DBAPIError:
        return False
