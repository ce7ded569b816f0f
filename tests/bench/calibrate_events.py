"""Learn how sure the event coder may be, and draw how true that is.

    python tests/bench/calibrate_events.py --reuters dispatches.jsonl.gz --pages truth.json --stories stories.jsonl.gz \\
        --sentences plv.jsonl.gz [--weights seeds/reference/event_weights.csv] [--diagram tests/bench/event_reliability.svg]

It joins the verdicts of event_verdicts.csv, which hold no text, with the texts that they are about: `--reuters` lines of
{"id", "body"}, as `--stories`, `--pages` a list of {"id", "body"}; `--sentences` are lines of {"id", "sentence", "event_type"}, each about
one event. The model is a logistic regression over the features of `transforms.annotations.events.features`, with an L2
penalty; texts and single sentences share weights, from which those of texts may differ. What is printed and drawn comes from
five folds by text, each judged by weights that never saw it. Only the weights are written.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate
from transforms.annotations.events import coder

VERDICTS = Path(__file__).with_name("event_verdicts.csv")
FOLDS, ROUNDS, LEAST_SEEN = 5, 25, 3
# Words and places are many and rare: they must show more to count.
PENALTY, RARE_PENALTY = 6.0, 12.0
# From this round on all verdicts were given by one measure; those count twice.
STEADY_ROUND, STEADY_WEIGHT = 4, 2.0
# What a weight must be to be written.
LEAST_WEIGHT = 0.005
# When the dispatches of the Reuters set were written, so that "last year" is no history.
REUTERS_DAY = datetime(1987, 3, 15, tzinfo=UTC)
# Older names of the same types in public sets.
SAME_AS = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "DEMAND": ("REQUEST",),
    "DISAPPROVE": ("ACCUSE",),
    "FIGHT": ("ASSAULT",),
}
Array = NDArray[np.float64]
# Where a trigger begins and its coded type, with 1.0 where that is right and what the verdict weighs.
Verdicts = dict[tuple[int, str], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with verdicts on single events, or with the types that it is known to be about."""

    text: Text
    verdicts: Verdicts
    gold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The judged events: a row of `features` each, 1.0 in `right` where the type was right, its weight, the fold of its text.

    The features whose names begin with `text ` repeat others in texts, so that these may weigh differently there.
    """

    names: list[str]
    features: Array
    right: Array
    weights: Array
    folds: NDArray[np.int64]
    is_text: NDArray[np.bool_]


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def join_lines(body: str) -> str:
    """The paragraphs of a dispatch with their lines joined, as the parser joins them."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s{2,}|\n\n+", body))
    return "\n\n".join(filter(None, paragraphs))


def read_judged(reuters: Path, pages: Path, stories: Path, sentences: Path) -> Iterator[Judged]:
    verdicts: dict[tuple[str, str], Verdicts] = {}
    with VERDICTS.open(encoding="utf-8") as table:
        for row in csv.DictReader(line for line in table if not line.startswith("#")):
            if row["type_right"]:
                weight = STEADY_WEIGHT if int(row["round"]) >= STEADY_ROUND else 1.0
                of_text = verdicts.setdefault((row["set"], row["id"]), {})
                of_text[int(row["start"]), row["event_type"]] = float(row["type_right"]), weight
    bodies = [("reuters", str(line["id"]), join_lines(line["body"] or "")) for line in read_lines(reuters)]
    bodies += [
        ("page", line["id"], line["body"] or "") for line in json.loads(pages.read_text(encoding="utf-8"))
    ]
    bodies += [("story", line["id"], line["body"] or "") for line in read_lines(stories)]
    for name, number, body in bodies:
        if (name, number) in verdicts:
            published = REUTERS_DAY if name == "reuters" else None
            text = Text(id=name + number, body=body, language="en", published_at=published)
            yield Judged(text, verdicts[name, number])
    for line in read_lines(sentences):
        kind = line["event_type"]
        yield Judged(
            Text(id=str(line["id"]), body=line["sentence"], language="en"), {}, SAME_AS.get(kind, (kind,))
        )


def collect(judged: Iterator[Judged]) -> Sample:
    reference = load_annotation_reference()
    assert reference.ontology is not None and reference.syntax is not None
    rows: list[dict[str, float]] = []
    known: list[tuple[float, float, int, bool]] = []
    for each in judged:
        text = each.text
        found = annotate(text, replace(reference, ontology=None))
        fold = crc32(" ".join(text.body[:80].split()).encode()) % FOLDS
        for event, features in coder.code_with_features(
            text, found.sentences, found.mentions, reference.syntax, reference.ontology, least=0.0
        ):
            verdict = each.verdicts.get((event.trigger_start, event.event_type))
            if each.gold:
                verdict = float(event.event_type in each.gold), 1.0
            if verdict is not None:
                row = {name: float(value) for name, value in features.items() if value} | {"bias": 1.0}
                if not each.gold:
                    row |= {f"text {name}": value for name, value in row.items() if differs(name)}
                rows.append(row)
                known.append((*verdict, fold, not each.gold))
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name in seen if seen[name] >= LEAST_SEEN)
    right, weights, folds, is_text = zip(*known, strict=True)
    return Sample(
        names,
        np.array([[row.get(name, 0.0) for name in names] for row in rows]),
        np.array(right),
        np.array(weights),
        np.array(folds),
        np.array(is_text),
    )


