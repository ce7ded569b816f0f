"""One name, one kind: what most and the surest mentions of an article say holds for the doubtful ones."""

from collections import defaultdict

from transforms.annotations.annotation import EntityKind
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.tokens import Tokens

GUESSES = 1.2
"""What all guesses at one word weigh together at most; a full name weighs about 2."""
_PLACES = frozenset({"country", "city", "region", "facility", "place"})


def agree(tokens: Tokens, taken: Taken) -> None:
    """Set the kind of tagged names to the kind that the article's mentions of the same words vote for.

    A longer name votes for its parts: "Boris Yeltsin" for "Yeltsin" as a person, "Pirelli SpA" for "Pirelli".
    Names from tables and titles are not changed, and their votes count threefold.
    """
    votes: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    kinds: dict[tuple[str, ...], dict[str, EntityKind]] = defaultdict(dict)
    words = tokens.words
    for draft in taken.drafts:
        if draft.form != "name" or draft.kind == "other":
            continue
        group = _group(draft.kind)
        key = tuple(words[draft.first : draft.last])
        # A single word's kind is a guess of the tagger; a full name, a title or a table knows.
        weight = draft.confidence * (3.0 if not _is_open(draft) else 1.0 if len(key) > 1 else 0.4)
        # However often a tagger guesses one word, it is one guess.
        is_guess = len(key) == 1 and _is_open(draft)
        votes[key][group] = max(votes[key][group], min(votes[key][group] + weight, GUESSES)) if is_guess else votes[key][group] + weight
        kinds[key].setdefault(group, draft.kind)
        if len(key) > 1 and group == "person":
            votes[key[-1:]][group] += 2.0 * weight
            kinds[key[-1:]].setdefault(group, draft.kind)
            votes[key[:1]][group] += weight
            kinds[key[:1]].setdefault(group, draft.kind)
        elif len(key) > 1 and group == "organization" and len(key[0]) > 3:
            votes[key[:1]][group] += 2.0 * weight
            kinds[key[:1]].setdefault(group, draft.kind)
    for draft in taken.drafts:
        if draft.form != "name" or draft.kind == "other" or not _is_open(draft):
            continue
        key = tuple(words[draft.first : draft.last])
        tally = votes[key]
        best = max(sorted(tally), key=lambda group: tally[group])
        if best != _group(draft.kind):
            draft.kind = kinds[key][best]


def _group(kind: str) -> str:
    return "place" if kind in _PLACES else kind


def _is_open(draft: Draft) -> bool:
    """Whether nothing but a tagger or a bare rule says what the name is."""
    return not draft.candidates and draft.source != "table" and draft.office is None and draft.head is None
