"""Eight processes race for 200 windows; then the same windows are loaded twice more, and no row is touched."""

import time
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, text

from tests.crashes.verdicts import open_ends, touched
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from tests.soak.servers import connections, fresh_warehouse, soak_server


def run(folder: Path, settings: dict[str, int]) -> str:
    """`windows` (200) of a day with one dispatch each, `processes` (8)."""
    days, count = settings.get("windows", 200), settings.get("processes", 8)
    since = date(2022, 1, 1)
    archive = write_archive(folder / "archive", since, days=days, per_day=1)
    job = {"kind": "backfill", "archive": archive, "since": since.isoformat(), "max_active": count,
           "until": date.fromordinal(since.toordinal() + days).isoformat()}
    with (
        soak_server(fsync="off") as server,
        open_zygote(write_publisher(folder / "publishers")) as zygote,
        fresh_warehouse(server) as (engine, url),
    ):
        started = time.monotonic()
        processes = [zygote.start(url=url, **job) for _ in range(count)]
        while not all(map(has_ended, processes)):
            time.sleep(0.2)
        seconds = time.monotonic() - started
        assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
        shares = _shares(engine)
        assert sum(shares) == days, shares
        with engine.connect() as connection:
            row = connection.execute(text(
                "SELECT count(*), count(*) FILTER (WHERE fence = 1), sum(item_count), (SELECT count(*) FROM core.article_versions)"
                " FROM ops.windows WHERE state = 'done'")).one()
        assert tuple(row) == (days,) * 4, f"windows done, claimed once, items, versions: {tuple(row)}"
        before = touched(engine)
        for _ in range(2):
            assert zygote.run(url=url, reprocess="all", **job) == 0
            assert touched(engine) == before, f"touched: {[name for name, rows in touched(engine).items() if rows != before[name]]}"
        assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
    return (
        f"{days} windows, each claimed once and done once by {count} processes (shares {shares}), {seconds:.0f} s; loaded twice more:"
        f" 0 of {sum(map(len, before.values()))} rows touched"
    )


def _shares(engine: Engine) -> list[int]:
    """How many windows each process read, the most first."""
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT count(*) FROM ops.windows WHERE state = 'done' GROUP BY run_id ORDER BY 1 DESC")))
