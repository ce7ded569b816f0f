"""How many were killed, injured or arrested, as minimum and maximum."""

from collections.abc import Mapping

from transforms.annotations.annotation import EventSize
from transforms.annotations.events.grammar import PASSIVE_SUBJECTS, Grammar
from transforms.annotations.events.matching import Matcher

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "a": 1, "an": 1}  # fmt: skip
PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
AT_LEAST = frozenset({"least", "over", "than", "exceeding", "minimum", "almost", "nearly"})
LESS = frozenset({"fewer", "less"})
# First letters of the tags of verbs, nouns and adjectives.
CONTENT = frozenset("VNJ")
PEOPLE_LIMIT = 2_000_000


def find_sizes(g: Grammar, matcher: Matcher, kinds: Mapping[str, str]) -> tuple[EventSize, ...]:
    """Sizes that the sentence gives, one per kind (`dead`, `injured`, `arrested`), in order of the text.

    `kinds` holds the kind that a lemma counts.
    """
    found: dict[str, EventSize] = {}
    p = g.p
    for i, lower in enumerate(p.lowers):
        if p.tags[i][:1] not in CONTENT:
            continue
        kind = kinds.get(matcher.lemma(i)) or kinds.get(lower)
        if kind is not None and kind not in found:
            bounds = next((b for n in counted(i, g) if (b := count_of(n, g)) is not None), None)
            if bounds is not None and (bounds[0] or 0) < PEOPLE_LIMIT:
                found[kind] = EventSize(kind=kind, minimum=bounds[0], maximum=bounds[1])
    return tuple(found.values())


def counted(i: int, g: Grammar) -> list[int]:
    """Tokens that may carry the number: the patient of a verb, the noun itself, what "dead" is said of."""
    p = g.p
    if g.is_verb(i):
        found = list(g.patients(i))
        if p.deps[i] == "acl" or (p.tags[i] == "VBN" and not found):
            found.append(p.heads[i])
        if p.lowers[i] in ("died", "die", "dying"):
            found += g.subjects(i)
        return found
    found = [i]
    if p.heads[i] != i:
        found.append(p.heads[i])
        found += [
            c for c in p.children[p.heads[i]] if p.deps[c] in ("nsubj", "dobj", *PASSIVE_SUBJECTS) and c != i
        ]
    return found


def count_of(n: int, g: Grammar) -> tuple[int | None, int | None] | None:
    p = g.p
    tokens = [n] if p.tags[n] == "CD" or p.lowers[n] in PLURALS else []
    tokens += [c for c in p.children[n] if p.deps[c] == "nummod" or p.lowers[c] in PLURALS]
    tokens += [c for c in p.children[n] if p.deps[c] == "det" and p.lowers[c] in ("a", "an")]
    for token in tokens:
        lower = p.lowers[token]
        if lower in PLURALS:
            return PLURALS[lower], None
        number = to_number(token, g)
        if number is None:
            continue
        before = {p.lowers[k] for k in range(max(0, token - 3), token)}
        if before & LESS:
            return None, number
        if "between" in before and token + 2 < len(p) and p.lowers[token + 1] == "and":
            upper = to_number(token + 2, g)
            return number, upper
        if ("up" in before and "to" in before) or ("at" in before and "most" in before):
            return None, number
        if before & AT_LEAST:
            return number, None
        return number, number
    return None


def to_number(token: int, g: Grammar) -> int | None:
    p = g.p
    lower = p.lowers[token].replace(",", "")
    scale = 1
    if lower in SCALES:
        scale = SCALES[lower]
        inner = [
            c for c in p.children[token] if c < token and (p.lowers[c] in NUMBERS or p.words[c][0].isdigit())
        ]
        if not inner:
            return scale
        lower = p.lowers[inner[-1]].replace(",", "")
    if lower.isascii() and lower.isdigit() and len(lower) < 8:
        return int(lower) * scale
    parts = [NUMBERS.get(part) for part in lower.split("-")]
    numbers = [part for part in parts if part is not None]
    if numbers and len(numbers) == len(parts):
        return sum(numbers) * scale
    return None
