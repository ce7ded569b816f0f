"""What every disturbed backfill is held against: the same one, left alone."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.crashes.verdicts import digest, open_ends, told_apart
from tests.crashes.zygote_client import Zygote, has_ended
from tests.flows.archive_folder import write_archive
from tests.soak.servers import connections, fresh_warehouse
from warehouse.embedded.server import EmbeddedServer

DAYS = 25
Digest = Mapping[str, tuple[int, str]]


def backfill_job(folder: Path, *, documents: int, batch_size: int, **more: Any) -> dict[str, Any]:
    """A backfill of `documents`, written to `folder`, in windows of a day; `more` is for the zygote."""
    archive = write_archive(folder / "archive", date(2023, 3, 10), days=DAYS, per_day=documents // DAYS)
    return {"kind": "backfill", "archive": archive, "since": "2023-03-10", "until": "2023-04-04", "batch_size": batch_size, **more}


def read_undisturbed(server: EmbeddedServer, zygote: Zygote, job: Mapping[str, Any]) -> Digest:
    """The tables that the backfill leaves in a warehouse of its own."""
    with fresh_warehouse(server) as (engine, url):
        assert zygote.run(url=url, **job) == 0
        return digest(engine)


def is_done(engine: Engine) -> bool:
    """Whether the backfill says that it is done: a process that ended may have left all of it."""
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM ops.backfills WHERE state = 'done'")) == 1
    except DBAPIError:
        return False


def finish(zygote: Zygote, process_id: int, url: str, job: Mapping[str, Any]) -> None:
    """Wait for the process at work, and go on with what it may have left."""
    while not has_ended(process_id):
        time.sleep(0.2)
    assert zygote.run(url=url, **job) == 0, "going on failed"


def judge(engine: Engine, expected: Digest) -> None:
    """Nothing is unfinished, the tables equal the expected ones, and no connection was left behind."""
    engine.dispose()
    assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
    found = digest(engine)
    assert found == expected, f"the tables differ: {told_apart(found, expected)}"
    assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
