"""Which spellings of places are places here: given names, surnames and common words are not."""

from collections.abc import Set

from transforms.annotations.folding import fold, word_set
from transforms.annotations.gazetteer import Alias, Gazetteer
from transforms.annotations.mentions.people import Match
from transforms.annotations.mentions.runs import NEVER, ORG_HEADS, is_capital
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

AT = word_set(
    """
    in at from near to outside around into through across toward towards via
    """
)
_HEADS_BEFORE = word_set("Lake Lac Mount Mt Fort Port Saint St Queen King Prince Princess Duke")
SMALL_CITY = 150_000


def is_place(tokens: Tokens, match: Match, reference: AnnotationReference, small: Set[str]) -> bool:
    """Whether a spelling of a place is one here: given names, surnames and common words are not, nor what the text
    or its language also writes in small letters (`small`): a Spanish "La" opens a sentence, and is no L.A."""
    first, last, aliases = match
    words = tokens.words
    best = aliases[0]
    is_single = last - first == 1 and best.form == "name" and best.entity.kind in ("city", "region")
    if is_single and words[first].lower() in small:
        return _stands_as_place(tokens, first, last)
    if best.entity.kind == "city" and names_county(words, last):
        return False
    if best.entity.kind == "region" and last - first == 1 and len(fold(words[first])) == 2:
        if words[first].isalpha() and words[first].isupper():
            return first > 1 and words[first - 1] == "," and is_capital(words[first - 2])  # "Houston, TX"
        return any(alias.surface.rstrip(".") == words[first].rstrip(".") for alias in aliases)  # "N.J.", not "M.D."
    if is_single and first > 0 and is_capital(words[first - 1]) and fold(words[first - 1]) in _HEADS_BEFORE:
        return False  # "Lake Victoria", "Queen Victoria"
    if last - first == 1 and is_capitals_alone(words[first], best) and not _is_in_capitals(tokens, first):
        return False
    if last < len(words) and words[last] == "$":
        return False  # "US$ 5"
    if best.form == "demonym" or best.entity.kind == "country" or last - first > 1:
        if best.entity.kind == "country" and best.form == "name":
            return not _is_in_name(tokens, first, last, reference, is_small=False)
        return True
    if fold(words[first]) in reference.common_words or fold(words[first]) in reference.given_names:
        if _stands_as_place(tokens, first, last):
            return best.weight >= SMALL_CITY
        return best.weight >= 1_000_000 and not _is_in_name(tokens, first, last, reference, is_small=True)
    if _is_in_name(tokens, first, last, reference, is_small=True):
        return False
    return best.entity.kind != "city" or best.weight >= SMALL_CITY or _stands_as_place(tokens, first, last)


def without_prose(words: list[str], match: Match, gazetteer: Gazetteer) -> Match:
    """A table's match less the small words at its edges, where what is left means the same: "Guangdong province", "mainland China"."""
    first, last, aliases = match
    while last - first > 1 and words[first].islower():
        first += 1
    while last - first > 1 and words[last - 1].islower():
        last -= 1
    is_same = (first, last) != match[:2] and any(alias.entity.key == aliases[0].entity.key for alias in gazetteer.find(" ".join(words[first:last])))
    return (first, last, aliases) if is_same else match


def names_county(words: list[str], last: int) -> bool:
    """Whether a name is a county's: "Orange County", "Riverside and San Bernardino Counties"."""
    for word in words[last : last + 12]:
        if word in ("County", "Counties", "counties"):
            return True
        if not (is_capital(word) or word in (",", "and")):
            return False
    return False


def is_capitals_alone(surface: str, alias: Alias) -> bool:
    """Whether a short word of capitals would be another spelling of a city: DACA is a programme, and Dhaka in Basque."""
    return alias.entity.kind == "city" and surface.isupper() and surface.isalpha() and len(surface) < 6 and fold(alias.entity.name) != fold(surface)


def _is_in_capitals(tokens: Tokens, token: int) -> bool:
    first, last = tokens.sentences[tokens.sentence_of[token]]
    return not any(word.islower() for word in tokens.words[first:last])


def _is_in_name(tokens: Tokens, first: int, last: int, reference: AnnotationReference, is_small: bool) -> bool:
    """Whether the place's word is a part of a person's name: "Jordan Pickford", "Michael Jordan"."""
    words = tokens.words
    if first > 0 and is_capital(words[first - 1]) and fold(words[first - 1]) in reference.given_names and tokens.is_adjacent(first - 1):
        return True
    if last >= len(words) or not is_capital(words[last]) or not tokens.is_adjacent(last - 1) or words[last].isupper():
        return False
    follower = fold(words[last])
    if fold(words[first]) in reference.given_names:
        return follower not in NEVER
    # "Paris Monroe" is no city, "Paris police chief" and "in Paris Monday" are.
    is_plain = first > 0 and words[first - 1].lower() in AT
    return last - first == 1 and is_small and not is_plain and follower not in NEVER and follower not in reference.titles.by_first


def _stands_as_place(tokens: Tokens, first: int, last: int) -> bool:
    words = tokens.words
    if first > 0 and words[first - 1].lower() in AT:
        return True
    return last + 1 < len(words) and words[last] == "," and is_capital(words[last + 1]) and first > 0 and words[first - 1].lower() in (*AT, "of", "and", ",")


def continues(tokens: Tokens, last: int, kind: str) -> bool:
    """Whether a name goes on behind a place: "West Bank Council", and where the place is no country "New York Cotton Exchange"."""
    words = tokens.words
    for position in range(last, min(last + (1 if kind == "country" else 3), len(words))):
        if not is_capital(words[position]) or not tokens.is_adjacent(position - 1):
            return False
        if fold(words[position]) in ORG_HEADS:
            return True
    return False
