"""Invented texts of the length and word frequencies of dispatches, for measuring. The same on every machine."""

from collections.abc import Iterator

import numpy as np

SYLLABLES = [first + last for first in "b c d f g h k l m n p r s t v z st tr pl".split() for last in "a e i o u an er".split()]  # noqa: SIM905


class TextMaker:
    """Makes texts of 30 to 400 words, half of them shorter than 120, from 40,000 words of Zipfian frequency."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        words = {"".join(parts) for parts in np.random.default_rng(1).choice(SYLLABLES, size=(60_000, 3)).tolist()}
        self._words = np.array(sorted(words)[:40_000], dtype=object)
        weights = 1 / (np.arange(len(self._words)) + 20)
        self._bounds = np.cumsum(weights / weights.sum())

    def texts(self, count: int) -> Iterator[str]:
        """`count` texts."""
        lengths = np.clip(self._random.lognormal(4.8, 0.6, size=count).astype(int), 30, 400)
        drawn = self._words[np.searchsorted(self._bounds, self._random.random(int(lengths.sum())))]
        start = 0
        for length in lengths.tolist():
            yield " ".join(drawn[start:start + length])
            start += length

    def near_copy(self, text: str) -> str:
        """`text` with two of its words in a hundred replaced."""
        words = text.split()
        for place in self._random.choice(len(words), size=max(1, len(words) // 50), replace=False):
            words[place] = "changed"
        return " ".join(words)
