"""Texts with what is known of their events: the verdicts of event_verdicts.csv, which holds no text, joined with the texts."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.token_articles import read_articles
from transforms.annotations.annotation import Event, Text

VERDICTS = Path(__file__).with_name("event_verdicts.csv")
# From this round on all verdicts were given by one measure; those count twice, and so do sentences.
STEADY_ROUND, STEADY_WEIGHT = 4, 2.0
# When the dispatches of the Reuters set were written, so that "last year" is no history.
REUTERS_DAY = datetime(1987, 3, 15, tzinfo=UTC)
TOKEN_FILES = ("train", "testa", "testb")
# Older names of the same types in public sets.
SAME_AS = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "DEMAND": ("REQUEST",),
    "DISAPPROVE": ("ACCUSE",),
    "FIGHT": ("ASSAULT",),
}
RECIPIENT = re.compile(r"^(?P<before>.*?)<t>(?P<recipient>.*?)</t>", re.DOTALL)
MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether type and sides of one coded event are right, 1.0 or 0.0; `sides` is None where that is not known."""

    type: float
    sides: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with verdicts on single events, by where the trigger begins and the coded type; or a sentence about one
    event: of which types it may be, and where its recipient stands if that is marked."""

    text: Text
    verdicts: dict[tuple[int, str], Verdict]
    gold: tuple[str, ...] = ()
    recipient: tuple[int, int] | None = None

    def verdict(self, event: Event) -> Verdict | None:
        if not self.gold:
            return self.verdicts.get((event.trigger_start, event.event_type))
        if event.event_type not in self.gold:
            return Verdict(0.0, None, STEADY_WEIGHT)
        sides = None
        if self.recipient is not None:
            start, end = self.recipient
            sides = float(
                any(
                    each.start is not None and each.end is not None and each.start < end and start < each.end
                    for each in event.recipients
                )
            )
        return Verdict(1.0, sides, STEADY_WEIGHT)


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def join_lines(body: str) -> str:
    """The paragraphs of a dispatch with their lines joined, as the parser joins them."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s{2,}|\n\n+", body))
    return "\n\n".join(filter(None, paragraphs))


def read_verdicts() -> dict[tuple[str, str], dict[tuple[int, str], Verdict]]:
    """(set, id) of a text → its verdicts."""
    verdicts: dict[tuple[str, str], dict[tuple[int, str], Verdict]] = {}
    with VERDICTS.open(encoding="utf-8") as table:
        for row in csv.DictReader(line for line in table if not line.startswith("#")):
            if row["type_right"]:
                verdicts.setdefault((row["set"], row["id"]), {})[int(row["start"]), row["event_type"]] = Verdict(
                    float(row["type_right"]),
                    float(row["country_right"]) if row["country_right"] else None,
                    STEADY_WEIGHT if int(row["round"]) >= STEADY_ROUND else 1.0,
                )
    return verdicts


def read_texts(reuters: Path, pages: Path, stories: Path, tokens: Path) -> Iterator[tuple[str, str, str, datetime | None]]:
    """(set, id, body, day) of every text that verdicts may be about; `tokens` is the folder of the files eng.train, eng.testa …"""
    for line in read_lines(reuters):
        yield "reuters", str(line["id"]), join_lines(line["body"] or ""), REUTERS_DAY
    for line in json.loads(pages.read_text(encoding="utf-8")):
        yield "page", line["id"], line["body"] or "", None
    for line in read_lines(stories):
        yield "story", line["id"], line["body"] or "", None
    for name in TOKEN_FILES:
        for article in read_articles(tokens / f"eng.{name}"):
            yield "conll", f"{name}-{article.number}", article.body, article.published_at


def read_judged(reuters: Path, pages: Path, stories: Path, tokens: Path, sentences: Path) -> Iterator[Judged]:
    verdicts = read_verdicts()
    for name, number, body, published in read_texts(reuters, pages, stories, tokens):
        if (name, number) in verdicts:
            text = Text(id=name + number, body=body, language="en", published_at=published)
            yield Judged(text, verdicts[name, number])
    for line in read_lines(sentences):
        text = Text(id=str(line["id"]), body=line["sentence"], language="en")
        kind = line["event_type"]
        yield Judged(text, {}, SAME_AS.get(kind, (kind,)), marked_recipient(line["marked"], line["sentence"]))


def marked_recipient(marked: str, sentence: str) -> tuple[int, int] | None:
    """Where the recipient stands in the sentence, None where the marks are broken."""
    found = RECIPIENT.match(marked)
    if not found or MARK.sub("", marked) != sentence:
        return None
    start = len(MARK.sub("", found["before"]))
    return start, start + len(MARK.sub("", found["recipient"]))
