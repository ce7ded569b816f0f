"""Teams and clubs that a table knows: by full names anywhere, by short names in reports of sport."""

from transforms.annotations.folding import fold, word_set
from transforms.annotations.gazetteer import Alias
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import NEVER, is_capital, trim_start
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

POSITIONS = frozenset(["QB", "RB", "WR", "TE", "LB", "CB", "DL", "DE", "DT", "OL", "OT", "OG", "LT", "RT", "LG", "RG", "SS", "FS", "FB", "MLB", "RHP", "LHP", "SP", "RP", "CF", "RF", "LF", "DH", "PG", "SG", "SF", "PF", "LW", "RW", "GM"])
"""How American reports write a player's position between team and name: "Browns DL Jo Hale"."""
_IN = word_set("in at near from to outside around of into through across toward towards via")


def take_known_teams(tokens: Tokens, taken: Taken, reference: AnnotationReference, is_sport: bool) -> None:
    """Take teams by their names; `is_sport` says that the text is a report of sport, where "Kings" and "Liverpool" are teams."""
    words = tokens.words
    for first, last, aliases in reference.teams.matches(words):
        start, stop = tokens.sentences[tokens.sentence_of[first]]
        if not any(word.islower() for word in words[start:stop]):
            continue
        is_full = last - first > 1 and any(alias.surface == alias.entity.name for alias in aliases)
        if is_full or (is_sport and _stands_alone(tokens, first, last, reference)):
            taken.add(Draft(first, last, "organization", "table", confidence=0.9 if is_full else 0.8, candidates=_sure(aliases)))


def _sure(aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    """The aliases of a short name if they are all one team's: "Giants" leads to none."""
    return aliases if len({alias.entity.key for alias in aliases}) == 1 else ()


def _stands_alone(tokens: Tokens, first: int, last: int, reference: AnnotationReference) -> bool:
    """Whether a short name is neither part of a longer name nor, as a town's, a place here."""
    words = tokens.words
    start, stop = tokens.sentences[tokens.sentence_of[first]]
    if any(not is_capital(word) for word in words[first:last] if word[0].isalpha()):
        return False
    before = words[first - 1] if first > start and tokens.is_adjacent(first - 1) else ""
    after = words[last] if last < stop and tokens.is_adjacent(last - 1) else ""
    if before[:1].isalpha() and is_capital(before) and fold(before) not in NEVER and fold(before) not in reference.titles.by_first:
        place = reference.places.find(before)
        if not (place and place[0].form == "demonym") and trim_start(tokens, first - 1, first, reference.common_words) < first:
            return False
    if after[:1].isalpha() and is_capital(after) and after not in POSITIONS and fold(after) not in NEVER and fold(after) not in reference.titles.by_first:
        return False
    if reference.places.find(" ".join(words[first:last])):
        is_dateline = first == start and (words[first].isupper() or after[:1].isdigit())
        is_followed = after == "," and last + 1 < stop and bool(reference.places.find(words[last + 1]))
        return fold(before) not in _IN and not is_followed and not is_dateline
    return True
