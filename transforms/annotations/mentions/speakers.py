"""Speakers without a name: "the man", "one legal expert", "officials", beside a verb of saying."""

from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold, word_set
from transforms.annotations.function_words import (
    ADVERBS,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.mentions.titles import Titles
from transforms.annotations.tokens import Tokens

_LONGEST = 6  # words of such a phrase
_CLAUSE = 40  # words between a sentence's opening and the verb whose subject it holds
_PEOPLE = word_set(
    """
    man woman person people boy girl child kid teen teenager mother father mom mum dad son daughter brother
    sister wife husband parent couple friend neighbour neighbor relative boyfriend girlfriend partner cousin
    uncle aunt grandmother grandfather victim survivor witness resident villager local passenger customer
    student pupil teacher professor doctor nurse patient surgeon physician expert specialist scientist
    geologist biologist physicist historian economist analyst strategist trader dealer broker investor banker
    lawyer attorney prosecutor investigator detective officer policeman soldier veteran fighter militant rebel
    spokesman spokeswoman spokesperson official source aide adviser advisor diplomat envoy negotiator delegate
    lawmaker legislator politician candidate leader activist campaigner protester demonstrator critic opponent
    supporter organiser organizer author researcher writer novelist poet columnist journalist reporter
    correspondent editor publisher photographer director producer actor actress singer musician artist star
    comedian model designer chef player coach manager captain skipper striker midfielder defender goalkeeper
    winger forward quarterback teammate champion athlete driver pilot worker employee farmer fisherman owner
    founder boss executive entrepreneur businessman businesswoman billionaire tycoon priest bishop imam rabbi
    monk nun judge juror suspect defendant refugee migrant immigrant expat veteran volunteer user fan viewer
    host presenter narrator speaker commenter blogger poster shopper buyer seller
    """
)
_ANYBODY = frozenset({"someone", "somebody", "another"})
_OUTSIDE = PREPOSITIONS | RELATIVES | PRONOUNS | MODALS | BE | HAVE | DO | ADVERBS | {"and", "or", "but", "what", "how", "why", "when", "where", "if"}
_IRREGULAR = {"men": "man", "women": "woman", "wives": "wife", "children": "child", "spokesmen": "spokesman", "policemen": "policeman"}


def find_unnamed_speakers(tokens: Tokens, drafts: list[Draft], titles: Titles, cues: Cues) -> list[Draft]:
    """Nominal drafts of unnamed people right before or right behind a verb of saying; their entity stays open.

    `head` is the canonical office where the noun is one ("the Republican governor"), so that coreference may find who holds it.
    """
    held = {token for draft in drafts if draft.kind == "person" for token in range(draft.first, draft.last)}
    words = tokens.words
    found: list[Draft] = []
    for position in sorted(cues.verbs | _sources(words, cues)) if cues.is_english else ():
        start, stop = tokens.sentences[tokens.sentence_of[position]]
        if words[start].lower() in cues.speech.sources:
            start = next((token + 1 for token in range(start, position) if words[token] == ","), start)  # "According to X, one user on Y said"
        span = _phrase_before(words, start, position, cues.speech.verbs)
        if span is None and words[position - 1].lower() in titles.by_first and position > start + 1:
            span = _with_article(words, start, position, cues.speech.verbs)  # "the Republican governor said"
        if span is None and (position in cues.strong or words[position] == "to"):
            span = _phrase_behind(words, position + 1, stop, cues.speech.verbs)
        if span is None or any(token in held for token in range(*span)):
            continue
        held.update(range(*span))
        title = next((title for title in titles.by_first.get(fold(words[span[1] - 1]), ()) if len(title.phrase) == 1), None)
        head = title.office or None if title else None
        found.append(Draft(*span, "person", "rules", form="nominal", confidence=0.55, head=head))
    return found


def _sources(words: list[str], cues: Cues) -> set[int]:
    """The "to" of each "according to", behind which stands who says something."""
    return {token + 1 for token, word in enumerate(words[:-1]) if word.lower() in cues.speech.sources and words[token + 1] == "to"}


def _is_person(word: str) -> bool:
    word = word.lower()
    word = _IRREGULAR.get(word, word)
    return word in _PEOPLE or (word.endswith("s") and word[:-1] in _PEOPLE)


def _is_inside(word: str, verbs: frozenset[str]) -> bool:
    """Whether a word may stand within such a phrase, between its article and its noun."""
    lower = word.lower()
    return word[0].isalpha() and lower not in _OUTSIDE and lower not in verbs


def _phrase_before(words: list[str], start: int, verb: int, verbs: frozenset[str]) -> tuple[int, int] | None:
    """`the Republican governor | said`, `A leader of the largest union | said`: the noun phrase whose verb this is."""
    last = verb
    while last > start and (words[last - 1].lower() in ("also", "then", "has", "had", "later", "have") or words[last - 1].endswith("ly")):
        last -= 1
    if last > start and words[last - 1].lower() in _ANYBODY:
        return last - 1, last
    if last > start and _is_person(words[last - 1]):
        return _with_article(words, start, last, verbs)
    # The phrase may go on with "of …" or "who …" up to the verb when it opens the sentence.
    first = start
    while first < min(start + 3, last) and not words[first][0].isalnum():
        first += 1
    if first < last <= first + _CLAUSE and (words[first].lower() in DETERMINERS or words[first].lower() == "one"):
        for head in range(first + 1, min(first + _LONGEST, last)):
            if _is_person(words[head]) and head + 1 < last and words[head + 1].lower() in ("of", "for", "from", "at", "in", "on", "with", "who", "close", "familiar"):
                inner = words[head + 2 : last]
                return (first, head + 1) if not any(word.lower() in verbs for word in inner) else None
            if not _is_inside(words[head], verbs):
                return None
    return None


def _phrase_behind(words: list[str], first: int, stop: int, verbs: frozenset[str]) -> tuple[int, int] | None:
    """`said | one legal expert`: the noun phrase that an inverted verb opens."""
    if first < stop and words[first].lower() in _ANYBODY:
        return first, first + 1
    if first >= stop or (words[first].lower() not in DETERMINERS and words[first].lower() != "one"):
        return None
    for head in range(first + 1, min(first + _LONGEST, stop)):
        if words[head].endswith("-year-old"):
            return first, head + 1
        if _is_person(words[head]) and not (head + 1 < stop and (_is_person(words[head + 1]) or words[head + 1][0].isupper())):
            return first, head + 1
        if not _is_inside(words[head], verbs):
            return None
    return None


def _with_article(words: list[str], start: int, last: int, verbs: frozenset[str]) -> tuple[int, int] | None:
    first = last - 1
    while first > start and last - first < _LONGEST and _is_inside(words[first - 1], verbs):
        first -= 1
        if words[first].lower() in DETERMINERS or words[first].lower() == "one":
            return first, last
    if first > start and words[first - 1] in ("'s", "’s", "‘s"):
        return first, last  # "the minister's lawyer said"
    # Without an article only a plural speaks: "officials said", "fisheries officials said".
    return (first, last) if words[last - 1].endswith("s") or words[last - 1].lower() in _IRREGULAR else None
