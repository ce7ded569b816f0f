"""How fast events are coded: the coder alone on parsed sentences, and the whole annotation.

    python -m tests.bench events                    on invented dispatches: six or seven events in each of 200 words
    python -m tests.bench.bench_events TEXTS         on texts of JSON Lines (`id`, `body`; .gz too), of 60 words and more

Given are articles of 200 words a second of CPU time on one core.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

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


def texts_of(path: Path, count: int) -> list[Text]:
    """The first texts of a file that are long enough to be articles."""
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").splitlines()
    records = (json.loads(line) for line in lines)
    bodies = [record["body"] for record in records if len((record.get("body") or "").split()) >= 60]
    return [Text(id=str(number), body=body, language="en") for number, body in enumerate(bodies[:count])]


def seconds(work: Callable[[], object]) -> float:
    """Of CPU time, the best of three."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once() for _ in range(3))


def measure(texts: Sequence[Text]) -> None:
    """Print how fast `texts` are coded given their parses, and annotated with entities, quotes and parses."""
    reference = load_annotation_reference()
    assert reference.ontology is not None and reference.syntax is not None
    ontology = reference.ontology
    annotated = [annotate(text, reference) for text in texts]
    ordered = sorted({text.body[slice(*span)] for text, found in zip(texts, annotated, strict=True) for span in found.sentences})
    parsed = Parsed(dict(zip(ordered, reference.syntax.parse(ordered), strict=True)))

    def code_all() -> None:
        for text, found in zip(texts, annotated, strict=True):
            code_events(text, found.sentences, found.mentions, parsed, ontology)

    articles_of_200 = sum(len(text.body.split()) for text in texts) / 200
    events = sum(len(found.events) for found in annotated)
    print(f"{len(texts)} texts, {events / articles_of_200:.1f} events in 200 words")
    print(f"coder: {articles_of_200 / seconds(code_all):.0f} articles/s")
    print(f"whole: {articles_of_200 / seconds(lambda: [annotate(text, reference) for text in texts]):.0f} articles/s")


def run() -> None:
    """The invented dispatches."""
    measure(articles(60))


if __name__ == "__main__":
    measure(texts_of(Path(sys.argv[1]), 400))
