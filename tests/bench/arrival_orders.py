"""Whether the clusters are the same in any order of arrival.

`python -m tests.bench.arrival_orders ARTICLES.jsonl [COUNT [BATCH…]]`.
ARTICLES has one schema.org NewsArticle a line, as for tests.bench.near_duplicates. Ten random orders of the first
COUNT of them, each by one and by four loaders at once, in batches of 1,000, 100 and 1 (or of BATCH alone); no window.
Every run is compared with one order loaded at once. Exits with 1 where any leads to other clusters.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from sqlalchemy import Engine, text

from tests.bench.servers import measured_warehouse
from transforms.articles.article import Article
from transforms.clusters.pairs import OFF
from transforms.clusters.texts import sign_versions
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.clusters import load_clusters
from warehouse.core.publishers import load_publishers
from warehouse.core.signatures import read_version_texts

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ORDERS = range(10)
LOADERS = (1, 4)
BATCHES = (1000, 100, 1)
TABLES = "core.cluster_members, core.clusters, core.excerpts, core.similar_texts, core.version_texts, core.signatures, core.articles"


def read(file: Path, count: int) -> list[ArticleLoad]:
    """The articles as loads of one publisher."""
    loads = []
    for line in file.read_text("utf-8").splitlines()[:count]:
        given = json.loads(line)
        loads.append(ArticleLoad(
            capture_id=derived_id("capture", given["identifier"]), captured_at=NOW, publisher_code="invented",
            article=Article(document_id=given["identifier"], format="jsonld", headline=given["headline"],
                            body=given["articleBody"], external_id=given["identifier"], language="en",
                            published_at=datetime.fromisoformat(given["datePublished"]))))
    return loads


def load(engine: Engine, loads: list[ArticleLoad], batch_size: int) -> None:
    """One loader's share, stage by stage, each batch in transactions of its own."""
    for first in range(0, len(loads), batch_size):
        with engine.begin() as connection:
            stale = load_articles(connection, loads[first:first + batch_size], parser_version="1", now=NOW).stale_versions
            versions = read_version_texts(connection, stale)
        signed = sign_versions(versions.values())
        with engine.begin() as connection:
            load_clusters(connection, signed, OFF)


def clusters(engine: Engine) -> frozenset[tuple[str, str, bool]]:
    """Every membership with the cluster's id: not only the same sets, but the same rows."""
    with engine.connect() as connection:
        return frozenset(tuple(row) for row in connection.execute(text(
            "SELECT identity_key, cluster_id::text, is_canonical FROM core.cluster_members JOIN core.articles USING (article_id)")))


def main(file: Path, count: int, batches: Sequence[int] = BATCHES) -> bool:
    """Print each run and whether its clusters are those of all articles loaded at once; whether all are."""
    loads = read(file, count)
    runs = [(count, 0, 1), *product(batches, ORDERS, LOADERS)]
    expected: frozenset[tuple[str, str, bool]] | None = None
    same = 0
    with measured_warehouse(shared_buffers="512MB", synchronous_commit="off") as engine:
        with engine.begin() as connection:
            load_publishers(connection, [Publisher(code="invented", name="Invented")])
            connection.execute(
                text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome)"
                     " SELECT unnest(CAST(:ids AS uuid[])), 'file', 'x', :at, 'empty'"),
                {"ids": [one.capture_id for one in loads], "at": NOW})
        for batch_size, number, loaders in runs:
            order = list(loads)
            random.Random(number).shuffle(order)
            started = time.perf_counter()
            threads = [threading.Thread(target=load, args=(engine, order[place::loaders], batch_size)) for place in range(loaders)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = time.perf_counter() - started
            found = clusters(engine)
            expected = expected or found
            same += found == expected
            print(f"order {number}, {loaders} loaders, batches of {batch_size:4}: {len({row[1] for row in found})} clusters of "
                  f"{len(found)} articles, {'the same' if found == expected else 'OTHERS'}; {len(loads) / spent:,.0f} articles a second",
                  flush=True)
            with engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {TABLES} CASCADE"))
    print(f"{same} of {len(runs)} runs lead to the same clusters")
    return same == len(runs)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[2:]]
    sys.exit(0 if main(Path(sys.argv[1]), given[0] if given else 1_000_000, given[1:] or BATCHES) else 1)
