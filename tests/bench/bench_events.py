"""How fast events are coded: the coder alone on parsed sentences, and the whole annotation, on invented dispatches.

    python tests/bench/bench_events.py

`run()` returns articles (of about 200 words) a second of user CPU time on one core.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate
from transforms.annotations.events.coder import code_events
from transforms.annotations.syntax import Parse

SENTENCES = (
    "The president of Peru held talks with the foreign minister of Chile in Lima on Tuesday.",
    "He thanked the neighbouring country for its help after the floods in the northern provinces.",
    "The two countries signed an agreement on trade and customs, the presidency said in a statement.",
    "Opposition leaders accused the government of hiding the costs of the new railway.",
    "The line is to run along the coast and will open for passengers in three years.",
    "Thousands of workers marched through the capital to protest against higher fares.",
    "Police arrested eleven people after clashes near the central station, a spokesman said.",
    "The weather was mild and the streets were dry for most of the afternoon.",
    "Bolivia urged both sides to take its interests into account before work begins.",
    "An official in La Paz said his government would not accept a route that left out the highlands.",
    "The ministry published a map of the first section with eleven stops and two tunnels.",
    "Engineers from several universities had studied the ground for more than a year.",
    "The central bank said the project would be paid for over two decades.",
)


def articles(count: int) -> list[Text]:
    """Invented dispatches: the sentences in turn, each time beginning with another."""
    found = []
    for number in range(count):
        turn = number % len(SENTENCES)
        lines = (*SENTENCES[turn:], *SENTENCES[:turn])
        found.append(
            Text(
                id=str(number), body="\n\n".join(" ".join(lines[k : k + 3]) for k in range(0, len(lines), 3))
            )
        )
    return found


class Parsed:
    """Hands out parses that were made before."""

    def __init__(self, parses: dict[str, Parse]) -> None:
        self._parses = parses

    def parse(self, sentences: Sequence[str]) -> tuple[Parse, ...]:
        return tuple(self._parses[sentence] for sentence in sentences)


def rate(work: Callable[[], object], count: int) -> float:
    """Articles a second of CPU time, the best of three."""
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        work()
        best = max(best, count / (time.process_time() - start))
    return round(best, 1)


def run(count: int = 60) -> dict[str, float]:
    """Articles a second: `coder` given the parse, `whole` with entities, quotes and parses."""
    reference = load_annotation_reference()
    assert reference.ontology is not None and reference.syntax is not None
    ontology = reference.ontology
    texts = articles(count)
    annotated = [annotate(text, reference) for text in texts]
    sentences = {
        text.body[slice(*span)]
        for text, found in zip(texts, annotated, strict=True)
        for span in found.sentences
    }
    ordered = sorted(sentences)
    parsed = Parsed(dict(zip(ordered, reference.syntax.parse(ordered), strict=True)))

    def code_all() -> None:
        for text, found in zip(texts, annotated, strict=True):
            code_events(text, found.sentences, found.mentions, parsed, ontology)

    return {
        "coder": rate(code_all, count),
        "whole": rate(lambda: [annotate(text, reference) for text in texts], count),
        "events_per_article": round(sum(len(found.events) for found in annotated) / count, 1),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
