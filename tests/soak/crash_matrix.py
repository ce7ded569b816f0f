"""Every crash point x SIGKILL, SIGTERM, exception x backfill, scheduled run: then the same again, undisturbed."""

import time
from datetime import date
from pathlib import Path

from tests.crashes.verdicts import digest, half_visible, open_ends, told_apart
from tests.crashes.zygote_client import open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from tests.soak.servers import fresh_warehouse, soak_server
from warehouse.crash_points import HOWS, POINTS

OF_BACKFILLS = {"planning", "planned", "window_claimed", "window_settling", "window_settled"}
CODES = {"kill": -9, "term": -15, "raise": 70}


def run(folder: Path, settings: dict[str, int]) -> str:
    """All combinations; `every` takes each nth of them alone."""
    started, cases = time.monotonic(), 0
    archive = write_archive(folder / "archive", date(2023, 3, 25), days=2, per_day=settings.get("per_day", 3))
    job = {"archive": archive, "since": "2023-03-25", "until": "2023-03-27"}
    with soak_server(fsync="off") as server, open_zygote(write_publisher(folder / "publishers")) as zygote:
        expected = {}
        for kind in ("backfill", "scheduled"):
            with fresh_warehouse(server) as (engine, url):
                assert zygote.run(kind=kind, url=url, **job) == 0, f"the undisturbed {kind} failed"
                expected[kind] = digest(engine)
        combinations = [
            (kind, point, how) for kind in expected for point in POINTS for how in HOWS
            if kind == "backfill" or point not in OF_BACKFILLS
        ]
        for kind, point, how in combinations[:: settings.get("every", 1)]:
            with fresh_warehouse(server) as (engine, url):
                where = f"{kind} at {point} by {how}"
                code = zygote.run(kind=kind, url=url, crash=f"{point}:{how}", **job)
                assert code == CODES[how], f"{where}: ended with {code}"
                assert half_visible(engine) == 0, f"{where}: something is half visible"
                assert zygote.run(kind=kind, url=url, **job) == 0, f"{where}: going on failed"
                assert open_ends(engine) == {}, f"{where}: not finished: {open_ends(engine)}"
                assert digest(engine) == expected[kind], f"{where}: the tables differ: {told_apart(digest(engine), expected[kind])}"
                cases += 1
    return f"{cases} of {len(combinations)} combinations, none lost, doubled or half visible, {time.monotonic() - started:.0f} s"
