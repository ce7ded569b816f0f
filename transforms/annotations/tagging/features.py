"""What the tagger sees of a word: its letters, its neighbours, the run of capitals around it, the tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.annotations.folding import fold
from transforms.annotations.gazetteer import Gazetteer
from transforms.annotations.mentions.runs import FACILITY_HEADS, NEVER, ORG_HEADS, PARTICLES, PLACE_HEADS
from transforms.annotations.mentions.titles import Titles
from transforms.annotations.tokens import Tokens

_DIGITS = re.compile(r"\d+")
_PIECE = 4000  # tokens of a sentence whose features are made at once
_SHAPE = re.compile(r"[A-Z]+|[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The tables that features ask: gazetteers, titles, given names, verbs of saying."""

    places: Gazetteer
    bodies: Gazetteer
    people: Gazetteer
    titles: Titles
    given_names: frozenset[str]
    says: frozenset[str]


def shape(word: str) -> str:
    """A word's outline: `Xx` for Ankara, `X` for UN, `x-X` for al-Qaida, `9` for numbers."""
    if word.isascii():
        if word.isalpha():
            if word.islower():
                return "x"
            if word.isupper():
                return "X" if len(word) > 1 else "A"
            if word[0].isupper() and word[1:].islower():
                return "Xx"
        elif word.isdigit():
            return "9" if len(word) != 4 else "9999"
    elif word.isalpha():
        return "x" if word.islower() else "X" if word.isupper() else "Xx" if word[0].isupper() else "xX"
    mapped = "".join("9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word)
    return "".join(c for i, c in enumerate(mapped) if i == 0 or mapped[i - 1] != c)[:6]


def table_marks(tokens: Tokens, knowledge: Knowledge) -> list[str]:
    """One mark a token: which table holds it and where within the match it stands; empty for most."""
    words = tokens.words
    marks = [""] * len(words)
    for gazetteer, letter in ((knowledge.places, "p"), (knowledge.bodies, "b"), (knowledge.people, "n")):
        for first, last, aliases in gazetteer.matches(words):
            best = aliases[0]
            if best.form == "demonym":
                kind = "d"
            elif letter == "p":
                size = "" if best.entity.kind != "city" else "1" if best.weight >= 1e6 else "2" if best.weight >= 2e5 else "3"
                kind = best.entity.kind[:2] + size
            else:
                kind = letter
            for position in range(first, last):
                where = "U" if last - first == 1 else "B" if position == first else "L" if position == last - 1 else "I"
                marks[position] += kind + where
    return marks


def word_mark(word: str, knowledge: Knowledge) -> str:
    """The mark of a single word: given name, title, organisation's or place's head, verb of saying."""
    folded = fold(word)
    mark = ""
    if folded in knowledge.given_names:
        mark += "g"
    if folded in knowledge.titles.by_first:
        mark += "t"
    if folded in ORG_HEADS:
        mark += "o"
    elif folded in FACILITY_HEADS:
        mark += "f"
    elif folded in PLACE_HEADS:
        mark += "l"
    elif folded in knowledge.says:
        mark += "s"
    elif folded in NEVER:
        mark += "w"
    return mark


def features(tokens: Tokens, knowledge: Knowledge) -> Iterator[list[list[str]]]:
    """The features of every token as strings; the tagger's weights are kept by them.

    They come sentence by sentence, those of very long sentences in pieces: the features of a whole text take 500 times its length.
    """
    words = tokens.words
    vocabulary = set(words)
    lower_of = {word: _DIGITS.sub("0", word.lower()) for word in vocabulary}
    shape_of = {word: shape(word) for word in vocabulary}
    mark_of = {word: word_mark(word, knowledge) for word in vocabulary}
    lowers = [lower_of[word] for word in words]
    shapes = [shape_of[word] for word in words]
    tables = table_marks(tokens, knowledge)
    marks = [mark_of[word] for word in words]
    seen_low = {word for word, form in zip(words, shapes, strict=True) if form == "x"}
    for start, stop in tokens.sentences:
        capitals = sum(shapes[i][0] in "XA" for i in range(start, stop))
        small = sum(shapes[i] == "x" for i in range(start, stop))
        style = "U" if small == 0 and capitals else "T" if capitals > 3 and capitals > 2 * small else ""
        runs = _runs(words, shapes, start, stop) if style != "U" else {}
        for begin in range(start, stop, _PIECE):
            end = min(begin + _PIECE, stop)
            result: list[list[str]] = [[] for _ in range(begin, end)]
            for i in range(begin, end):
                low, form = lowers[i], shapes[i]
                p1 = lowers[i - 1] if i > start else "<s>"
                n1 = lowers[i + 1] if i + 1 < stop else "</s>"
                p2 = lowers[i - 2] if i > start + 1 else "<s>"
                n2 = lowers[i + 2] if i + 2 < stop else "</s>"
                ps = shapes[i - 1] if i > start else "^"
                ns = shapes[i + 1] if i + 1 < stop else "$"
                mark = marks[i]
                table = tables[i]
                found = result[i - begin]
                found += (
                    "b", "w=" + low, "s=" + form + style, "p1=" + p1, "n1=" + n1, "p2=" + p2, "n2=" + n2,
                    "ss=" + ps + "|" + form, "sn=" + form + "|" + ns, "x3=" + low[-3:], "m=" + mark + "/" + form,
                )  # fmt: skip
                if form != "x" or style == "U":
                    found += ("x2=" + low[-2:], "x4=" + low[-4:], "a3=" + low[:3], "a4=" + low[:4], "sss=" + ps + "|" + form + "|" + ns,
                              "pw=" + p1 + "|" + form, "nw=" + n1 + "|" + form)  # fmt: skip
                    if words[i].lower() in seen_low:
                        found.append("low" + ("^" if i == start else ""))
                    if i == start:
                        found.append("^" + form)
                if table:
                    found += ("t=" + table, "tp=" + table + "|" + p1, "tn=" + table + "|" + n1, "ts=" + table + "|" + ps + "|" + ns)
                if i > start and (tables[i - 1] or marks[i - 1]):
                    found.append("-1=" + tables[i - 1] + "/" + marks[i - 1])
                if i + 1 < stop and (tables[i + 1] or marks[i + 1]):
                    found.append("+1=" + tables[i + 1] + "/" + marks[i + 1])
                run = runs.get(i)
                if run is not None:
                    first, last = run
                    before = lowers[first - 1] if first > start else "<s>"
                    after = lowers[last] if last < stop else "</s>"
                    where = f"{min(i - first, 3)}/{min(last - first, 5)}"
                    inner = "".join(sorted({c for j in range(first, last) for c in marks[j]}))
                    found += (
                        "rb=" + before, "ra=" + after, "rba=" + before + "|" + after, "rl=" + where, "rh=" + lowers[last - 1], "rf=" + lowers[first],
                        "ri=" + inner, "rm=" + (marks[first - 1] if first > start else "^") + "|" + (marks[last] if last < stop else "$"),
                        "rt=" + tables[first] + "|" + tables[last - 1] + "|" + where,
                    )  # fmt: skip
            yield result


def _runs(words: Sequence[str], shapes: Sequence[str], start: int, stop: int) -> dict[int, tuple[int, int]]:
    """The run of capitalised words that each token belongs to, inner particles and initials included."""
    found: dict[int, tuple[int, int]] = {}
    position = start
    while position < stop:
        if shapes[position][0] not in "XA":
            position += 1
            continue
        end = position + 1
        while end < stop:
            if shapes[end][0] in "XA":
                end += 1
            elif end + 1 < stop and shapes[end + 1][0] in "XA" and (
                words[end].lower() in PARTICLES or words[end] in ("&", "of") or (words[end] == "." and len(words[end - 1]) == 1)
            ):  # fmt: skip
                end += 2
            else:
                break
        for token in range(position, end):
            found[token] = (position, end)
        position = end
    return found
