"""Signatures: a few hashes by which an index finds the texts that may be near-duplicates or excerpts.

`bands` are hashes of four MinHash values each: two texts whose shingles have the Jaccard similarity s share one of
the sixteen bands with probability 1 - (1 - s**4)**16: 0.9998 at 0.8, 0.988 at 0.7, 0.64 at 0.5, 0.002 at 0.1.
`anchors` are a sixteenth of the runs of eight words, chosen by their hash alone, so that a text that contains another
has that one's anchors too, however much longer it is. (Runs of five words are too common in market reports: on
Reuters dispatches they name 218 texts at worst, runs of eight 22, and find as many excerpts.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from transforms.clusters.shingles import Hashes, Indexes, hash_windows, hash_words, mix

SIGNER_VERSION = "1"
BAND_COUNT = 16
BAND_ROWS = 4
ANCHOR_WORDS = 8
ANCHOR_SHARE = 16
ANCHORS_KEPT = 64
# Hashing this many characters at a time keeps the arrays in the cache of the processor.
_BATCH_CHARACTERS = 200_000
# So few are permuted in all ways at once; of more, one permutation at a time stays in the cache.
_FEW_HASHES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The signature of one text. Hashes are signed 64-bit numbers, as PostgreSQL's bigint.

    `bands` is empty for a text without words; `anchors` may be empty for a short one.
    """

    word_count: int
    bands: tuple[int, ...]
    anchors: tuple[int, ...]


def sign_texts(texts: Sequence[str]) -> list[Signature]:
    """The signatures of `texts`, in their order. The same text has the same signature on any machine."""
    signatures: list[Signature] = []
    first = 0
    while first < len(texts):
        last, characters = first, 0
        while last < len(texts) and (last == first or characters + len(texts[last]) <= _BATCH_CHARACTERS):
            characters += len(texts[last])
            last += 1
        signatures += _sign_batch(texts[first:last])
        first = last
    return signatures


def minimum_hashes(hashes: Hashes, bounds: Indexes, count: int = BAND_COUNT * BAND_ROWS) -> npt.NDArray[np.uint32]:
    """MinHash values, one row per text that has hashes: the least of each of `count` permutations.

    A permutation is x -> a * x + b modulo 2**32 with an odd a, over the upper half of the mixed hashes.
    """
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    factors, addends = _permutations(count)
    starts = bounds[:-1][np.diff(bounds) > 0]
    if len(short) <= _FEW_HASHES:
        return np.minimum.reduceat(short * factors[:, None] + addends[:, None], starts, axis=1).T
    least = np.empty((count, len(starts)), dtype=np.uint32)
    permuted = np.empty_like(short)
    for row in range(count):
        np.multiply(short, factors[row], out=permuted)
        np.add(permuted, addends[row], out=permuted)
        np.minimum.reduceat(permuted, starts, out=least[row])
    return least.T


def _sign_batch(texts: Sequence[str]) -> list[Signature]:
    hashed = hash_words(texts)
    if len(hashed.hashes) == 0:
        return [Signature(word_count=0, bands=(), anchors=()) for _ in texts]
    bands = _bands(minimum_hashes(*hash_windows(hashed))).tolist()
    runs, bounds = hash_windows(hashed, ANCHOR_WORDS)
    chosen = np.flatnonzero(runs % np.uint64(ANCHOR_SHARE) == 0)
    anchors = runs[chosen].view(np.int64)
    anchor_bounds = np.searchsorted(chosen, bounds).tolist()
    signatures = []
    row = 0
    for text, word_count in enumerate(hashed.counts.tolist()):
        if word_count == 0:
            signatures.append(Signature(word_count=0, bands=(), anchors=()))
            continue
        own = set(anchors[anchor_bounds[text]:anchor_bounds[text + 1]].tolist())
        signatures.append(Signature(word_count=word_count, bands=tuple(bands[row]),
                                    anchors=tuple(sorted(own)[:ANCHORS_KEPT])))
        row += 1
    return signatures


def _bands(least: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """One hash per band; the band's number is mixed in, so that one array of them can be searched at once."""
    values = least.astype(np.uint64).reshape(len(least), BAND_COUNT, BAND_ROWS)
    folded = np.broadcast_to(np.arange(1, BAND_COUNT + 1, dtype=np.uint64), values.shape[:2])
    for row in range(BAND_ROWS):
        folded = mix(folded + values[:, :, row])
    return folded.view(np.int64)


@lru_cache(maxsize=4)
def _permutations(count: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    drawn = mix(np.arange(1, 2 * count + 1, dtype=np.uint64)).astype(np.uint32)
    return drawn[:count] | np.uint32(1), drawn[count:]
