"""All names of one field: gazetteers, titles, the tagger and the rules of the wire, brought to one answer."""

from collections import Counter
from itertools import pairwise

from transforms.annotations.annotation import EntityKind
from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.agreement import agree
from transforms.annotations.mentions.beside import take_beside
from transforms.annotations.mentions.bodies import (
    is_body,
    is_unknown,
    join_firms,
    take_named_by_place,
    take_organisations,
)
from transforms.annotations.mentions.companies import take_companies
from transforms.annotations.mentions.cued import take_cued
from transforms.annotations.mentions.described import find_nominal_subjects, take_described
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.inflected import take_inflected
from transforms.annotations.mentions.joined import join_bodies
from transforms.annotations.mentions.people import Offices
from transforms.annotations.mentions.places import AT, continues, is_place, without_prose
from transforms.annotations.mentions.runs import (
    FACILITY_HEADS,
    NEVER,
    ORG_HEADS,
    capital_runs,
    is_capital,
    trim_start,
)
from transforms.annotations.mentions.sport import is_about_sport, take_teams
from transforms.annotations.mentions.tagged import take_tagged
from transforms.annotations.mentions.teams import take_known_teams
from transforms.annotations.mentions.titles import find_titles
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_DASHES = frozenset("–—")
_SPEECH = word_set(
    """
    said says told added noted stressed announced stated told wrote asked replied
    """
)


