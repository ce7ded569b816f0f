"""How long analysts wait on ever larger warehouses: example queries, full-text search, and making counts by day anew.

`python -m tests.bench.bench_queries [SIZE] [PICTURE.svg]`: up to SIZE generated articles of one year (10,000), each
with 20 mentions and 2 events. The example queries run over 31 days as written and over all days, with their dates
widened; the second of two runs counts.
"""

import re
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from flows.exports.events import FORMATS, export_events
from tests.bench.curves import Curve, draw
from tests.bench.generate_warehouse import fill, generate
from tests.bench.servers import measured_warehouse
from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.core.stale_events import mark_stale_events
from warehouse.day_counts import mark_stale, refresh_day_counts
from warehouse.examples import examples

SEARCHES = {"one article in a hundred": "harbour", "one in two": "w12", "two words": "w200 w300", "none": "albatross"}
RUN_ARTICLES = 1_000
LATE_ARTICLES = 10_000_000
EXPORTED_DAY = date(2024, 5, 15)


def seconds(connection: Connection, sql: str) -> float:
    """How long a query takes when its pages are warm."""
    statement = sql.rstrip(";")
    spent = 0.0
    for _ in range(2):
        started = time.perf_counter()
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True}).all()
        spent = time.perf_counter() - started
    return spent


def time_examples(connection: Connection) -> dict[str, tuple[float, float]]:
    """Seconds over 31 days and over all, by question."""
    found = {}
    for example in examples():
        everything = re.sub(r"2024-05-(01|18|25)", "2023-01-01", example.sql)
        found[f"{example.number}. {example.question}"] = (seconds(connection, example.sql), seconds(connection, everything))
    return found


def time_searches(connection: Connection) -> dict[str, float]:
    """Seconds of a full-text search over all days, by how many articles match."""
    return {
        name: seconds(connection, f"SELECT * FROM mart.search_articles('{query}')")
        for name, query in SEARCHES.items()
    }


def time_exports(connection: Connection) -> dict[str, float]:
    """Seconds of writing one day's events in the columns of others, by format."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, form in FORMATS.items():
            started = time.perf_counter()
            export_events(connection, Path(folder) / name, form, EXPORTED_DAY, EXPORTED_DAY + timedelta(days=1))
            found[name] = time.perf_counter() - started
    return found


def time_refresh(engine: Engine) -> float:
    """Seconds to cluster the events and make the counts anew after a run of 1,000 articles of one day, which then go away."""
    with engine.connect() as connection:
        generate(connection, articles=RUN_ARTICLES, first=LATE_ARTICLES, days=1)
        late = connection.execute(
            text("SELECT article_id, current_version_id FROM core.articles WHERE external_id::int >= :first"), {"first": LATE_ARTICLES}
        ).all()
        mark_stale(connection, [row.article_id for row in late])
        mark_stale_events(connection, [row.current_version_id for row in late])
        started = time.perf_counter()
        refresh_event_clusters(connection)
        refresh_day_counts(connection)
        spent = time.perf_counter() - started
        connection.rollback()
    return spent


def measure(engine: Engine) -> Mapping[str, float]:
    """Print every figure; return the slowest of each kind in seconds."""
    with engine.connect() as connection:
        timed = time_examples(connection)
        print(f"  {'31 days':>9} {'all':>9}  question")
        for question, (month, whole) in timed.items():
            print(f"  {1000 * month:7.0f}ms {1000 * whole:7.0f}ms  {question}")
        searches = time_searches(connection)
        exports = time_exports(connection)
    for name, spent in searches.items():
        print(f"  {1000 * spent:7.0f}ms            full-text search, hit by {name}")
    for name, spent in exports.items():
        print(f"  {1000 * spent:7.0f}ms            events of one day written in the columns of {name}")
    refreshed = time_refresh(engine)
    print(f"  {1000 * refreshed:7.0f}ms            events clustered and counts by day anew after a run of {RUN_ARTICLES:,} articles", flush=True)
    return {
        "slowest example over 31 days": max(month for month, _ in timed.values()),
        "slowest example over a year": max(whole for _, whole in timed.values()),
        "search, 1 % match": searches["one article in a hundred"],
        "counts and clusters after a run": refreshed,
    }


def run(largest: int = 10_000, picture: Path | None = None) -> None:
    """Measure warehouses of 10,000 articles, ten times as many and so on, up to `largest`."""
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size <= largest] or [largest]
    found: dict[int, Mapping[str, float]] = {}
    with measured_warehouse(shared_buffers="1GB", maintenance_work_mem="1GB", max_wal_size="8GB", synchronous_commit="off") as engine:
        held = 0
        for size in sizes:
            started = time.perf_counter()
            fill(engine, articles=size, held=held)
            print(f"{size:,} articles, made in {time.perf_counter() - started:.0f} s", flush=True)
            held = size
            found[size] = measure(engine)
    if picture is not None:
        curves = [
            Curve(name=name, points={size: 1000 * figures[name] for size, figures in found.items()})
            for name in found[sizes[0]]
        ]
        picture.write_text(draw(curves, across="articles", up="milliseconds"), "utf-8")


if __name__ == "__main__":
    run(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 10_000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
