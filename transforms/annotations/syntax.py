"""The grammar of sentences: tokens with tags and heads, from a language model or from rules.

`Syntax` is asked for the sentences that need it, never for whole texts: a parse costs fifty times what
everything else does. With a spaCy pipeline it gives that pipeline's tree; without one the tree that
`transforms.annotations.shallow` draws from word forms. Labels are spaCy's (ClearNLP dependencies, Penn tags).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

MAX_WORDS = 250
"""A longer sentence is a list or a broken page: the rest of it is not parsed (a tree costs time by length)."""


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed sentence. All tuples have one entry per token; offsets are relative to the sentence.

    `heads` holds indices into the tuples (the root is its own head), `children` those of the dependents.
    """

    words: tuple[str, ...]
    lowers: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.words)


def build_parse(
    words: Sequence[str],
    tags: Sequence[str],
    deps: Sequence[str],
    heads: Sequence[int],
    starts: Sequence[int],
) -> Parse:
    """A Parse from its columns; the children are derived."""
    children: list[list[int]] = [[] for _ in words]
    for index, head in enumerate(heads):
        if head != index:
            children[head].append(index)
    return Parse(
        tuple(words),
        tuple(word.lower() for word in words),
        tuple(tags),
        tuple(deps),
        tuple(heads),
        tuple(starts),
        tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        tuple(map(tuple, children)),
    )


class Pipeline(Protocol):
    """The part of a spaCy `Language` that is used here."""

    def pipe(self, texts: Iterable[str], *, disable: Iterable[str] = ...) -> Iterable[Any]: ...
    @property
    def pipe_names(self) -> list[str]: ...


NEEDLESS = ("ner", "lemmatizer", "attribute_ruler", "senter")


class Syntax:
    """Parses sentences on request. `pipeline` is a spaCy pipeline with tagger and parser, or None for rules."""

    def __init__(self, pipeline: Pipeline | None, rules: Callable[[str], Parse]) -> None:
        self._pipeline = pipeline
        self._rules = rules
        self._disable = [] if pipeline is None else [name for name in NEEDLESS if name in pipeline.pipe_names]

    def parse(self, sentences: Sequence[str]) -> tuple[Parse, ...]:
        """One Parse per sentence, offsets relative to each; a sentence beyond MAX_WORDS words is cut there."""
        cut = [cut_long(sentence) for sentence in sentences]
        if self._pipeline is None:
            return tuple(self._rules(sentence) for sentence in cut)
        return tuple(parse_from_doc(doc) for doc in self._pipeline.pipe(cut, disable=self._disable))


def cut_long(sentence: str) -> str:
    if len(sentence) < MAX_WORDS * 3:
        return sentence
    position = 0
    for _ in range(MAX_WORDS):
        position = sentence.find(" ", position + 1)
        if position < 0 or position > MAX_WORDS * 12:
            return sentence[: MAX_WORDS * 12]
    return sentence[:position]


def parse_from_doc(doc: Any) -> Parse:
    """A Parse from a spaCy Doc; white-space tokens are left out."""
    columns = [(t.text, t.tag_, t.dep_, t.head.i, t.idx) for t in doc]
    kept = [i for i, column in enumerate(columns) if not column[0].isspace()]
    if len(kept) != len(columns):
        place = {old: new for new, old in enumerate(kept)}
        columns = [
            (text, tag, dep, place.get(head, place[old]), idx)
            for old, (text, tag, dep, head, idx) in ((i, columns[i]) for i in kept)
        ]
    words, tags, deps, heads, starts = zip(*columns, strict=True) if columns else ((), (), (), (), ())
    return build_parse(words, tags, deps, heads, starts)