def find_names(tokens: Tokens, reference: AnnotationReference, cues: Cues) -> list[Draft]:
    """Drafts of all names and nominals in order of the text; names do not overlap one another."""
    small = {word for word in tokens.words if word.islower()}
    if not cues.is_english:
        small |= reference.languages.common.get(reference.languages.guess(tokens.words) or "", frozenset())
    places = [without_prose(tokens.words, match, reference.places) for match in reference.places.matches(tokens.words) if is_place(tokens, match, reference, small)]
    bodies = [without_prose(tokens.words, match, reference.bodies) for match in reference.bodies.matches(tokens.words) if is_body(tokens, match, reference)]
    people = [match for match in reference.people.matches(tokens.words) if match[1] - match[0] > 1 and not _is_namesake(tokens.words, match[1])]
    taken = Taken(len(tokens))
    nominals: list[Draft] = []
    for first, last, aliases in people:
        taken.add(Draft(first, last, "person", "table", confidence=0.98, candidates=aliases))
    for first, last, aliases in reference.indices.matches(tokens.words):
        if last == len(tokens) or not is_capital(tokens.words[last]) or not tokens.is_adjacent(last - 1):
            taken.add(Draft(first, last, "other", "table", confidence=0.9, candidates=aliases))
    for first, last, aliases in bodies:
        taken.add(Draft(first, last, "organization", "table", confidence=0.95, candidates=aliases))
    take_companies(tokens, taken, reference)
    is_sport = is_about_sport(tokens, reference.teams)
    take_known_teams(tokens, taken, reference, is_sport)
    offices = Offices(
        tokens,
        reference,
        {match[0]: match for match in places},
        {match[1]: match for match in places},
        {match[0]: match for match in bodies},
        {match[1]: match for match in bodies},
        cues.verbs,
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
        if last - first > 1 and aliases[0].entity.kind != "city" and not continues(tokens, last, aliases[0].entity.kind):
            taken.add(Draft(first, last, aliases[0].entity.kind, "table", form=aliases[0].form, confidence=0.95, candidates=aliases))
    if is_sport:
        take_teams(tokens, taken, reference)
    take_organisations(tokens, taken, reference)
    if cues.is_english:
        take_named_by_place(tokens, taken, {match[1]: match for match in places}, reference)
    titled = {token for draft in nominals for token in range(draft.first, draft.last)}
    take_tagged(tokens, taken, reference, {match[0]: match for match in places}, titled)
    called = {word for draft in taken.drafts if draft.kind == "person" and draft.last - draft.first > 1 for word in tokens.words[draft.first : draft.last]}
    surnames = _surnames(tokens, taken)
    for first, last, aliases in places:
        if last - first == 1 and aliases[0].entity.kind == "country" and tokens.words[first] in surnames:
            continue
        if last - first == 1 and aliases[0].entity.kind not in ("country", "other") and tokens.words[first] in called and aliases[0].form == "name":
            continue  # "Taylor" beside "Taylor Swift" is no town.
        taken.add(Draft(first, last, aliases[0].entity.kind, "table", form=aliases[0].form, confidence=0.95, candidates=aliases))
    if cues.is_english:
        take_beside(tokens, taken, reference)
        join_bodies(tokens, taken, reference)
    else:
        take_described(tokens, taken, reference, cues)
        nominals.extend(take_cued(tokens, taken, reference, cues))
        nominals.extend(find_nominal_subjects(tokens, taken, cues))
        take_inflected(tokens, taken)
    _remaining(tokens, taken, reference)
    join_firms(tokens, taken)
    agree(tokens, taken)
    _repeated(tokens, taken, is_english=cues.is_english)
    drafts = sorted([*taken.drafts, *nominals], key=lambda draft: (draft.first, -draft.last))
    return drafts


def _surnames(tokens: Tokens, taken: Taken) -> set[str]:
    """Last words of full names that the text never sets behind "in", "to" or "of": beside Neil Jordan a Jordan is himself."""
    words = tokens.words
    last = {words[draft.last - 1] for draft in taken.drafts if draft.kind == "person" and draft.last - draft.first > 1}
    return last - {word for before, word in pairwise(words) if before.lower() in AT or before == "of"}


def _is_namesake(words: list[str], last: int) -> bool:
    """Whether a known name goes on as a son's: "Donald Trump Jr"."""
    return last < len(words) and words[last] in ("Jr", "Jr.", "Sr", "Sr.")


def _remaining(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Capitalised runs that nothing else explained: people by given name or speech verb, else `other`."""
    words = tokens.words
    has_tagger = reference.tagger is not None
    seen: Counter[str] = Counter(words)
    for start, stop in tokens.sentences:
        if not any(word.islower() for word in words[start:stop]) and words[start] not in _DASHES:
            continue  # a headline; but `“…” – Anna Weber` is signed
        for first, last in capital_runs(tokens, start, stop):
            first = trim_start(tokens, first, last, reference.common_words)
            while first < last and taken.owner(first) is not None:
                first += 1
            end = first
            while end < last and taken.owner(end) is None:
                end += 1
            size = end - first
            if size < 1 or not any(len(w) > 1 for w in words[first:end]) or (size == 1 and words[first] in reference.abbreviations):
                continue
            kind: EntityKind | None = None
            if (2 <= size <= 4 and fold(words[first]) in reference.given_names) or (not has_tagger and 2 <= size <= 4 and end < stop and fold(words[end]) in _SPEECH):
                kind = "person"
            elif (size == 1 and words[first].isupper() and words[first].isalpha() and 3 <= len(words[first]) <= 6 and first > start) or (has_tagger and size == 1 and first > start and seen[words[first]] > 2 and not seen[words[first].lower()] and is_unknown(words[first], reference)):
                kind = "organization"
            elif not has_tagger and size <= 2 and first > start and fold(words[first - 1]) in ("in", "near"):
                kind = "place"
            elif not has_tagger and size > 1:
                kind = "other"
            if kind:
                taken.add(Draft(first, end, kind, "rules", confidence=0.6 if kind != "other" else 0.4))


def _repeated(tokens: Tokens, taken: Taken, *, is_english: bool) -> None:
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
        if owner is not None and (owner.kind != "other" or (owner.first != position and owner.last != position + 1)):
            continue
        for size in range(reach, 0, -1):
            like = known.get(tuple(words[position : position + size]))
            if like is None:
                continue
            held = dict.fromkeys(name for token in range(position, position + size) if (name := taken.owner(token)))
            if not all(_gives_way(name, position, position + size, like) or (not is_english and _is_noun_phrase(words, name, position)) for name in held):
                continue
            for name in held:
                taken.remove(name)
            taken.add(Draft(position, position + size, like.kind, "rules", confidence=0.75, candidates=like.candidates if like.kind != "person" else ()))
            break


def _is_noun_phrase(words: list[str], name: Draft, first: int) -> bool:
    """Whether a run of capitals is a name and a German noun behind it: "bekam Toro Gegenwind"."""
    return name.kind == "other" and name.source == "rules" and name.first == first and name.last == first + 2 and fold(words[first + 1]) not in ORG_HEADS | FACILITY_HEADS


def _gives_way(name: Draft, first: int, last: int, like: Draft) -> bool:
    """Whether a name yields its tokens to one of `like`'s kind from `first` to `last`: "Trainer Omarov" to Omarov, "Omarov" to Ilyas Omarov."""
    if name.last > last:
        return False
    if name.kind == "other":
        return name.first >= first or like.kind == "person"
    return name.kind == like.kind and name.first >= first
