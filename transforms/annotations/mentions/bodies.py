"""Organisations by their words: bodies that tables know, heads such as "Ministry", places at the end, firms."""

import re

from transforms.annotations.annotation import EntityKind
from transforms.annotations.folding import fold, fold_name, word_set
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.people import Match
from transforms.annotations.mentions.runs import (
    FIRMS,
    NEVER,
    ORG_HEADS,
    capital_runs,
    extend_of,
    is_capital,
    kind_of_run,
    trim_start,
)
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_AREAS = word_set(
    """
    North South East West Northern Southern Eastern Western Northwest Northeast Southeast Southwest Central Upper
    Lower Greater Inner Outer Mid New Old Baja Metropolitan Downtown Fort Port Lake Mount Little Soviet
    Communist Nazi
    """
)


_SMALL_WORDS = re.compile(r"[\s\-]+(?:(?:of|the|and|for|e|de|la|di|du)[\s\-]+)*")


def is_body(tokens: Tokens, match: Match, reference: AnnotationReference) -> bool:
    first, last, aliases = match
    if first > 0 and aliases[0].entity.sector == "PTY" and is_capital(tokens.words[first - 1]) and tokens.is_adjacent(first - 1):
        # "Kurdistan Democratic Party" is not the Democratic Party; "German Social Democratic Party" is longer too.
        return fold(tokens.words[first - 1]) in NEVER or first == tokens.sentences[tokens.sentence_of[first]][0]
    if aliases[0].is_acronym and is_defined_otherwise(tokens, tokens.words[first], aliases[0].entity.name):
        return False
    if last - first > 1:
        return is_capital(tokens.words[first]) or is_capital(tokens.words[last - 1])
    word = tokens.words[first]
    # "is", "who", "it" in capitals within a line of capitals are no acronyms.
    if len(word) <= 3 and aliases[0].is_acronym:
        start, stop = tokens.sentences[tokens.sentence_of[first]]
        return any(w.islower() for w in tokens.words[start:stop])
    return is_capital(word) or aliases[0].surface[0].islower()


def is_defined_otherwise(tokens: Tokens, acronym: str, name: str) -> bool:
    """Whether the text itself spells an acronym out, as something else: "artificial pancreas (AP)", "Pakistan Tehreek-e-Insaf (PTI)"."""
    at = tokens.text.find(f"({acronym})")
    if at < 0:
        return False
    words = [word for word in _SMALL_WORDS.split(tokens.text[max(0, at - 14 * len(acronym)) : at]) if word][-len(acronym) :]
    spells = len(words) == len(acronym) and all(word[0].lower() == letter.lower() for word, letter in zip(words, acronym, strict=True))
    return spells and not set(map(fold, words)) & set(fold_name(name))


def take_organisations(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Names whose last word says that they are organisations or facilities."""
    for start, stop in tokens.sentences:
        if not any(word.islower() for word in tokens.words[start:stop]):
            continue
        for first, last in capital_runs(tokens, start, stop):
            first = trim_start(tokens, first, last, reference.common_words)
            while first < last and (owner := taken.owner(first)) is not None:
                first = owner.last
            end = first
            while end < last and taken.owner(end) is None:
                end += 1
            if first >= end:
                continue
            kind = kind_of_run(tokens, first, end)
            if kind in ("organization", "facility", "region"):
                end = extend_of(tokens, first, end, stop) if kind == "organization" else end
                label: EntityKind = "organization" if kind == "organization" else "facility" if kind == "facility" else "region"
                if end - first > 1:
                    taken.add(Draft(first, end, label, "rules", confidence=0.8))


def take_named_by_place(tokens: Tokens, taken: Taken, places: dict[int, Match], reference: AnnotationReference) -> None:
    """Organisations that bear a place at the end of their name: "Radio Romania", "Rapid Vienna", "Harbour Watch England"."""
    words = tokens.words
    for start, stop in tokens.sentences:
        if sum(word[0].isupper() for word in words[start:stop]) * 2 > stop - start:
            continue
        for first, last in capital_runs(tokens, start, stop):
            match = places.get(last)
            if match is None or not any(word[0].isalnum() for word in words[start:first]) or not first < match[0] <= first + 3 or match[2][0].form != "name" or not taken.is_free(first, last):
                continue
            if all((is_unknown(words[token], reference) or fold(words[token]) in ORG_HEADS) and words[token].isalpha() and words[token] not in _AREAS for token in range(first, match[0])):
                taken.add(Draft(first, last, "organization", "rules", confidence=0.7))


def is_unknown(word: str, reference: AnnotationReference) -> bool:
    """Whether no table holds a word in any sense, so that only a name explains its capital."""
    folded = fold(word)
    known = folded in NEVER or folded in reference.titles.by_first or folded in ORG_HEADS or folded in reference.given_names
    return not known and len(word) > 2 and not word.endswith("s") and not reference.places.find(word)


def join_firms(tokens: Tokens, taken: Taken) -> None:
    """The full stop of "Corp." belongs to the name; "Douglas & Lomason" is one firm."""
    words = tokens.words
    for draft in taken.drafts:
        if draft.form != "name" or taken.owner(draft.first) is not draft:
            continue
        if draft.last + 1 < len(words) and words[draft.last] == "&":
            right = taken.owner(draft.last + 1)
            if right is not None and right.first == draft.last + 1 and draft.kind != "country":
                taken.remove(draft)
                taken.remove(right)
                taken.add(Draft(draft.first, right.last, "organization", "rules", confidence=0.8))
                continue
        if draft.last < len(words) and words[draft.last] == "." and tokens.starts[draft.last] == tokens.ends[draft.last - 1] and fold(words[draft.last - 1]) in FIRMS and draft.last - draft.first > 1 and not draft.candidates:
            taken.remove(draft)
            draft.last += 1
            taken.add(draft)
