"""Train the name tagger: features of the corpora's words, an L2-regularised CRF, weights of one byte each."""

import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from flows.reference.annotation import load_annotation_reference
from flows.training.corpora import (
    Document,
    read_crossner,
    read_gum,
    read_pud,
    read_twitter,
    read_uner,
    read_wikigold,
)
from transforms.annotations.tagging.features import Knowledge, features
from transforms.annotations.tokens import tokenise

CAPITALS_RATIO = 0.06
"""Share of documents that are put in capitals, so that headlines in capitals are known."""
SMALLEST = 0.02
"""Weights below it are left out."""
ALGORITHM = "l2sgd"
SETTINGS = {"c2": 1.0, "max_iterations": 18, "feature.minfreq": 2, "feature.possible_transitions": True}


def train(folder: Path, output: Path) -> int:
    """Train on the corpora under `folder` (seeds/models/README.md names them) and write `output`; the number of features kept."""
    rules = load_annotation_reference(use_model=False)
    knowledge = Knowledge(rules.places, rules.bodies, rules.people, rules.titles, rules.given_names, rules.languages.every.strong)
    chance = random.Random(7)
    trainer = pycrfsuite.Trainer(verbose=False)
    wikigold = list(read_wikigold(folder / "datasets"))
    for documents, capitals in (
        (wikigold, CAPITALS_RATIO),
        (wikigold, 0.0),
        (read_uner(folder / "uner"), CAPITALS_RATIO),
        (read_gum(folder / "gum"), CAPITALS_RATIO),
        (read_twitter(folder / "datasets"), 0.0),
        (read_crossner(folder / "crossner"), CAPITALS_RATIO / 2),
        (read_pud(folder / "pud"), CAPITALS_RATIO),
    ):
        for rows, tags in examples(documents, knowledge, capitals, chance):
            trainer.append(rows, tags)
    trainer.select(ALGORITHM)
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as scratch:
        model = Path(scratch) / "model.crfsuite"
        trainer.train(str(model))
        return write_weights(model, output)


def examples(documents: Iterable[Document], knowledge: Knowledge, capitals: float, chance: random.Random) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and tags of every sentence, split into words as Dateline splits them."""
    for document in documents:
        text, spans = _as_text(document)
        if chance.random() < capitals and len(text.upper()) == len(text):
            text = text.upper()
        tokens = tokenise(text)
        tags = ["O"] * len(tokens)
        for start, end, kind in spans:
            token = tokens.at(start)
            prefix = "B-"
            while token < len(tokens) and tokens.starts[token] < end and not (tokens.words[token] in ("'s", "’s") and tokens.ends[token] == end):
                tags[token] = prefix + kind
                prefix = "I-"
                token += 1
        rows = [row for piece in features(tokens, knowledge) for row in piece]
        for first, last in tokens.sentences:
            yield rows[first:last], tags[first:last]


def _as_text(document: Document) -> tuple[str, list[tuple[int, int, str]]]:
    """A document as running text, one sentence a line, and its names as (start, end, kind)."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for sentence in document:
        previous = "O"
        for word, tag in sentence:
            word = word.replace(" ", "_")
            if tag != "O":
                if tag[0] == "I" and previous[2:] == tag[2:]:
                    start, _, kind = spans.pop()
                    spans.append((start, len(text) + len(word), kind))
                else:
                    spans.append((len(text), len(text) + len(word), tag[2:]))
            previous = tag
            text += word + " "
        text = text.rstrip(" ") + "\n"
    return text, spans


def write_weights(model: Path, output: Path) -> int:
    """Write a trained model as the NumPy archive that `read_weights` reads; the number of features kept."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info: Any = tagger.info()
    labels = ["O", *sorted(label for label in info.labels if label != "O")]
    number = {label: position for position, label in enumerate(labels)}
    transitions = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (left, right), weight in info.transitions.items():
        transitions[number[left], number[right]] = weight
    kept: dict[str, dict[int, float]] = {}
    for (name, label), weight in info.state_features.items():
        if abs(weight) >= SMALLEST:
            kept.setdefault(name, {})[number[label]] = weight
    names = sorted(kept)
    matrix = np.zeros((len(names), len(labels)), dtype=np.float32)
    for row, name in enumerate(names):
        for column, weight in kept[name].items():
            matrix[row, column] = weight
    scale = np.float32(np.abs(matrix).max() / 127)
    np.savez_compressed(
        output,
        labels=np.array(labels),
        transitions=transitions,
        features=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        weights=np.round(matrix / scale).astype(np.int8),
        scale=scale,
    )
    return len(names)
