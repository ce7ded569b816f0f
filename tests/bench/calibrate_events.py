"""Learn how sure the event coder may be of an event and of whom it befalls, and draw how true that is.

    python -m tests.bench.calibrate_events --reuters dispatches.jsonl.gz --pages truth.json --stories stories.jsonl.gz --tokens conll2003/ \\
        --sentences plv.jsonl.gz [--weights seeds/reference/event_weights.csv] [--diagram tests/bench/event_reliability.svg]

It joins the verdicts of event_verdicts.csv, which hold no text, with the texts that they are about: `--reuters` lines of
{"id", "body"}, as `--stories`, `--pages` a list of {"id", "body"}, `--tokens` the folder of eng.train, eng.testa and eng.testb;
`--sentences` are lines of {"id", "sentence", "marked", "event_type"}, each about one event with its recipient between `<t>` and
`</t>`. Both models are logistic regressions over the features of `transforms.annotations.events.features`, with an L2
penalty; texts and single sentences share weights, from which those of texts may differ. What is printed and drawn comes from
five folds by text, each judged by weights that never saw it. Only the weights are written.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.reference.annotation import load_annotation_reference
from tests.bench.judged_events import Judged, read_judged
from transforms.annotations.annotator import annotate
from transforms.annotations.events import coder

FOLDS, ROUNDS, LEAST_SEEN = 5, 25, 3
# Words and places are many and rare: they must show more to count.
PENALTY, RARE_PENALTY = 6.0, 12.0
# Whom an act befalls is told by features of its own and by how the sentence is built, not by its words: less to hold down.
OF_RECIPIENTS = "whom "
LEXICAL = ("frame ", "tag ", "verb ", "noun ", "adjective ")
PARTS = (" verb", " noun", " adjective")
RECIPIENT_STRICTNESS = 0.5
# What a weight must be to be written.
LEAST_WEIGHT = 0.005
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The judged events: a row of `features` each, 1.0 in `right` where the type was right, its weight, the fold of its text.

    The features whose names begin with `text ` repeat others in texts, so that these may weigh differently there. `sides` is
    1.0 where the recipient was right, NaN where nobody knows; `strictness` is how much penalties count.
    """

    names: list[str]
    features: Array
    right: Array
    sides: Array
    weights: Array
    folds: NDArray[np.int64]
    is_text: NDArray[np.bool_]
    strictness: float = 1.0


def collect(judged: Iterator[Judged]) -> Sample:
    reference = load_annotation_reference()
    assert reference.ontology is not None and reference.syntax is not None
    rows: list[dict[str, float]] = []
    known: list[tuple[float, float, float, int, bool]] = []
    for each in judged:
        text = each.text
        found = annotate(text, replace(reference, ontology=None))
        fold = crc32(" ".join(text.body[:80].split()).encode()) % FOLDS
        for event, features in coder.code_with_features(
            text, found.sentences, found.mentions, reference.syntax, reference.ontology, least=0.0
        ):
            verdict = each.verdict(event)
            if verdict is None:
                continue
            row = {name: float(value) for name, value in features.items() if value} | {"bias": 1.0}
            if not each.gold:
                row |= {f"text {name}": value for name, value in row.items() if differs(name)}
            rows.append(row)
            is_known = verdict.sides is not None and any(
                side.country_code or each.gold for side in event.recipients
            )
            sides = verdict.sides if is_known and verdict.sides is not None else np.nan
            known.append((verdict.type, sides, verdict.weight, fold, not each.gold))
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name in seen if seen[name] >= LEAST_SEEN)
    right, all_sides, weights, folds, is_text = map(np.array, zip(*known, strict=True))
    features = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    return Sample(names, features, right, all_sides, weights, folds, is_text)


def part(sample: Sample, told: Sequence[bool], held: NDArray[np.bool_]) -> Sample:
    """The events that are `held`, with the features that are `told`."""
    return replace(
        sample,
        names=list(compress(sample.names, told)),
        features=sample.features[held][:, np.array(told)],
        right=sample.right[held],
        sides=sample.sides[held],
        weights=sample.weights[held],
        folds=sample.folds[held],
        is_text=sample.is_text[held],
    )


