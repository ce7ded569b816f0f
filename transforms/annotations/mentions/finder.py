"""All names of one field: gazetteers, titles, the tagger and the rules of the wire, brought to one answer."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from transforms.annotations.annotation import EntityKind
from transforms.annotations.folding import fold, word_set
from transforms.annotations.gazetteer import Alias
from transforms.annotations.mentions.agreement import agree
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.people import Match, Offices
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
from transforms.annotations.mentions.sport import is_about_sport, take_teams
from transforms.annotations.mentions.titles import find_titles
from transforms.annotations.reference import AnnotationReference, TaggedSpan
from transforms.annotations.tokens import Tokens

_LABELS: dict[str, EntityKind] = {"PER": "person", "ORG": "organization", "LOC": "place", "FAC": "facility", "MISC": "other"}
_AT = word_set(
    """
    in at from near to outside around into through across toward towards via
    """
)
_SPEECH = word_set(
    """
    said says told added noted stressed announced stated told wrote asked replied
    """
)
_LOOSE = word_set(
    """
    the a an of in on at by for and or to from with 's ’s
    """
)
_NO_ROLE = word_set(
    """
    that in on at by for from to with as and or but of the a an it he she they his her their its this
    these we was were is are
    """
)
_DASHES = frozenset({"–", "—", "―", "/"})
SMALL_CITY = 150_000
COUNTY = "County"


def find_names(tokens: Tokens, reference: AnnotationReference) -> list[Draft]:
    """Drafts of all names and nominals in order of the text; names do not overlap one another."""
    places = [match for match in reference.places.matches(tokens.words) if _is_place(tokens, match, reference)]
    bodies = [match for match in reference.bodies.matches(tokens.words) if _is_body(tokens, match, reference)]
    people = [match for match in reference.people.matches(tokens.words) if match[1] - match[0] > 1]
    taken = Taken(len(tokens))
    nominals: list[Draft] = []
    for first, last, aliases in people:
        taken.add(Draft(first, last, "person", "table", confidence=0.98, candidates=aliases))
    for first, last, aliases in bodies:
        taken.add(Draft(first, last, "organization", "table", confidence=0.95, candidates=aliases))
    offices = Offices(
        tokens,
        reference,
        {match[0]: match for match in places},
        {match[1]: match for match in places},
        {match[0]: match for match in bodies},
        {match[1]: match for match in bodies},
    )
    offices.set_people(frozenset(match[0] for match in people))
    for hit in find_titles(tokens, reference.titles):
        for draft in offices.read(hit, taken):
            if draft.form == "name":
                known = taken.owner(draft.first)
                if known and known.kind == "person":
                    known.office = known.office or draft.office
                    known.country_code = known.country_code or draft.country_code
                    known.sector = known.sector or draft.sector
                    known.head = known.head or draft.head
                elif known is None:
                    taken.add(draft)
            else:
                nominals.append(draft)
    for first, last, aliases in places:
        if last - first > 1 and aliases[0].entity.kind != "city" and not _continues(tokens, last):
            taken.add(Draft(first, last, aliases[0].entity.kind, "table", form=aliases[0].form, confidence=0.95, candidates=aliases))
    if is_about_sport(tokens):
        take_teams(tokens, taken, reference)
    _organisations(tokens, taken, reference)
    if reference.tagger is not None:
        starts = {match[0]: match for match in places}
        titled = {token for draft in nominals for token in range(draft.first, draft.last)}
        for span in reference.tagger.tag(tokens):
            for part in _parts(tokens.words, span):
                _take_tagged(tokens, taken, part, reference, starts, titled)
    called = {word for draft in taken.drafts if draft.kind == "person" and draft.last - draft.first > 1 for word in tokens.words[draft.first : draft.last]}
    for first, last, aliases in places:
        if last - first == 1 and aliases[0].entity.kind not in ("country", "other") and tokens.words[first] in called and aliases[0].form == "name":
            continue  # "Taylor" beside "Taylor Swift" is no town.
        taken.add(Draft(first, last, aliases[0].entity.kind, "table", form=aliases[0].form, confidence=0.95, candidates=aliases))
    _remaining(tokens, taken, reference)
    _join_firms(tokens, taken)
    agree(tokens, taken)
    _repeated(tokens, taken)
    drafts = sorted([*taken.drafts, *nominals], key=lambda draft: (draft.first, -draft.last))
    return drafts


def _is_body(tokens: Tokens, match: Match, reference: AnnotationReference) -> bool:
    first, last, aliases = match
    if first > 0 and aliases[0].entity.sector == "PTY" and is_capital(tokens.words[first - 1]) and tokens.is_adjacent(first - 1):
        # "Kurdistan Democratic Party" is not the Democratic Party; "German Social Democratic Party" is longer too.
        return fold(tokens.words[first - 1]) in NEVER or first == tokens.sentences[tokens.sentence_of[first]][0]
    if aliases[0].is_acronym and _is_defined_otherwise(tokens, tokens.words[first]):
        return False
    if last - first > 1:
        return is_capital(tokens.words[first]) or is_capital(tokens.words[last - 1])
    word = tokens.words[first]
    # "is", "who", "it" in capitals within a line of capitals are no acronyms.
    if len(word) <= 3 and aliases[0].is_acronym:
        start, stop = tokens.sentences[tokens.sentence_of[first]]
        return any(w.islower() for w in tokens.words[start:stop])
    return is_capital(word) or aliases[0].surface[0].islower()


def _is_defined_otherwise(tokens: Tokens, acronym: str) -> bool:
    """Whether the text itself spells an acronym out in small letters: "artificial pancreas (AP)"."""
    at = tokens.text.find(f"({acronym})")
    if at < 0:
        return False
    words = tokens.text[max(0, at - 12 * len(acronym)) : at].split()[-len(acronym) :]
    return len(words) == len(acronym) and all(word[0].lower() == letter.lower() for word, letter in zip(words, acronym, strict=True)) and any(word[0].islower() for word in words)


def _is_place(tokens: Tokens, match: Match, reference: AnnotationReference) -> bool:
    """Whether a spelling of a place is one here: given names, surnames and common words are not."""
    first, last, aliases = match
    words = tokens.words
    best = aliases[0]
    if best.entity.kind == "city" and _names_county(words, last):
        return False
    if best.entity.kind == "region" and last - first == 1 and len(fold(words[first])) == 2:
        if words[first].isalpha() and words[first].isupper():
            return first > 1 and words[first - 1] == "," and is_capital(words[first - 2])  # "Houston, TX"
        return any(alias.surface.rstrip(".") == words[first].rstrip(".") for alias in aliases)  # "N.J.", not "M.D."
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


def _names_county(words: list[str], last: int) -> bool:
    """Whether a name is a county's: "Orange County", "Riverside and San Bernardino Counties"."""
    for word in words[last : last + 12]:
        if word in ("County", "Counties", "counties"):
            return True
        if not (is_capital(word) or word in (",", "and")):
            return False
    return False


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
    is_plain = first > 0 and words[first - 1].lower() in _AT
    return last - first == 1 and is_small and not is_plain and follower not in NEVER and follower not in reference.titles.by_first


