"""Companies that tables know, with their "Inc" and "Group", where the words beside them leave the name alone."""

from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import FIRMS, NEVER, ORG_HEADS, is_capital, trim_start
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_SUFFIXES = (FIRMS - {"jr", "sr"}) | word_set("plc se ag sa nv ab asa oyj spa llc kk company group corporation holdings international")
_STOPPED = FIRMS - {"jr", "sr"}
_FOLLOWERS = word_set("ceo cfo coo co-ceo chairman chairwoman spokesman spokeswoman shares")


def take_companies(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Take the companies of the table; a single word beside other capitals may be a part of any name and is left to the tagger."""
    words = tokens.words
    for first, last, aliases in reference.companies.matches(words):
        start, stop = tokens.sentences[tokens.sentence_of[first]]
        if not any(word.islower() for word in words[start:stop]) or (first > start and _joins_before(tokens, first, reference)):
            continue
        end = last
        if aliases[0].entity.name == f"{aliases[0].surface}'s":
            if last >= stop or words[last] not in ("'s", "’s"):
                continue  # "Moody" alone may be anybody.
            end = last = last + 1
        while end < stop and tokens.is_adjacent(end - 1) and is_capital(words[end]) and fold(words[end]) in _SUFFIXES:
            end += 1
        if end > last and end < stop and words[end] == "." and tokens.starts[end] == tokens.ends[end - 1] and fold(words[end - 1]) in _STOPPED:
            end += 1
        if end == last and _goes_on(tokens, end, stop, reference, is_single=last - first == 1):
            continue
        taken.add(Draft(first, end, "organization", "table", confidence=0.9, candidates=aliases))


def _joins_before(tokens: Tokens, first: int, reference: AnnotationReference) -> bool:
    """Whether the word in front belongs to the same name: "Harrison Ford", "Radio Liberation"."""
    word = tokens.words[first - 1]
    if not tokens.is_adjacent(first - 1) or not is_capital(word) or not word[0].isalpha() or fold(word) in NEVER:
        return word == "&"
    if fold(word) in reference.titles.by_first or word.endswith("-based"):
        return False
    place = reference.places.find(word)
    return not (place and place[0].form == "demonym") and trim_start(tokens, first - 1, first, reference.common_words) < first


def _goes_on(tokens: Tokens, end: int, stop: int, reference: AnnotationReference, is_single: bool) -> bool:
    """Whether capitals behind a company's name may make it another name: "Apple Music", "Tata Steel Europe Foundation"."""
    words = tokens.words
    if end >= stop or not tokens.is_adjacent(end - 1):
        return False
    if words[end] == "&":
        return True
    if not is_capital(words[end]) or not words[end][0].isalpha() or fold(words[end]) in NEVER:
        return False
    folded = fold(words[end])
    if folded in reference.titles.by_first or folded in _FOLLOWERS:
        return False
    return is_single or folded in ORG_HEADS
