"""Connections cut in the middle of a backfill: ended by the server, and reset on their way to it."""

import random
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import Engine, make_url, text

from tests.crashes.verdicts import half_visible
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_publisher
from tests.soak.cutting_proxy import cutting_proxy
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import backfill_job, finish, is_done, judge, read_undisturbed
from warehouse.embedded.folder import SOCKET_NAME


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (500), `cuts` (40), every other one by the server."""
    documents, cuts = settings.get("documents", 500), settings.get("cuts", 40)
    said = folder / "said.txt"
    job = backfill_job(folder, documents=documents, batch_size=20, said=said)
    chance = random.Random(settings.get("seed", 57))
    with soak_server(fsync="off") as server, open_zygote(write_publisher(folder / "publishers")) as zygote:
        expected = read_undisturbed(server, zygote, job)
        with fresh_warehouse(server) as (engine, url), cutting_proxy(server.folder.socket / SOCKET_NAME) as proxy:
            # Password and name are asked of nobody on loopback here: the proxy speaks to the server's socket.
            through = make_url(url).set(host="127.0.0.1", port=proxy.port, query={}).render_as_string(hide_password=False)
            done = begun_anew = sessions = 0
            process_id = zygote.start(url=through, **job)
            while done < cuts and not is_done(engine):
                time.sleep(chance.uniform(0.05, 1.5))
                cut = _end_sessions(engine) if done % 2 else proxy.cut()
                sessions += cut
                done += bool(cut)
                if has_ended(process_id):
                    begun_anew += 1
                    process_id = zygote.start(url=through, **job)
                if done % 10 == 0:
                    assert half_visible(engine) == 0, f"half visible after {done} cuts"
            finish(zygote, process_id, through, job)
            judge(engine, expected)
    told = Counter("went away" if "went away" in line else "other" for line in said.read_text().splitlines() if "warehouse" in line)
    assert told["went away"], "nobody was told that the warehouse went away"
    return (
        f"{documents} documents, {done} cuts of {sessions} sessions, {begun_anew} times begun anew, told {told['went away']} times"
        " that the warehouse went away; tables equal, no connection left"
    )


def _end_sessions(engine: Engine) -> int:
    with engine.begin() as connection:
        return len(connection.scalars(text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )).all())
