"""Score answers that people have read: `python -m tests.bench.read_answers offices DISPATCHES.jsonl.gz`, `quotes PAGES.json` or `fresh_quotes PAGES.jsonl`.

`read_answers.csv` holds set, document, offsets, the answer as it was read and the verdict, and no text. An answer that the
code still gives counts by its verdict; one that has changed is printed, to be read again, and counts neither way. DISPATCHES
are JSON Lines with `id` and `body`, PAGES a JSON list or JSON Lines of the same, as `dateline parse` writes them. The pages of
`fresh_quotes` are of public repositories, by their names and paths. `--draw N` prints answers not yet read, with their
text, to read and add.
"""

import argparse
import csv
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Annotations, Text
from transforms.annotations.annotator import annotate

READ = Path(__file__).with_suffix(".csv")
Answers: TypeAlias = dict[tuple[int, int], str]
MARCH_1987 = datetime(1987, 3, 1, tzinfo=UTC)


def offices(found: Annotations) -> Answers:
    """Office and country of every named person who has both, by the offsets of the name."""
    people = [m for m in found.mentions if m.kind == "person" and m.form == "name" and m.entity and m.entity.office and m.entity.country_code]
    return {(m.start, m.end): f"{m.entity.office}|{m.entity.country_code}" for m in people if m.entity and " of " in (m.entity.office or "")}


def quotes(found: Annotations) -> Answers:
    """The speaker of every direct quote, by the offsets of the quote: offsets of the mention, then where its entity is first named."""
    named: dict[str, int] = {}
    for mention in found.mentions:
        if mention.entity and mention.form == "name":
            named.setdefault(mention.entity.key, mention.start)
    answers = {}
    for quote in found.quotes:
        speaker = quote.speaker
        if quote.is_direct:
            first = named.get(speaker.entity.key, "") if speaker and speaker.entity else ""
            answers[quote.start, quote.end] = f"{speaker.start}-{speaker.end}>{first}" if speaker else "open"
    return answers


def documents(path: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every document of a file."""
    if path.suffix == ".json":
        records = json.loads(path.read_text(encoding="utf-8"))
    else:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
    for record in records:
        if record.get("body"):
            yield str(record["id"]), record["body"]


def main(name: str, path: Path, draw: int) -> None:
    kinds: dict[str, Callable[[Annotations], Answers]] = {"offices": offices, "quotes": quotes, "fresh_quotes": quotes}
    with READ.open(encoding="utf-8", newline="") as lines:
        read = [row for row in csv.DictReader(lines) if row["set"] == name]
    wanted = {row["id"] for row in read}
    known = {(row["id"], int(row["start"]), int(row["end"])) for row in read}
    reference = replace(load_annotation_reference(), ontology=None)
    given: dict[str, Answers] = {}
    for identifier, body in documents(path):
        if draw > 0 or identifier in wanted:
            day = MARCH_1987 if name == "offices" else None
            given[identifier] = kinds[name](annotate(Text(id=identifier, body=body, published_at=day), reference))
            for (start, end), answer in given[identifier].items():
                if draw > 0 and (identifier, start, end) not in known:
                    print(identifier, start, end, answer, repr(body[max(0, start - 200) : end + 150]))
                    draw -= 1
    counts = {"right": 0, "wrong": 0, "open": 0, "changed": 0}
    for row in read:
        answer = given.get(row["id"], {}).get((int(row["start"]), int(row["end"])))
        verdict = row["verdict"] if answer == row["answer"] else "changed"
        counts[verdict] += 1
        if verdict == "changed":
            print("changed:", row["id"], row["start"], row["end"], row["answer"], row["verdict"], "->", answer)
    answered = counts["right"] + counts["wrong"]
    print(f"{name}: {len(read)} read, {counts}; of those answered right {counts['right'] / max(1, answered):.3f}")
    print(f"answered {answered / max(1, answered + counts['open']):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=("offices", "quotes", "fresh_quotes"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--draw", type=int, default=0)
    options = parser.parse_args()
    main(options.name, options.path, options.draw)
