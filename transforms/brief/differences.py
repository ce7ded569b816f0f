"""What changed between two texts, as words struck out and words put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["same", "gone", "new"]

# Comparing is quadratic in the worst case: beyond so many words a text is cut.
_WORDS_COMPARED = 1_500
_WORDS_AROUND = 8
_WORDS_TOLD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in a row that stayed, went or came."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> tuple[Run, ...]:
    """Both texts as one, word by word."""
    old, new = before.split()[:_WORDS_COMPARED], after.split()[:_WORDS_COMPARED]
    runs = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(kind="same", text=" ".join(old[a:b])))
            continue
        if b > a:
            runs.append(Run(kind="gone", text=_cut(old[a:b])))
        if d > c:
            runs.append(Run(kind="new", text=_cut(new[c:d])))
    return tuple(runs)


def snippets(before: str, after: str, *, most: int = 3) -> tuple[tuple[Run, ...], ...]:
    """The first `most` places that changed, each with a few words around it."""
    found = []
    for snippet in _places(difference(before, after)):
        found.append(snippet)
        if len(found) == most:
            break
    return tuple(found)


def _places(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    at = 0
    while at < len(runs):
        if runs[at].kind == "same":
            at += 1
            continue
        end = at
        while end < len(runs) and runs[end].kind != "same":
            end += 1
        place = list(runs[at:end])
        if at:
            place.insert(0, Run(kind="same", text=_tail(runs[at - 1].text)))
        if end < len(runs):
            place.append(Run(kind="same", text=_head(runs[end].text)))
        yield tuple(place)
        at = end


def _cut(words: list[str]) -> str:
    return " ".join(words[:_WORDS_TOLD]) + (" …" if len(words) > _WORDS_TOLD else "")


def _head(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS_AROUND]) + (" …" if len(words) > _WORDS_AROUND else "")


def _tail(text: str) -> str:
    words = text.split()
    return ("… " if len(words) > _WORDS_AROUND else "") + " ".join(words[-_WORDS_AROUND:])
