"""Surnames met again in another case: "Токаевым" after "Касым-Жомарт Токаев"."""

from transforms.annotations.folding import fold
from transforms.annotations.inflection import bases
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import is_capital
from transforms.annotations.tokens import Tokens

_SHORTEST = 5  # letters of a surname that is looked for: the cases of short ones are words of their own


def take_inflected(tokens: Tokens, taken: Taken) -> None:
    """Take single words that are, in some case, the surname of a person whom the text names in full."""
    surnames: set[str] = set()
    for draft in taken.drafts:
        if draft.kind == "person" and draft.form == "name" and draft.last - draft.first > 1:
            surname = tokens.words[draft.last - 1]
            surnames.update(base for base in (fold(surname), *bases(surname)) if len(base) >= _SHORTEST)
    if not surnames:
        return
    for token, word in enumerate(tokens.words):
        if len(word) > _SHORTEST and is_capital(word) and taken.owner(token) is None and not surnames.isdisjoint(bases(word)):
            taken.add(Draft(token, token + 1, "person", "rules", confidence=0.7))
