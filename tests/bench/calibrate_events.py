"""Learn how sure the event coder may be, and draw how true that is.

    python tests/bench/calibrate_events.py JUDGED.jsonl [--weights seeds/reference/event_weights.csv] [--diagram FILE.svg]

A line of JUDGED.jsonl is a text with the one type that it is about, or with verdicts on single events:

    {"id": "1", "text": "…", "event_type": "ACCUSE"}
    {"id": "2", "text": "…", "published_at": "1987-02-26T00:00:00Z", "verdicts": [[120, "CONSULT", 1], …]}

(a verdict is where the trigger begins, the coded type, and 1 where that is right: see event_verdicts.csv). The model
is a logistic regression over the features of `transforms.annotations.events.drafts.features_of`, with an L2 penalty;
what is printed and drawn comes from five folds by text, each judged by weights that never saw it. Only the weights,
some fifty numbers, are written.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate
from transforms.annotations.events import coder

FOLDS, PENALTY, ROUNDS = 5, 3.0, 30
# A verdict on an article counts more than a sentence that was chosen because it tells of an event: those are surer than life.
VERDICT_WEIGHT = 2.0
# Older names of the same types in public sets.
SAME_AS = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "DEMAND": ("REQUEST",),
    "DISAPPROVE": ("ACCUSE",),
    "FIGHT": ("ASSAULT",),
}
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The judged events: a row of `features` each, 1.0 in `right` where the type was right, its weight, the fold of its text."""

    names: list[str]
    features: Array
    right: Array
    weights: Array
    folds: NDArray[np.int64]


def collect(path: Path) -> Sample:
    reference = load_annotation_reference()
    assert reference.ontology is not None and reference.syntax is not None
    rows: list[dict[str, float]] = []
    right: list[float] = []
    weights: list[float] = []
    folds: list[int] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        published = datetime.fromisoformat(record["published_at"]) if record.get("published_at") else None
        text = Text(id=str(record["id"]), body=record["text"], language="en", published_at=published)
        found = annotate(text, replace(reference, ontology=None))
        verdicts = {(start, kind): bool(value) for start, kind, value in record.get("verdicts", [])}
        gold = SAME_AS.get(record.get("event_type", ""), (record.get("event_type"),))
        for event, features in coder.code_with_features(
            text, found.sentences, found.mentions, reference.syntax, reference.ontology, least=0.0
        ):
            verdict = (
                verdicts.get((event.trigger_start, event.event_type))
                if verdicts
                else event.event_type in gold
            )
            if verdict is not None:
                rows.append(dict(features))
                right.append(float(verdict))
                weights.append(VERDICT_WEIGHT if verdicts else 1.0)
                folds.append(crc32(text.id.encode()) % FOLDS)
    names = sorted({name for row in rows for name in row})
    features_array = np.array([[*(row.get(name, 0.0) for name in names), 1.0] for row in rows])
    return Sample([*names, "bias"], features_array, np.array(right), np.array(weights), np.array(folds))


def fit(features: Array, right: Array, counts: Array) -> Array:
    """Weights of the features, each event counting `counts` times, by Newton's method; the bias (last) is not penalised."""
    weights = np.zeros(features.shape[1])
    penalty = np.full(len(weights), PENALTY)
    penalty[-1] = 1e-3
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (counts * (right - sure)) - penalty * weights
        curve = (features.T * (counts * sure * (1 - sure) + 1e-6)) @ features + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def held_out(sample: Sample) -> Array:
    """How sure each event is by weights of the other folds."""
    sure = np.zeros(len(sample.right))
    for fold in range(FOLDS):
        out = sample.folds == fold
        if out.any() and not out.all():
            learned = fit(sample.features[~out], sample.right[~out], sample.weights[~out])
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


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("judged", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--diagram", type=Path)
    chosen = parser.parse_args(arguments)
    sample = collect(chosen.judged)
    sure = held_out(sample)
    found = bins(sure, sample.right)
    error = sum(count * abs(mean - share) for mean, share, count in found) / len(sure)
    print(f"events {len(sure)}  right {sample.right.mean():.3f}  expected calibration error {error:.3f}")
    for mean, share, count in found:
        print(f"  confidence {mean:.2f}  right {share:.2f}  of {count}")
    if chosen.diagram:
        chosen.diagram.write_text(draw(found) + "\n", encoding="utf-8")
    if chosen.weights:
        lines = [
            "# Weights of the confidence model (logistic regression), learned by tests/bench/calibrate_events.py from verdicts on",
            "# coded events; numbers alone, no text. Without this file the prior in transforms/annotations/events/confidence.py holds.",
            "feature,weight",
            *(
                f"{name},{weight:.4f}"
                for name, weight in sorted(
                    zip(sample.names, fit(sample.features, sample.right, sample.weights), strict=True)
                )
            ),
        ]
        chosen.weights.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