def of_events(sample: Sample) -> Sample:
    told = [not plain(name).startswith(OF_RECIPIENTS) for name in sample.names]
    return part(sample, told, np.full(len(sample.right), True))


def of_recipients(sample: Sample) -> Sample:
    """The events of which it is known whether the recipient is right, with that in `right`."""
    told = [not plain(name).startswith(LEXICAL) and not name.endswith(PARTS) for name in sample.names]
    found = part(sample, told, ~np.isnan(sample.sides))
    return replace(found, right=found.sides, strictness=RECIPIENT_STRICTNESS)


def plain(name: str) -> str:
    return name.removeprefix("text ")


def is_rare(name: str) -> bool:
    """Whether a feature is one of many words, places or frames."""
    return " " in plain(name).removeprefix(OF_RECIPIENTS)


def differs(name: str) -> bool:
    """Whether a feature may weigh otherwise in texts: all but the rarest."""
    return not is_rare(name) or name.startswith(("frame ", "tag "))


def penalties(sample: Sample) -> Array:
    return sample.strictness * np.array(
        [1e-3 if name == "bias" else RARE_PENALTY if is_rare(name) else PENALTY for name in sample.names]
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
    penalty = penalties(sample)
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


def report(sample: Sample, sure: Array, what: str) -> None:
    """How true the confidence is, and what a threshold would let through, for texts and for single sentences."""
    for kind, held in ((f"{what} in texts", sample.is_text), (f"{what} in sentences", ~sample.is_text)):
        found = bins(sure[held], sample.right[held])
        print(
            f"{kind}: {held.sum()}, {sample.right[held].mean():.3f} right, calibration error {calibration_error(found):.3f}"
        )
        for least in np.arange(0.3, 0.9, 0.05):
            coded = held & (sure >= least)
            print(f"  surer than {least:.2f}: {coded.sum()}, {sample.right[coded].mean():.3f} right")


def learn(sample: Sample) -> tuple[dict[str, float], dict[str, float]]:
    """Weight by feature in texts, which is the shared one with what they differ by, and in single sentences."""
    weights = fit(sample.features, sample.right, sample.weights, penalties(sample))
    learned = dict(zip(sample.names, map(float, weights), strict=True))
    short = {name: weight for name, weight in learned.items() if not name.startswith("text ")}
    own = {name.removeprefix("text "): weight for name, weight in learned.items() if name.startswith("text ")}
    return {name: short.get(name, 0.0) + own.get(name, 0.0) for name in short | own}, short


def write_weights(path: Path, *columns: dict[str, float]) -> None:
    """One row a feature: its weight for an event in texts and in single sentences, and for a recipient in texts."""
    rows = [
        (name, *(column.get(name, 0.0) for column in columns)) for name in sorted(set().union(*columns))
    ]
    lines = [
        "# Weights of the confidence models (logistic regressions), learned by tests/bench/calibrate_events.py from verdicts on",
        "# coded events; numbers alone, no text. Without this file the prior in transforms/annotations/events/confidence.py holds.",
        "feature,weight,short_weight,recipient_weight",
        *(
            ",".join((name, *(f"{weight:.3f}" for weight in weights)))
            for name, *weights in rows
            if max(map(abs, weights)) >= LEAST_WEIGHT
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    for name in ("--reuters", "--pages", "--stories", "--tokens", "--sentences"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--diagram", type=Path)
    chosen = parser.parse_args(arguments)
    sample = collect(
        read_judged(chosen.reuters, chosen.pages, chosen.stories, chosen.tokens, chosen.sentences)
    )
    events, recipients = of_events(sample), of_recipients(sample)
    sure = held_out(events)
    report(events, sure, "events")
    report(recipients, held_out(recipients), "recipients")
    if chosen.diagram:
        chosen.diagram.write_text(draw(bins(sure, events.right)) + "\n", encoding="utf-8")
    if chosen.weights:
        write_weights(chosen.weights, *learn(events), learn(recipients)[0])


if __name__ == "__main__":
    main()
