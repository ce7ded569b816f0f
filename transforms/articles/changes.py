"""What a version did to the one before it: the kind of change, and a summary that a person reads."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from transforms.articles.article import ChangeHint, PubStatus
from transforms.articles.normalisation import normalised_paragraphs

ChangeKind: TypeAlias = Literal["initial", "update", "correction", "kill", "revival"]

# How agencies mark a correction, at the head of a headline or in a note to editors: Reuters (CORRECTED, REFILE),
# AP (CORRECTION, Correction:), AFP (CORRECTION, RECTIF), dpa (Berichtigung, Korrektur), EFE (Corrección),
# ITAR-TASS and Kazinform (поправка, исправление, түзету).
_CORRECTION = re.compile(
    r"^\W*(?:corrected|correction|corrective|corrects?|corr|rectificati(?:on|f)|rectif|refile[ds]?|berichtigung|"
    r"korrektur|correcci[oó]n|corrige|errata|erratum|поправка|исправлен\w+|уточнение|түзету|düzeltme)\b|"
    r"\b(?:corrects|correcting|fixes typo|to correct)\b", re.I)
# Beyond these a difference is counted, not spelled out: comparing is quadratic in the worst case.
_PARAGRAPHS_COMPARED = 400
_WORDS_COMPARED = 300
_CHARACTERS_COMPARED = 20_000
_WORDS_TO_TELL = 25
# Paragraphs that share fewer of their words are another text, not a change of words.
_LIKE_PARAGRAPHS = 0.5
_LONGEST_SNIPPET = 60
_SNIPPETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What two versions are compared by. `ed_note` and `change_hint` only say what kind of change it is."""

    headline: str | None
    body: str
    pub_status: PubStatus = "usable"
    ed_note: str | None = None
    change_hint: ChangeHint | None = None


def change_kind(previous: Content | None, current: Content) -> ChangeKind:
    """What `current` did to `previous`, the version before it by the wire's clock; None where it is the first."""
    if current.pub_status == "canceled":
        return "kill" if previous is None or previous.pub_status != "canceled" else "update"
    if previous is None:
        return "initial"
    if previous.pub_status == "canceled":
        return "revival"
    marked = any(_CORRECTION.search(text) for text in (current.headline, current.ed_note) if text)
    return "correction" if current.change_hint == "correction" or marked else "update"


def is_perhaps_another_article(previous: Content, current: Content) -> bool:
    """Whether a publisher seems to have given an id to another article: no run of words and no headline in common.

    Both must be usable and long enough to tell.
    """
    if "canceled" in (previous.pub_status, current.pub_status):
        return False
    before, after = previous.body[:_CHARACTERS_COMPARED].split(), current.body[:_CHARACTERS_COMPARED].split()
    if min(len(before), len(after)) < _WORDS_TO_TELL:
        return False
    runs = [set(zip(words, words[1:], words[2:], strict=False)) for words in (before, after)]
    headlines = [set((version.headline or "").casefold().split()) for version in (previous, current)]
    return len(runs[0] & runs[1]) * 50 < min(map(len, runs)) and (
        len(headlines[0] & headlines[1]) * 4 <= min(map(len, headlines)))


def change_summary(previous: Content, current: Content) -> str:
    """What changed from `previous` to `current`, as clauses parted by semicolons, in bounded time.

    For example: `headline: "Dam holds" → "Dam fails"; 1 paragraph changed: "14" → "40"; 2 paragraphs added`.
    """
    clauses = []
    if previous.pub_status != current.pub_status:
        clauses.append(f"status: {previous.pub_status} → {current.pub_status}")
    headlines = [" ".join(normalised_paragraphs(version.headline or "")) for version in (previous, current)]
    if headlines[0] != headlines[1]:
        clauses.append("headline: " + _arrow(headlines[0], headlines[1]))
    clauses += _body_clauses(normalised_paragraphs(previous.body), normalised_paragraphs(current.body))
    return "; ".join(clauses) or "nothing that counts"


def _body_clauses(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    if before == after:
        return []
    if max(len(before), len(after)) > _PARAGRAPHS_COMPARED:
        gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
        return [f"{_paragraphs(gone.total())} removed", f"{_paragraphs(new.total())} added"]
    changed: list[tuple[str, str]] = []
    added: list[str] = []
    removed: list[str] = []
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(j - i, n - m)
        changed += zip(before[i:i + both], after[m:m + both], strict=True)
        removed += before[i + both:j]
        added += after[m + both:n]
    clauses = []
    if changed:
        words = [snippet for old, new in changed[:_SNIPPETS] for snippet in _word_changes(old, new)]
        shown = ", ".join(words[:_SNIPPETS]) + (" …" if len(words) > _SNIPPETS or len(changed) > _SNIPPETS else "")
        clauses.append(f"{_paragraphs(len(changed))} changed: {shown}")
    if added:
        clauses.append(f"{_paragraphs(len(added))} added: {_snippet(added[0])}")
    if removed:
        clauses.append(f"{_paragraphs(len(removed))} removed: {_snippet(removed[0])}")
    return clauses or ["paragraphs moved"]


def _word_changes(old: str, new: str) -> list[str]:
    before, after = old.split(), new.split()
    # What both begin and end with is equal; only the rest is costly to compare.
    head = _equal_words(before, after)
    tail = _equal_words(before[head:][::-1], after[head:][::-1])
    words = len(before) + len(after)
    before, after = before[head:len(before) - tail], after[head:len(after) - tail]
    if max(len(before), len(after)) > _WORDS_COMPARED:
        return [_arrow(" ".join(before), " ".join(after))]
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    equal = head + tail + sum(j - i for tag, i, j, _, _ in opcodes if tag == "equal")
    if 2 * equal < _LIKE_PARAGRAPHS * words:
        return [_arrow(old, new)]
    return [_arrow(" ".join(before[i:j]), " ".join(after[m:n])) for tag, i, j, m, n in opcodes if tag != "equal"]


def _equal_words(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((count for count, (old, new) in enumerate(pairs) if old != new), min(len(before), len(after)))


def _arrow(old: str, new: str) -> str:
    if not old or not new:
        return f"added {_snippet(new)}" if new else f"removed {_snippet(old)}"
    return f"{_snippet(old)} → {_snippet(new)}"


def _snippet(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST_SNIPPET else f'"{text[:_LONGEST_SNIPPET].rstrip()}…"'


def _paragraphs(count: int) -> str:
    return f"{count} paragraph" if count == 1 else f"{count} paragraphs"