def _stands_as_place(tokens: Tokens, first: int, last: int) -> bool:
    words = tokens.words
    if first > 0 and words[first - 1].lower() in _AT:
        return True
    return last + 1 < len(words) and words[last] == "," and is_capital(words[last + 1]) and first > 0 and words[first - 1].lower() in (*_AT, "of", "and", ",")


def _organisations(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
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


def _parts(words: list[str], span: TaggedSpan) -> list[TaggedSpan]:
    """A tagger's span cut at dashes, and a person's at "and": no name holds them."""
    cuts = [token for token in range(span.first, span.last) if words[token] in _DASHES or (span.label == "PER" and words[token] in ("and", "&"))]
    bounds = pairwise([span.first - 1, *cuts, span.last])
    return [replace(span, first=left + 1, last=right) for left, right in bounds if right - left > 1] if cuts else [span]


def _take_tagged(tokens: Tokens, taken: Taken, span: TaggedSpan, reference: AnnotationReference, places: dict[int, Match], titled: set[int]) -> None:
    """Take a tagger's span, less what surer sources hold and what never belongs to a name."""
    first, last = span.first, span.last
    titles, common, given_names = reference.titles, reference.common_words, reference.given_names
    source = reference.tagger.name if reference.tagger else "rules"
    words = tokens.words
    if first == tokens.sentences[tokens.sentence_of[first]][0]:
        first = trim_start(tokens, first, last, common)
    while last - first > 1 and span.label == "PER" and fold(words[first]) in titles.by_first and fold(words[first]) not in given_names:
        first += 1
    # "Kazakhstan Kassym-Jomart Tokayev" tagged as one: what a table or title holds stands, the rest goes.
    while first < last and (taken.owner(first) is not None or first in titled or not words[first][0].isalnum() or (not is_capital(words[first]) and fold(words[first]) in _LOOSE)):
        first += 1
    while first < last and (taken.owner(last - 1) is not None or last - 1 in titled or words[last - 1] in "-–()," or fold(words[last - 1]) in _LOOSE):
        last -= 1
    if first >= last or not taken.is_free(first, last):
        return
    if first >= last or (last - first == 1 and ((fold(words[first]) in titles.by_first and span.label == "PER") or _is_compound(words[first], places.get(first)))):
        return
    match = places.get(first)
    if match and match[1] == last and (span.label != "PER" or match[2][0].entity.kind in ("country", "other") or match[2][0].form == "demonym"):
        return  # what the table knows: its kind and form are better.
    if match and match[1] < last and match[2][0].form == "demonym" and span.label == "PER":
        first = match[1]
    if all(not is_capital(word) or fold(word) in NEVER for word in words[first:last]):
        return
    draft = Draft(first, last, _LABELS.get(span.label, "other"), source, confidence=span.confidence)
    if span.label == "LOC" and _names_county(words, last):
        draft.kind, draft.head = "region", COUNTY
        draft.last += words[last] == "County"
    taken.add(draft)


def _remaining(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Capitalised runs that nothing else explained: people by given name or speech verb, else `other`."""
    words = tokens.words
    has_tagger = reference.tagger is not None
    seen: Counter[str] = Counter(words)
    for start, stop in tokens.sentences:
        if not any(word.islower() for word in words[start:stop]):
            continue
        for first, last in capital_runs(tokens, start, stop):
            first = trim_start(tokens, first, last, reference.common_words)
            while first < last and taken.owner(first) is not None:
                first += 1
            end = first
            while end < last and taken.owner(end) is None:
                end += 1
            size = end - first
            if size < 1 or not any(len(w) > 1 for w in words[first:end]):
                continue
            kind: EntityKind | None = None
            if (2 <= size <= 4 and fold(words[first]) in reference.given_names) or (not has_tagger and 2 <= size <= 4 and end < stop and fold(words[end]) in _SPEECH):
                kind = "person"
            elif (size == 1 and words[first].isupper() and words[first].isalpha() and 3 <= len(words[first]) <= 6 and first > start) or (has_tagger and size == 1 and first > start and seen[words[first]] > 2 and not seen[words[first].lower()] and _is_unknown(words[first], reference)):
                kind = "organization"
            elif not has_tagger and size <= 2 and first > start and fold(words[first - 1]) in ("in", "near"):
                kind = "place"
            elif not has_tagger and size > 1:
                kind = "other"
            if kind:
                taken.add(Draft(first, end, kind, "rules", confidence=0.6 if kind != "other" else 0.4))


def _is_introduced(words: list[str], start: int, first: int) -> bool:
    """Whether a verb of saying and at most four words of a role stand before a name: "said planetary geologist"."""
    position = first - 1
    while position > start and first - position <= 4 and words[position].islower() and words[position] not in _SPEECH and words[position].isalpha():
        if words[position] in _NO_ROLE:
            return False
        position -= 1
    return position >= start and words[position].lower() in _SPEECH and words[position] not in ("told", "asked")


def _is_unknown(word: str, reference: AnnotationReference) -> bool:
    """Whether no table holds a word in any sense, so that only a name explains its capital."""
    folded = fold(word)
    known = folded in NEVER or folded in reference.titles.by_first or folded in ORG_HEADS or folded in reference.given_names
    return not known and len(word) > 2 and not word.endswith("s") and not reference.places.find(word)


def _is_compound(word: str, match: Match | None) -> bool:
    """Whether a single word is an adjective such as "German-Israeli" or "U.S.-led", no name."""
    if "-" not in word or match is not None:
        return False
    tail = word.rsplit("-", 1)[1]
    return tail.islower() or tail.endswith(("ian", "ish", "ese", "eli", "can"))


def _continues(tokens: Tokens, last: int) -> bool:
    """Whether a name goes on behind a place: "West Bank Council", "Soviet Union Cup"."""
    return last < len(tokens) and is_capital(tokens.words[last]) and tokens.is_adjacent(last - 1) and fold(tokens.words[last]) in ORG_HEADS


def _join_firms(tokens: Tokens, taken: Taken) -> None:
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


def _repeated(tokens: Tokens, taken: Taken) -> None:
    """What is a name once is one each time: surnames after full names, and whole names met again."""
    known: dict[tuple[str, ...], Draft] = {}
    for draft in taken.drafts:
        if draft.kind in ("person", "organization") and draft.form == "name":
            key = tuple(tokens.words[draft.first : draft.last])
            if len(key) > 1 or len(key[0]) > 3:
                known.setdefault(key, draft)
            if draft.kind == "person" and len(key) > 1 and len(key[-1]) > 2:
                known.setdefault(key[-1:], draft)
                known.setdefault(key[:1], draft)
    longest: dict[str, int] = {}
    for key in known:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    words = tokens.words
    for position, word in enumerate(words):
        reach = longest.get(word, 0)
        if not reach or not is_capital(word) or fold(word) in NEVER:
            continue
        owner = taken.owner(position)
        if owner is not None and (owner.kind != "other" or owner.first != position):
            continue
        for size in range(reach, 0, -1):
            like = known.get(tuple(words[position : position + size]))
            if like is None:
                continue
            if owner is not None and owner.last <= position + size:
                taken.remove(owner)
            if taken.add(Draft(position, position + size, like.kind, "rules", confidence=0.75, candidates=like.candidates if like.kind != "person" else ())):
                break


def alias_of_country(aliases: tuple[Alias, ...], country_code: str) -> Alias | None:
    """The heaviest alias of a country among candidates, or None."""
    for alias in aliases:
        if alias.entity.country_code == country_code:
            return alias
    return None
