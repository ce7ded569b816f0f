"""Annotators of others: anything that finds names in text, in the place of Dateline's own tagger.

The rules of the wire, the tables and the linking work on what it finds as on what the packaged tagger finds.
"""

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from transforms.annotations.reference import TaggedSpan
from transforms.annotations.tokens import Tokens
from transforms.failures import PermanentError

FoundName: TypeAlias = tuple[int, int, str, float]
"""First code point, the one behind the last, label (`PER`, `ORG`, `LOC`, `FAC` or `MISC`) and confidence, 0 to 1."""
LABELS = ("PER", "ORG", "LOC", "FAC", "MISC")
SENTENCES_AT_ONCE = 40
# What foreign code may raise because of one text; the process ends for nothing less.
_FAILURES = (
    RuntimeError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, OSError, MemoryError,
)  # fmt: skip


class Annotator(Protocol):
    """What an entry point of the group `dateline.annotators` has to make: one method, nothing to import."""

    def find_names(self, text: str) -> Iterable[FoundName]:
        """The names in a passage of some sentences. What overlaps an earlier, longer one is left out."""
        ...


class AnnotatorTagger:
    """An annotator as a tagger: it reads some sentences at a time, and its spans become whole words."""

    def __init__(self, annotator: Annotator, name: str) -> None:
        self._annotator = annotator
        self._name = name

    @property
    def name(self) -> str:
        """See `Tagger.name`."""
        return self._name

    def tag(self, tokens: Tokens) -> list[TaggedSpan]:
        """See `Tagger.tag`. Raises `PermanentError` where the annotator fails, or answers with what is no span."""
        spans: list[TaggedSpan] = []
        for begin in range(0, len(tokens.sentences), SENTENCES_AT_ONCE):
            passage = tokens.sentences[begin : begin + SENTENCES_AT_ONCE]
            offset, end = tokens.span(passage[0][0], passage[-1][1])
            try:
                found = sorted(self._annotator.find_names(tokens.text[offset:end]), key=lambda one: (one[0], -one[1]))
                for start, stop, label, confidence in found:
                    if not (0 <= start < stop <= end - offset and label in LABELS and 0 <= confidence <= 1):
                        raise ValueError(f"{start}, {stop}, {label!r}, {confidence} is no name of {end - offset} code points")
                    first, last = tokens.at(offset + start), tokens.at(offset + stop - 1) + 1
                    if first < last <= len(tokens) and (not spans or first >= spans[-1].last):
                        spans.append(TaggedSpan(first=first, last=last, label=label, confidence=float(confidence)))
            except _FAILURES as error:
                raise PermanentError(f"Annotator {self._name} failed: {type(error).__name__}: {error}") from error
        return spans
