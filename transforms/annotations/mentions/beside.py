"""What the common noun beside a name says it is: "the Al-Fajr newspaper", "Sikhin village", "the town of Moengo"."""

from transforms.annotations.annotation import EntityKind
from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import NEVER, is_capital, trim_start
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_MEDIA = word_set("newspaper newspapers daily tabloid magazine broadcaster")
_PLACES = word_set("province village town suburb neighborhood neighbourhood prefecture archipelago peninsula airport mosque checkpoint")
_OF_PLACES = word_set("town village city province suburb port island district region hamlet settlement resort")
_LONGEST = 3


def take_beside(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Take, or give another kind to, names that a noun in small letters follows, or that follow "town of". English."""
    words = tokens.words
    for at, word in enumerate(words):
        kind: EntityKind | None = "organization" if word in _MEDIA else "place" if word in _PLACES else None
        if kind is not None and at > 0 and is_capital(words[at - 1]) and tokens.is_adjacent(at - 1):
            first = at - 1
            start = tokens.sentences[tokens.sentence_of[at]][0]
            while first > start and at - first < _LONGEST and is_capital(words[first - 1]) and taken.owner(first - 1) is taken.owner(at - 1):
                first -= 1
            _take(tokens, taken, reference, trim_start(tokens, first, at, reference.common_words), at, kind)
        elif word == "of" and at > 0 and words[at - 1] in _OF_PLACES and at + 1 < len(words) and is_capital(words[at + 1]):
            last = at + 2
            while last < len(words) and last - at <= _LONGEST and is_capital(words[last]) and taken.owner(last) is taken.owner(at + 1):
                last += 1
            _take(tokens, taken, reference, at + 1, last, "place")


def _take(tokens: Tokens, taken: Taken, reference: AnnotationReference, first: int, last: int, kind: EntityKind) -> None:
    if first >= last:
        return
    owner = taken.owner(first)
    if owner is not None:
        # What a table or rule knows stands; a tagger saw only the name's looks.
        is_tagged = reference.tagger is not None and owner.source == reference.tagger.name
        if is_tagged and owner.first >= first and owner.last == last and owner.kind in ("person", "organization", "other", "place"):
            owner.kind = kind
        return
    is_name = all(fold(word) not in NEVER and len(word) > 1 for word in tokens.words[first:last]) and not tokens.words[first].endswith(("an", "ese", "ish", "i"))
    if is_name and taken.is_free(first, last):
        taken.add(Draft(first, last, kind, "rules", confidence=0.7))
