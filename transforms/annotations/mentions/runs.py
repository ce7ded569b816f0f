"""Runs of capitalised words, and what their words tell: organisation, person, or only a name."""

import re
from collections.abc import Mapping, Sequence

from transforms.annotations.folding import fold, word_set
from transforms.annotations.tokens import Tokens

PARTICLES = word_set(
    """
    de da do dos das del della di du la le van von der den ter ten bin bint ibn al el ul ur af av y e ad wa
    ed-din
    """
)
_PREFIXED = re.compile(r"(?:al|el|as|ar|at|ad|az|ash|an|ul|ud|ibn|d|l|dell|dall)[-'’][A-ZÀ-ÞŞÇİĞ]")
_TAILS = word_set(
    """
    based led listed ruled backed run owned held controlled born speaking made funded style era wide bound
    occupied dominated educated trained sponsored registered allied brokered mediated built brand type
    """
)
FIRMS = frozenset({"inc", "corp", "co", "ltd", "bros", "cos", "jr", "sr"})
_INITIAL_STOPS = word_set(
    """
    the a an in on at by for from to of with as and or but if when while after before since until during
    under over he she it they we you i his her its their our my your this that these those there here
    what who which where why how is are was were be been has have had do does did will would can could
    may might must shall should not no yes all some any many most more few several both each every other
    another such than then so also however meanwhile although though because despite about according
    among between against into out up down off only even just still earlier later now today yesterday
    tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december one two three four five six seven eight nine
    ten first second third last next new old former president minister prime mr mrs ms dr sources
    officials police two-year let once unless whether amid instead thus therefore indeed moreover
    nevertheless yet nor neither either
    """
)
_NAMING = frozenset({"new", "old", "first", "second", "third", "one", "ten", "every", "each", "both", "all"})
"""Of them those whose capital inside a sentence belongs to a name: "New York", "First Albany"."""
NEVER = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december i the a an mr mrs ms dr and of in on am pm gmt est edt
    utc ok internet jan feb apr jun jul aug sep sept oct nov dec i've i'm i'll i'd we're we've we'll we'd you're you've you'll they're they've it'll
    don't can't won't isn't aren't didn't doesn't couldn't wouldn't
    """
)
ORG_HEADS = word_set(
    """
    ministry council committee commission bank university party agency association federation union
    organization organisation institute institution academy group company corporation corp inc ltd plc
    llc co gmbh ag sa nv spa department bureau board authority court parliament senate congress assembly
    house office service services command army navy force forces police guard league club fc united
    school college hospital foundation fund trust society center centre network news times post journal
    daily tribune herald gazette press media television tv radio airlines lines airways motors
    industries holdings partners capital securities insurance telecom technologies systems energy oil
    gas petroleum pharmaceuticals laboratories labs museum church movement front alliance coalition
    secretariat chamber exchange cooperative conference tribunal directorate administration division
    brigade battalion regiment fleet newsroom newsdesk desk cabinet syndicate consortium confederation министерство совет
    комитет банк университет партия агентство bakanlığı konseyi ministère conseil comité banque
    université ministerium rat bundesamt universität ministerio consejo comisión banco universidad
    """
)
_OF_HEADS = word_set(
    """
    ministry department bank university institute academy court house chamber board office bureau
    association federation union organization organisation confederation league church council committee
    commission college school bureau center centre museum society secretariat assembly movement front
    party party's army
    """
)
FACILITY_HEADS = word_set(
    """
    airport stadium bridge palace prison base port station tower hall street avenue square road highway
    arena theatre theater cathedral mosque temple plaza canal dam mall hotel refinery plant terminal
    """
)
PLACE_HEADS = word_set(
    """
    province region district county oblast river lake sea ocean mountains mountain valley island islands
    peninsula bay gulf strait desert city village town state territory coast beach park forest hills
    cape republic
    """
)


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter and is no adjective of a name ("London-based", "U.S.-led")."""
    return word[0].isupper() and not ("-" in word and word.rsplit("-", 1)[1] in _TAILS)


def inner_words(words: Sequence[str], position: int, stop: int, initial: int = 1) -> int:
    """How many words without a capital go on a name at `position`: "de la" before Madrid, "al-Khatib", the stop of an initial.

    `initial` is the most letters before a full stop that does not end the name. 0: the name ends here.
    """
    if _PREFIXED.match(words[position]):
        return 1
    size = 0
    while position + size < stop and size < 2 and not is_capital(words[position + size]) and fold(words[position + size]) in PARTICLES:
        size += 1
    size = size or (words[position] == "." and len(words[position - 1]) <= initial)
    following = words[position + size] if position + size < stop else ""
    return int(size) if following and (is_capital(following) or _PREFIXED.match(following)) else 0


def capital_runs(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """Maximal runs of capitalised words within tokens `first` to before `last`, inner particles included."""
    words = tokens.words
    runs: list[tuple[int, int]] = []
    position = first
    while position < last:
        if not is_capital(words[position]) or fold(words[position]) in NEVER:
            position += 1
            continue
        end = position + 1
        while end < last and tokens.is_adjacent(end - 1):
            if is_capital(words[end]) and fold(words[end]) not in NEVER:
                end += 1
            elif words[end] == "&" and end + 1 < last and is_capital(words[end + 1]):
                end += 2
            elif size := inner_words(words, end, last):
                end += size
            else:
                break
        runs.append((position, end))
        position = end
    return runs


def trim_start(tokens: Tokens, first: int, last: int, common: Mapping[str, bool]) -> int:
    """The first token of a run that belongs to a name: a sentence's opening word is often only that.

    `common` are words that a capital does not make a name, and whether they open sentences in front of one; alone none is a name.
    """
    sentence_first = tokens.sentences[tokens.sentence_of[first]][0]
    words = tokens.words
    opens = all(not words[t][0].isalnum() for t in range(sentence_first, first))
    while first < last:
        folded = fold(words[first])
        if (folded in _INITIAL_STOPS and (opens or folded not in _NAMING)) or (opens and folded in common and (common[folded] or last - first == 1)):
            first += 1
            opens = False
            continue
        break
    return first


def kind_of_run(tokens: Tokens, first: int, last: int) -> str | None:
    """`organization`, `facility` or `region` where a head word says so, else None."""
    tail = fold(tokens.words[last - 1])
    if last - first > 1:
        if tail in ORG_HEADS:
            return "organization"
        if tail in FACILITY_HEADS:
            return "facility"
        if tail in PLACE_HEADS:
            return "region"
    head = fold(tokens.words[first])
    if head in ORG_HEADS and head in _OF_HEADS and last < len(tokens) and fold(tokens.words[last]) in ("of", "for"):
        return "organization"
    return None


def extend_of(tokens: Tokens, first: int, last: int, stop: int) -> int:
    """The end of an organisation's name with its "of …": Ministry of Foreign Affairs, Bank of England."""
    words = tokens.words
    if fold(words[last - 1]) not in _OF_HEADS or last - first > 2:
        return last
    end = last
    if end + 1 < stop and fold(words[end]) in ("of", "for"):
        after = end + 1
        if fold(words[after]) == "the" and after + 1 < stop:
            after += 1
        if is_capital(words[after]):
            end = after + 1
            while end < stop and tokens.is_adjacent(end - 1) and is_capital(words[end]):
                end += 1
            if end + 1 < stop and fold(words[end]) == "and" and is_capital(words[end + 1]) and fold(words[last - 1]) in ("ministry", "department"):
                end += 2
                while end < stop and is_capital(words[end]):
                    end += 1
            return end
    return last
