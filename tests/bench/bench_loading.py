"""Articles a second into versions, signatures and clusters, beside a bare COPY of the rows that come out of it.

`python -m tests.bench.bench_loading [COUNT]`.
"""

import io
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, text

from tests.bench.invented_texts import TextMaker
from tests.bench.servers import cpu_seconds, measured_warehouse
from transforms.articles.article import Article
from transforms.clusters.texts import sign_versions
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.clusters import load_clusters
from warehouse.core.publishers import load_publishers
from warehouse.core.signatures import read_version_texts

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
BATCH = 1_000
ROUNDS = 5
LOADED = ("core.articles", "core.article_versions", "core.sightings", "core.signatures", "core.version_texts",
          "core.similar_texts", "core.excerpts", "core.clusters", "core.cluster_members")


def loads(count: int) -> list[ArticleLoad]:
    """Articles a minute apart, one in ten of them a near copy of the one before."""
    maker = TextMaker(3)
    articles = []
    previous = ""
    for number, body in enumerate(maker.texts(count)):
        own = maker.near_copy(previous) if number % 10 == 9 else body
        previous = own
        published_at = NOON + timedelta(minutes=number)
        articles.append(ArticleLoad(
            capture_id=derived_id("capture", number), captured_at=published_at, publisher_code="invented",
            article=Article(document_id=str(number), format="plain", headline=own[:60], body=own, language="en",
                            external_id=str(number), published_at=published_at)))
    return articles


def prepare(engine: Engine, given: list[ArticleLoad]) -> None:
    """The rows that articles refer to."""
    with engine.begin() as connection:
        load_publishers(connection, [Publisher(code="invented", name="Invented News")])
        connection.execute(
            text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome)"
                 " SELECT unnest(CAST(:ids AS uuid[])), 'file', 'x', :at, 'empty'"),
            {"ids": [load.capture_id for load in given], "at": NOON})


def load(engine: Engine, given: list[ArticleLoad]) -> dict[str, float]:
    """Seconds of each step."""
    spent = {"versions": 0.0, "signatures": 0.0, "clusters": 0.0}
    sign_versions([])
    for first in range(0, len(given), BATCH):
        started = time.perf_counter()
        with engine.begin() as connection:
            stale = load_articles(connection, given[first:first + BATCH], parser_version="1", now=NOON).stale_versions
        spent["versions"] += time.perf_counter() - started
        started = time.perf_counter()
        with engine.begin() as connection:
            versions = read_version_texts(connection, stale)
        signed = sign_versions(versions.values())
        spent["signatures"] += time.perf_counter() - started
        started = time.perf_counter()
        with engine.begin() as connection:
            load_clusters(connection, signed)
        spent["clusters"] += time.perf_counter() - started
    return spent


def cpu_of(engine: Engine) -> float:
    """CPU seconds so far, with those of the server process behind the one connection of the engine."""
    with engine.connect() as connection:
        return cpu_seconds(connection)


def copy_out(connection: Connection, table: str) -> tuple[str, bytes]:
    """The columns and rows of a table as COPY writes them."""
    columns = ", ".join(connection.execute(
        text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) AND attnum > 0 AND NOT attisdropped"
             " AND attgenerated = '' ORDER BY attnum"), {"name": table}).scalars())
    buffer = io.BytesIO()
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
        for block in copy:
            buffer.write(block)
    return columns, buffer.getvalue()


def copy_in(connection: Connection, table: str, columns: str, rows: bytes) -> None:
    """COPY them into the same table of another warehouse, with its constraints and indexes."""
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write(rows)


def empty(engine: Engine) -> None:
    """Take everything back that a round stored, and let the next find the tables as the first did."""
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(LOADED)}, raw.captures, ops.stale_days CASCADE"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))


def run(count: int = 5_000) -> dict[str, float]:
    """Print and return articles a second by Dateline and by COPY, and the share of the one in the other.

    By turns, so that other work on the machine disturbs both; the medians of some rounds.
    """
    given = loads(count)
    rounds = []
    with measured_warehouse(shared_buffers="512MB", max_wal_size="4GB") as engine:
        for number in range(ROUNDS):
            prepare(engine, given)
            before = cpu_of(engine)
            spent = load(engine, given)
            cpu = cpu_of(engine) - before
            with engine.connect() as connection:
                rows = {table: copy_out(connection, table) for table in LOADED}
                clustered = connection.scalar(text("SELECT count(*) FROM core.cluster_members"))
            empty(engine)
            prepare(engine, given)
            before, started = cpu_of(engine), time.perf_counter()
            with engine.begin() as connection:
                for table, (columns, content) in rows.items():
                    copy_in(connection, table, columns, content)
            copied, copied_cpu = time.perf_counter() - started, cpu_of(engine) - before
            empty(engine)
            total = sum(spent.values())
            rounds.append({"dateline": count / total, "copy": count / copied, "share": copied / total, "cpu share": copied_cpu / cpu})
            print(f"round {number + 1}: {count} articles of which {clustered} are in clusters, batches of {BATCH}")
            print(f"  dateline: {count / total:,.0f} articles a second, {count / cpu:,.0f} a CPU second ("
                  + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items()) + ")")
            print(f"  COPY of the same rows: {count / copied:,.0f} a second, {count / copied_cpu:,.0f} a CPU second;"
                  f" dateline reaches {copied / total:.0%} and {copied_cpu / cpu:.0%}", flush=True)
    figures = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    print(f"median of {ROUNDS} rounds: {figures['dateline']:,.0f} articles a second, {figures['share']:.0%} of COPY by the clock,"
          f" {figures['cpu share']:.0%} by CPU time")
    return figures


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
