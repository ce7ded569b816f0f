"""Near-duplicates beside datasketch's LSH: `python -m tests.bench.near_duplicates ARTICLES.jsonl PAIRS.tsv`.

ARTICLES has one schema.org NewsArticle a line, with `identifier`, `headline`, `articleBody` and `datePublished`. PAIRS
has a header and lines of two identifiers and the Jaccard similarity of their five-word shingles, all pairs above 0.2.
Recall is the share of the pairs of 0.8 and more that share a cluster, precision the share of the pairs within
clusters that are 0.5 or more. No window: dispatches weeks apart count.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path
from uuid import UUID

from datasketch import MinHash, MinHashLSH

from tests.bench.bench_signatures import shingles
from transforms.clusters.clusters import Candidate, cluster_articles
from transforms.clusters.pairs import OFF, Windows, compare, compared_text
from transforms.clusters.signatures import sign_texts
from transforms.identity import derived_id

Pair = frozenset[str]


def figures(groups: Iterable[Iterable[str]], similar: Mapping[Pair, float]) -> str:
    """Recall and precision of clusters, as a line."""
    together = {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}
    strong = {pair for pair, similarity in similar.items() if similarity >= 0.8}
    right = sum(similar.get(pair, 0.0) >= 0.5 for pair in together)
    return (f"recall {len(strong & together) / len(strong):.4f} of {len(strong)}"
            f"  precision {right / max(1, len(together)):.4f} of {len(together)}")


def by_dateline(articles: Mapping[str, dict[str, str]], windows: Windows) -> list[list[str]]:
    """The clusters by the functions that the warehouse uses, in memory."""
    texts = {name: text for name, article in articles.items()
             if (text := compared_text(article["headline"], article["articleBody"])) is not None}
    holders = defaultdict(list)
    for name, signature in zip(texts, sign_texts(list(texts.values())), strict=True):
        for band in signature.bands:
            holders[band].append(name)
    couples = {pair for names in holders.values() for pair in combinations(sorted(names), 2)}
    ids = {name: derived_id("article", name) for name in texts}
    pairs = {}
    for left, right in couples:
        low, high = sorted((left, right), key=ids.__getitem__)
        pairs[ids[low], ids[high]] = compare(texts[low], texts[high])
    candidates = [Candidate(
        article_id=ids[name], article_version_id=ids[name], text_id=ids[name], publisher_id=UUID(int=0),
        published_at=datetime.fromisoformat(articles[name]["datePublished"]), headline=articles[name]["headline"]) for name in texts]
    names = {key: name for name, key in ids.items()}
    return [[names[member.candidate.article_id] for member in cluster.members]
            for cluster in cluster_articles(candidates, pairs, (), windows)]


def by_datasketch(signatures: Mapping[str, MinHash], threshold: float, verified: float | None) -> list[list[str]]:
    """Connected pairs of MinHashLSH; `verified` is the least estimated similarity that a pair needs besides."""
    index = MinHashLSH(threshold=threshold, num_perm=len(next(iter(signatures.values()))))
    parent = {name: name for name in signatures}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for name, signature in signatures.items():
        for other in index.query(signature):
            if verified is None or signature.jaccard(signatures[other]) >= verified:
                parent[root(name)] = root(other)
        index.insert(name, signature)
    groups = defaultdict(list)
    for name in signatures:
        groups[root(name)].append(name)
    return [group for group in groups.values() if len(group) > 1]


def main(articles_file: Path, pairs_file: Path) -> None:
    """Print the figures of both."""
    with articles_file.open(encoding="utf-8") as lines:
        articles = {article["identifier"]: article for article in map(json.loads, lines)}
    similar = {}
    for line in pairs_file.read_text("utf-8").splitlines()[1:]:
        left, right, similarity = line.split("\t")
        similar[frozenset((left, right))] = float(similarity)
    for name, windows in (("windows off", OFF), ("default windows", Windows())):
        started = time.process_time()
        groups = by_dateline(articles, windows)
        print(f"dateline, {name:31} {figures(groups, similar)}  largest {max(map(len, groups))}  {time.process_time() - started:.1f} s")
    for permutations in (128, 256):
        started = time.process_time()
        hashed = MinHash.bulk([shingles(article["articleBody"]) for article in articles.values()], num_perm=permutations)
        signatures = dict(zip(articles, hashed, strict=True))
        signing = time.process_time() - started
        for threshold in (0.5, 0.6, 0.7, 0.8):
            for verified in (None, 0.7):
                started = time.process_time()
                groups = by_datasketch(signatures, threshold, verified)
                spent = signing + time.process_time() - started
                setting = f"{permutations} permutations, threshold {threshold}" + (", estimate ≥ 0.7" if verified else "")
                print(f"datasketch, {setting:47} {figures(groups, similar)}  largest {max(map(len, groups))}  {spent:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
