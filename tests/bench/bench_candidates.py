"""How long finding the candidates of a new text takes among ever more stored signatures.

`python -m tests.bench.bench_candidates [SIZE] [PICTURE.svg]`: up to SIZE signatures (100,000), drawn as a curve.
"""

import math
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, text

from tests.bench.invented_texts import TextMaker
from tests.bench.servers import cpu_seconds, measured_warehouse
from transforms.clusters.signatures import SIGNER_VERSION, Signature, sign_texts
from transforms.clusters.texts import text_id_of
from warehouse.copying import copy_rows
from warehouse.signatures import find_candidates
from warehouse.tables.clusters import signatures, version_texts

LOOKUPS = 200
ROUNDS = 5
TARGET_MILLISECONDS = 5.0
CHUNK = 5_000


def sizes_up_to(largest: int) -> list[int]:
    """10,000 and on by half decades."""
    return [size for exponent in range(8, 16) if (size := round(10 ** (exponent / 2))) <= largest]


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


def chunks(maker: TextMaker, count: int) -> Iterator[list[str]]:
    """`count` new texts in lists of at most CHUNK."""
    while count > 0:
        yield list(maker.texts(min(count, CHUNK)))
        count -= CHUNK


def look_up(engine: Engine, maker: TextMaker, known: list[str]) -> tuple[list[float], float, int]:
    """Milliseconds of each look-up, CPU milliseconds of one on the average, and the near copies found.

    New texts and near copies of known ones in turn, signed and stored before the first look-up and taken back after
    the last.
    """
    texts = [maker.near_copy(known[number]) if number % 2 == 0 else fresh for number, fresh in enumerate(maker.texts(LOOKUPS))]
    keys = [text_id_of(one) for one in texts]
    spent, found = [], 0
    with engine.connect() as connection:
        copy_rows(connection, signatures, [
            {"text_id": key, "word_count": one.word_count, "bands": list(one.bands), "anchors": list(one.anchors),
             "signer_version": SIGNER_VERSION} for key, one in zip(keys, sign_texts(texts), strict=True)])
        cpu = cpu_seconds(connection)
        for number, key in enumerate(keys):
            started = time.perf_counter()
            pairs = find_candidates(connection, {key}).pairs
            spent.append((time.perf_counter() - started) * 1000)
            found += number % 2 == 0 and any(text_id_of(known[number]) in (pair.left_id, pair.right_id) for pair in pairs)
        cpu = cpu_seconds(connection) - cpu
        connection.rollback()
    return spent, cpu / LOOKUPS * 1000, found


def pages_read(engine: Engine, stored: int) -> float:
    """Pages of the index that one look-up touches, on the average: what no other work on the machine disturbs."""
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.execute(
            text("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT s.text_id FROM (SELECT bands FROM core.signatures LIMIT :many) own"
                 " JOIN core.signatures s ON s.bands && own.bands"), {"many": min(LOOKUPS, stored)}).scalar_one()
    inner = plan[0]["Plan"]["Plans"][1]
    while "Index Name" not in inner:
        inner = inner["Plans"][0]
    return (inner["Shared Hit Blocks"] + inner["Shared Read Blocks"]) / inner["Actual Loops"]


def run(largest: int = 100_000, picture: Path | None = None) -> dict[int, float]:
    """Print and return the median of the look-ups in milliseconds, by the number of stored signatures."""
    medians: dict[int, float] = {}
    print(f"candidates of a new text: {LOOKUPS} look-ups, half of them of near copies, the best of {ROUNDS} rounds")
    with measured_warehouse(shared_buffers="1GB", max_wal_size="8GB", synchronous_commit="off") as engine:
        maker, stored, known = TextMaker(11), 0, []
        for size in sizes_up_to(largest):
            started = time.perf_counter()
            for texts in chunks(maker, size - stored):
                known = known or texts
                store(engine, {text_id_of(one): signature for one, signature in zip(texts, sign_texts(texts), strict=True)})
            loaded = (size - stored) / (time.perf_counter() - started)
            stored = size
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE core.signatures, core.version_texts"))
            rounds = [look_up(engine, TextMaker(size + number), known) for number in range(ROUNDS)]
            spent, _, found = min(rounds, key=lambda one: statistics.median(one[0]))
            medians[size] = statistics.median(spent)
            print(f"  {size:9,} stored: median {medians[size]:6.2f} ms, 95th percentile {sorted(spent)[LOOKUPS * 95 // 100]:6.2f} ms, "
                  f"CPU {min(cpu for _, cpu, _ in rounds):5.2f} ms, {pages_read(engine, size):.1f} pages of the index, "
                  f"{found} of {LOOKUPS // 2} near copies found; made and stored at {loaded:,.0f} a second", flush=True)
    if picture is not None:
        picture.write_text(curve(medians), "utf-8")
    return medians


def curve(medians: Mapping[int, float]) -> str:
    """The medians over the number of signatures (logarithmic) as an SVG picture, with the aim and a logarithm."""
    width, height, left, bottom = 640, 360, 60, 50
    low, high = math.log10(min(medians)), max(math.log10(max(medians)), math.log10(min(medians)) + 1)
    top = max(TARGET_MILLISECONDS * 1.2, *medians.values())

    def place(size: float, value: float) -> tuple[float, float]:
        across = left + (math.log10(size) - low) / (high - low) * (width - left - 20)
        return across, height - bottom - value / top * (height - bottom - 20)

    first = min(medians)
    logarithm = [place(size, medians[first] * math.log(size) / math.log(first)) for size in sorted(medians)]
    points = [place(size, value) for size, value in sorted(medians.items())]

    def line(through: list[tuple[float, float]], style: str) -> str:
        return f'<polyline fill="none" {style} points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in through)}"/>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        line([place(10 ** low, TARGET_MILLISECONDS), place(10 ** high, TARGET_MILLISECONDS)], 'stroke="#b00" stroke-dasharray="6 4"'),
        line(logarithm, 'stroke="#888" stroke-dasharray="2 3"'),
        line(points, 'stroke="#036" stroke-width="2"'),
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#036"/>' for x, y in points),
        *(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:.2f}</text>'
          for (x, y), (_, value) in zip(points, sorted(medians.items()), strict=True)),
        *(f'<text x="{place(10 ** power, 0)[0]:.1f}" y="{height - bottom + 18}" text-anchor="middle">{10 ** power:,}</text>'
          for power in range(math.ceil(low), math.floor(high) + 1)),
        f'<text x="{width / 2}" y="{height - 10}" text-anchor="middle">stored signatures</text>',
        '<text x="10" y="15">milliseconds to find the candidates of a text, median; red: aim, grey: growth as the logarithm</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    run(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 100_000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