def differs(name: str) -> bool:
    """Whether a feature may weigh otherwise in texts: all but the rarest."""
    return " " not in name or name.startswith(("frame ", "tag "))


def penalties(names: Sequence[str]) -> Array:
    rare = [" " in name.removeprefix("text ") for name in names]
    return np.array(
        [
            1e-3 if name == "bias" else RARE_PENALTY if is_rare else PENALTY
            for name, is_rare in zip(names, rare, strict=True)
        ]
    )


def fit(features: Array, right: Array, counts: Array, penalty: Array) -> Array:
    """Weights of the features, each event counting `counts` times, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (counts * (right - sure)) - penalty * weights
        curve = (features.T * (counts * sure * (1 - sure) + 1e-6)) @ features + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def held_out(sample: Sample) -> Array:
    """How sure each event is by weights of the other folds."""
    sure = np.zeros(len(sample.right))
    penalty = penalties(sample.names)
    for fold in range(FOLDS):
        out = sample.folds == fold
        if out.any() and not out.all():
            learned = fit(sample.features[~out], sample.right[~out], sample.weights[~out], penalty)
            sure[out] = 1 / (1 + np.exp(-sample.features[out] @ learned))
    return sure


def bins(sure: Array, right: Array) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) for each tenth that holds events."""
    found = []
    for low in np.arange(0, 1, 0.1):
        held = (sure >= low) & (sure < low + 0.1)
        if held.any():
            found.append((float(sure[held].mean()), float(right[held].mean()), int(held.sum())))
    return found


def draw(found: Sequence[tuple[float, float, int]]) -> str:
    """A reliability diagram as SVG: on the diagonal, confidence means what it says."""
    most = max(count for _, _, count in found)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="420" viewBox="-50 -20 420 420" font-family="sans-serif" font-size="12">',
        '<rect x="0" y="0" width="340" height="340" fill="none" stroke="#999"/>',
        '<line x1="0" y1="340" x2="340" y2="0" stroke="#999" stroke-dasharray="4"/>',
    ]
    for tenth in range(0, 11, 2):
        at = tenth * 34
        parts.append(f'<text x="{at}" y="358" text-anchor="middle">{tenth / 10}</text>')
        parts.append(f'<text x="-8" y="{344 - at}" text-anchor="end">{tenth / 10}</text>')
    for sure, right, count in found:
        radius = 3 + 9 * (count / most) ** 0.5
        parts.append(
            f'<circle cx="{sure * 340:.1f}" cy="{340 - right * 340:.1f}" r="{radius:.1f}" fill="#1f6f8b" fill-opacity=".75"><title>{count} events</title></circle>'
        )
    parts.append(
        '<text x="170" y="380" text-anchor="middle">confidence (held-out folds; area by number of events)</text>'
    )
    parts.append(
        '<text transform="translate(-36 170) rotate(-90)" text-anchor="middle">share of events with the right type</text></svg>'
    )
    return "\n".join(parts)


def calibration_error(found: Sequence[tuple[float, float, int]]) -> float:
    return sum(count * abs(mean - share) for mean, share, count in found) / sum(
        count for _, _, count in found
    )


def report(sure: Array, sample: Sample) -> None:
    """How true the confidence is, and what a threshold would let through, for texts and for single sentences."""
    for kind, held in (("texts", sample.is_text), ("sentences", ~sample.is_text)):
        found = bins(sure[held], sample.right[held])
        print(
            f"{kind}: {held.sum()} events, {sample.right[held].mean():.3f} right, calibration error {calibration_error(found):.3f}"
        )
        for least in np.arange(0.3, 0.9, 0.05):
            coded = held & (sure >= least)
            print(f"  surer than {least:.2f}: {coded.sum()} events, {sample.right[coded].mean():.3f} right")


def write_weights(path: Path, names: Sequence[str], weights: Array) -> None:
    """One row a feature: its weight in texts, which is the shared one with what they differ by, and in single sentences."""
    shared = {
        name: weight for name, weight in zip(names, weights, strict=True) if not name.startswith("text ")
    }
    own = {
        name.removeprefix("text "): weight
        for name, weight in zip(names, weights, strict=True)
        if name.startswith("text ")
    }
    rows = [
        (name, shared.get(name, 0.0) + own.get(name, 0.0), shared.get(name, 0.0))
        for name in sorted(shared | own)
    ]
    lines = [
        "# Weights of the confidence model (logistic regression), learned by tests/bench/calibrate_events.py from verdicts on",
        "# coded events; numbers alone, no text. Without this file the prior in transforms/annotations/events/confidence.py holds.",
        "feature,weight,short_weight",
        *(
            f"{name},{text:.3f},{short:.3f}"
            for name, text, short in rows
            if max(abs(text), abs(short)) >= LEAST_WEIGHT
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reuters", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--diagram", type=Path)
    chosen = parser.parse_args(arguments)
    sample = collect(read_judged(chosen.reuters, chosen.pages, chosen.stories, chosen.sentences))
    sure = held_out(sample)
    report(sure, sample)
    if chosen.diagram:
        chosen.diagram.write_text(draw(bins(sure, sample.right)) + "\n", encoding="utf-8")
    if chosen.weights:
        penalty = penalties(sample.names)
        write_weights(
            chosen.weights, sample.names, fit(sample.features, sample.right, sample.weights, penalty)
        )


if __name__ == "__main__":
    main()
