"""How long finding the candidates of a new text takes among ever more stored signatures.

`python -m tests.bench.bench_candidates [SIZE] [PICTURE.svg] [FOLDER]`: up to SIZE signatures (100,000), by steps of
about half a decade, drawn as curves. Each number of signatures has a database of its own, and the look-ups go through
all of them by turns, so that whatever else the machine does meanwhile disturbs all alike. In FOLDER the databases stay
for the next time (2.5 GB for a million); without it they are made for this time.
"""

import math
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, text

from tests.bench.curves import Curve, draw
from tests.bench.invented_texts import TextMaker
from tests.bench.servers import cpu_seconds, measured_warehouse, other_database
from transforms.clusters.signatures import SIGNER_VERSION, Signature, sign_texts
from transforms.clusters.texts import text_id_of
from warehouse.copying import copy_rows
from warehouse.core.signatures import find_candidates, find_excerpt_candidates
from warehouse.tables.clusters import signatures, version_texts

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
LOOKUPS = 200
ROUNDS = 6
TARGET_MILLISECONDS = 5.0
CHUNK = 5_000


def texts_of(chunk: int) -> list[str]:
    """The texts of one of the chunks in which signatures are stored."""
    return list(TextMaker(11 + chunk).texts(CHUNK))


def store(engine: Engine, signed: Mapping[UUID, Signature]) -> None:
    """Signatures, each as if an article had its text. The articles themselves are left out."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        copy_rows(connection, signatures, [
            {"text_id": key, "word_count": one.word_count, "bands": list(one.bands), "anchors": list(one.anchors),
             "signer_version": SIGNER_VERSION} for key, one in signed.items()])
        copy_rows(connection, version_texts, [
            {"article_version_id": key, "article_id": key, "text_id": key, "published_at": "2022-05-11T00:00:00Z",
             "is_compared": True, "signer_version": SIGNER_VERSION} for key in signed])


def fill(server: Engine, sizes: list[int]) -> dict[int, Engine]:
    """A database with so many signatures for each of `sizes`, ascending; what is there already stays."""
    assert server.url.database is not None
    databases: dict[int, Engine] = {}
    stored, before = 0, server.url.database
    server.dispose()
    with other_database(server, "postgres").connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for size in sizes:
            name = f"signatures_{size}"
            if not connection.scalar(text("SELECT true FROM pg_database WHERE datname = :name"), {"name": name}):
                started = time.perf_counter()
                connection.execute(text("DROP DATABASE IF EXISTS unfinished"))
                connection.execute(text(f"CREATE DATABASE unfinished TEMPLATE {before} STRATEGY file_copy"))
                unfinished = other_database(server, "unfinished")
                for chunk in range(stored // CHUNK, size // CHUNK):
                    texts = texts_of(chunk)
                    store(unfinished, {text_id_of(one): signed for one, signed in zip(texts, sign_texts(texts), strict=True)})
                with unfinished.connect().execution_options(isolation_level="AUTOCOMMIT") as filled:
                    filled.execute(text("VACUUM ANALYZE core.signatures, core.version_texts"))
                unfinished.dispose()
                connection.execute(text(f"ALTER DATABASE unfinished RENAME TO {name}"))
                rate = (size - stored) / (time.perf_counter() - started)
                print(f"  {size:9,} made and stored at {rate:,.0f} a second", flush=True)
            stored, before = size, name
    for size in sizes:
        databases[size] = other_database(server, f"signatures_{size}")
    return databases


def look_up(engine: Engine, maker: TextMaker, known: list[str]) -> tuple[list[float], list[float], float, int]:
    """Milliseconds of each look-up, of near-duplicates and of excerpts; CPU milliseconds of both; near copies found.

    New texts and near copies of known ones in turn, signed and stored before the first look-up, as the pipeline does,
    and taken back after the last.
    """
    texts = [maker.near_copy(known[number]) if number % 2 == 0 else fresh for number, fresh in enumerate(maker.texts(LOOKUPS))]
    keys = [text_id_of(one) for one in texts]
    near: list[float] = []
    excerpts: list[float] = []
    found = 0
    with engine.connect() as connection:
        copy_rows(connection, signatures, [
            {"text_id": key, "word_count": one.word_count, "bands": list(one.bands), "anchors": list(one.anchors),
             "signer_version": SIGNER_VERSION} for key, one in zip(keys, sign_texts(texts), strict=True)])
        cpu = cpu_seconds(connection)
        for number, key in enumerate(keys):
            started = time.perf_counter()
            pairs = find_candidates(connection, {key}).pairs
            between = time.perf_counter()
            find_excerpt_candidates(connection, {key})
            near.append((between - started) * 1000)
            excerpts.append((time.perf_counter() - between) * 1000)
            found += number % 2 == 0 and any(text_id_of(known[number]) in (pair.left_id, pair.right_id) for pair in pairs)
        cpu = cpu_seconds(connection) - cpu
        connection.rollback()
    return near, excerpts, cpu / LOOKUPS * 1000, found


def pages_read(engine: Engine) -> float:
    """Pages of the index that one look-up touches, on the average: what no other work on the machine disturbs."""
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.execute(
            text("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT s.text_id FROM (SELECT bands FROM core.signatures LIMIT :many) own"
                 " JOIN core.signatures s ON s.bands && own.bands"), {"many": LOOKUPS}).scalar_one()
    inner = plan[0]["Plan"]["Plans"][1]
    while "Index Name" not in inner:
        inner = inner["Plans"][0]
    return float((inner["Shared Hit Blocks"] + inner["Shared Read Blocks"]) / inner["Actual Loops"])


def run(largest: int = 100_000, picture: Path | None = None, folder: Path | None = None) -> dict[int, float]:
    """Print and return the median of the look-ups in milliseconds, by the number of stored signatures."""
    print(f"candidates of a new text: {LOOKUPS} look-ups, half of them of near copies, the best of {ROUNDS} rounds")
    known = texts_of(0)
    rounds: dict[int, list[tuple[list[float], list[float], float, int]]] = {}
    with measured_warehouse(folder, shared_buffers="1GB", max_wal_size="8GB", synchronous_commit="off") as server:
        databases = fill(server, [size for size in SIZES if size <= largest])
        for number in range(ROUNDS):
            for size, engine in databases.items():
                rounds.setdefault(size, []).append(look_up(engine, TextMaker(size + number), known))
        pages = {size: pages_read(engine) for size, engine in databases.items()}
        for engine in databases.values():
            engine.dispose()
    medians = {}
    for size, seen in rounds.items():
        spent, excerpts, _, found = min(seen, key=lambda one: statistics.median(one[0]))
        medians[size], slowest = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        print(f"  {size:9,} stored: median {medians[size]:5.2f} ms, 95th percentile {slowest:5.2f} ms, "
              f"{pages[size]:.1f} pages of the index, {found} of {LOOKUPS // 2} near copies found; "
              f"excerpts {statistics.median(excerpts):5.2f} ms; CPU of both {min(cpu for _, _, cpu, _ in seen):5.2f} ms")
    first, last = min(medians), max(medians)
    print(f"from {first:,} to {last:,} the median grows {medians[last] / medians[first]:.2f} times,"
          f" the logarithm {math.log(last) / math.log(first):.2f} times")
    if picture is not None:
        picture.write_text(curves(medians), "utf-8")
    return medians


def curves(medians: Mapping[int, float]) -> str:
    """The medians as a picture, with the aim, and the first median grown as the logarithm."""
    first = min(medians)
    return draw(
        [Curve(name="median", points=medians),
         Curve(name="growth as the logarithm", points={size: medians[first] * math.log(size) / math.log(first) for size in medians}),
         Curve(name="aim for the median", points=dict.fromkeys(medians, TARGET_MILLISECONDS))],
        across="stored signatures", up="milliseconds to find the candidates of a new text")


if __name__ == "__main__":
    run(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 100_000, *map(Path, sys.argv[2:4]))
