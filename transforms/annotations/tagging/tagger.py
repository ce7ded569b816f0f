"""A linear-chain tagger: weights of features, weights of neighbouring labels, the best path through both."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from transforms.annotations.folding import fold
from transforms.annotations.mentions.runs import NEVER
from transforms.annotations.reference import TaggedSpan
from transforms.annotations.tagging.features import Knowledge, features
from transforms.annotations.tokens import Tokens

_BLOCK = 4000  # tokens whose features are held at once


BOLDNESS = 0.2
"""Taken from the score of "no name" where a capital stands inside a sentence: news prints few others."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows` numbers the features; `scores` has a row a feature and a column a label; `transitions` are label to label.

    `labels` are O, B-PER, I-PER and so on, O first.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    scores: Any
    transitions: Any


def _without_brackets(tokens: Tokens) -> tuple[Tokens, list[int]]:
    """The same words less square brackets, and the number that each had: "he told [Fedorov]" is to read as "he told Fedorov"."""
    kept = [number for number, word in enumerate(tokens.words) if word not in "[]"]
    starts, ends, words = [tokens.starts[number] for number in kept], [tokens.ends[number] for number in kept], [tokens.words[number] for number in kept]
    bounds = [(bisect_left(kept, first), bisect_left(kept, last)) for first, last in tokens.sentences]
    sentences = [(first, last) for first, last in bounds if first < last]
    sentence_of = [sentence for sentence, (first, last) in enumerate(sentences) for _ in range(first, last)]
    return Tokens(tokens.text, starts, ends, words, sentences, sentence_of), kept


class SequenceTagger:
    """Names by the weights of `Weights`; the same text always gives the same names."""

    def __init__(self, weights: Weights, knowledge: Knowledge, name: str, boldness: float = BOLDNESS, block: int = _BLOCK) -> None:
        self._weights = weights
        self._knowledge = knowledge
        self._name = name
        self._boldness = boldness
        self._block = block

    @property
    def name(self) -> str:
        """The weights' name and version."""
        return self._name

    def tag(self, tokens: Tokens) -> list[TaggedSpan]:
        """Names of all sentences, in order. An editor's square brackets are read past: they may stand in a span, never at its edge."""
        if "[" in tokens.words:
            plain, numbers = _without_brackets(tokens)
            return [replace(span, first=numbers[span.first], last=numbers[span.last - 1] + 1) for span in self._tag(plain)]
        return self._tag(tokens)

    def _tag(self, tokens: Tokens) -> list[TaggedSpan]:
        if not len(tokens):
            return []
        spans: list[TaggedSpan] = []
        pieces: list[tuple[int, int]] = []
        block: list[list[str]] = []
        mid_capitals = _mid_capitals(tokens)
        stop = 0
        for rows in features(tokens, self._knowledge):
            start, stop = stop, stop + len(rows)
            pieces.append((start, stop))
            block += rows
            if len(block) >= self._block or stop == len(tokens):
                spans.extend(self._tag_block(pieces, block, mid_capitals))
                pieces, block = [], []
        return spans

    def _tag_block(self, pieces: list[tuple[int, int]], rows_of: list[list[str]], mid_capitals: list[bool]) -> list[TaggedSpan]:
        """Names of some sentences, or of pieces of one, that stand one behind another."""
        first, last = pieces[0][0], pieces[-1][1]
        emissions = self._emissions(rows_of)
        emissions[:, 0] -= self._boldness * np.array(mid_capitals[first:last], dtype=np.float32)
        paths = self._best_paths(emissions, [(start - first, stop - first) for start, stop in pieces])
        shares = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        certainty = shares[np.arange(len(paths)), paths] / shares.sum(axis=1)
        spans: list[TaggedSpan] = []
        for start, stop in pieces:
            begin, end = start - first, stop - first
            spans.extend(self._spans(paths[begin:end].tolist(), certainty[begin:end], start))
        return spans

    def _emissions(self, rows_of: list[list[str]]) -> Any:
        """Label scores of every token: the sum of its known features' weights."""
        rows = self._weights.rows
        get = rows.get
        indices: list[int] = []
        bounds = np.zeros(len(rows_of), dtype=np.intp)
        for number, names in enumerate(rows_of):
            bounds[number] = len(indices)
            # Row 0 is all zeros: every token has at least one row, as reduceat asks.
            indices.append(0)
            indices.extend([row for row in map(get, names) if row is not None])
        return np.add.reduceat(self._weights.scores[np.array(indices, dtype=np.intp)], bounds, axis=0)

    def _best_paths(self, emissions: Any, pieces: list[tuple[int, int]]) -> Any:
        """The label numbers of every token: Viterbi over all pieces at once, a word of each at a time."""
        ordered = sorted(pieces, key=lambda piece: piece[0] - piece[1])  # longest first: those that go on stand in front
        starts = np.array([start for start, _ in ordered], dtype=np.intp)
        lengths = [stop - start for start, stop in ordered]
        going_on = [sum(length > step for length in lengths) for step in range(lengths[0])]
        transitions = self._weights.transitions
        score = emissions[starts]
        back = np.zeros(emissions.shape, dtype=np.int8)
        for step in range(1, lengths[0]):
            count = going_on[step]
            here = starts[:count] + step
            table = score[:count, :, None] + transitions
            back[here] = table.argmax(axis=1)
            score[:count] = table.max(axis=1) + emissions[here]
        path = np.zeros(len(emissions), dtype=np.intp)
        path[starts + lengths - 1] = score.argmax(axis=1)
        for step in range(lengths[0] - 1, 0, -1):
            here = starts[: going_on[step]] + step
            path[here - 1] = back[here, path[here]]
        return path

    def _spans(self, path: list[int], certainty: Any, offset: int) -> list[TaggedSpan]:
        labels = self._weights.labels
        spans: list[TaggedSpan] = []
        position = 0
        while position < len(path):
            label = labels[path[position]]
            if label == "O":
                position += 1
                continue
            kind = label[2:]
            end = position + 1
            while end < len(path) and labels[path[end]] == "I-" + kind:
                end += 1
            share = float(certainty[position:end].mean())
            spans.append(TaggedSpan(first=offset + position, last=offset + end, label=kind, confidence=round(0.5 + share / 2, 3)))
            position = end
        return spans


def _mid_capitals(tokens: Tokens) -> list[bool]:
    """Whether each token is a capitalised word that does not open a sentence of mixed case."""
    found = [word[0].isupper() and len(word) > 1 and fold(word) not in NEVER for word in tokens.words]
    for start, stop in tokens.sentences:
        small = sum(word.islower() for word in tokens.words[start:stop])
        capitals = sum(found[start:stop])
        if small < capitals:
            found[start:stop] = [False] * (stop - start)
            continue
        position = start
        while position < stop and not tokens.words[position][0].isalnum():
            position += 1
        if position < stop:
            found[position] = False
    return found


def read_weights(archive: Any) -> Weights:
    """Weights from an opened NumPy archive: labels, features (UTF-8 lines), weights (int8), scale, transitions."""
    names = archive["features"].tobytes().decode("utf-8").split("\n")
    matrix = archive["weights"].astype(np.float32) * np.float32(archive["scale"])
    scores = np.concatenate([np.zeros((1, matrix.shape[1]), dtype=np.float32), matrix])
    return Weights(
        labels=tuple(str(label) for label in archive["labels"]),
        rows={name: number for number, name in enumerate(names, 1)},
        scores=scores,
        transitions=archive["transitions"].astype(np.float32),
    )
