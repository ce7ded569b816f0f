"""Signatures a second, shingling included, beside datasketch: `python -m tests.bench.bench_signatures`."""

import re
import time
from collections.abc import Callable, Sequence

from datasketch import MinHash

from tests.bench.invented_texts import TextMaker
from transforms.clusters.signatures import BAND_COUNT, BAND_ROWS, sign_texts

TEXTS = 1_000
ROUNDS = 5
WORD = re.compile(r"\w+")


def shingles(text: str) -> list[bytes]:
    """Five-word shingles as datasketch's own examples make them."""
    words = WORD.findall(text.casefold())
    return [" ".join(words[place:place + 5]).encode() for place in range(max(1, len(words) - 4))]


def with_update(texts: Sequence[str], permutations: int) -> None:
    """One `update` a shingle."""
    for text in texts:
        signature = MinHash(num_perm=permutations)
        for shingle in shingles(text):
            signature.update(shingle)


def with_bulk(texts: Sequence[str], permutations: int) -> None:
    """All texts with one call."""
    MinHash.bulk([shingles(text) for text in texts], num_perm=permutations)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU seconds of the fastest of some rounds."""
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def run() -> dict[str, float]:
    """Print and return microseconds a text, and how many times faster than datasketch that is."""
    texts = list(TextMaker(7).texts(TEXTS))
    own = BAND_COUNT * BAND_ROWS
    sign_texts(texts[:10])
    figures = {"dateline": seconds(lambda: sign_texts(texts))}
    figures["dateline, one by one"] = seconds(lambda: [sign_texts([text]) for text in texts], 2)
    for permutations in (own, 128):
        figures[f"datasketch bulk, {permutations} permutations"] = seconds(lambda: with_bulk(texts, permutations), 3)  # noqa: B023
        figures[f"datasketch update, {permutations} permutations"] = seconds(lambda: with_update(texts, permutations), 1)  # noqa: B023
    print(f"signatures of {TEXTS} texts of {sum(len(text.split()) for text in texts) // TEXTS} words, shingling included")
    for name, spent in figures.items():
        print(f"  {name:40} {spent / TEXTS * 1e6:9.1f} µs a text   {spent / figures['dateline']:6.1f} ×")
    return {name: spent / TEXTS * 1e6 for name, spent in figures.items()}


if __name__ == "__main__":
    run()
