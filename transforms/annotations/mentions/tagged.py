"""What a tagger found, less what surer sources hold and what never belongs to a name."""

import re
from collections.abc import Set
from dataclasses import replace
from itertools import pairwise

from transforms.annotations.annotation import EntityKind
from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.people import Match
from transforms.annotations.mentions.places import names_county
from transforms.annotations.mentions.runs import (
    FACILITY_HEADS,
    FIRMS,
    NEVER,
    ORG_HEADS,
    PARTICLES,
    PLACE_HEADS,
    is_capital,
    trim_start,
)
from transforms.annotations.mentions.teams import POSITIONS
from transforms.annotations.reference import AnnotationReference, TaggedSpan
from transforms.annotations.tokens import Tokens

_LABELS: dict[str, EntityKind] = {"PER": "person", "ORG": "organization", "LOC": "place", "FAC": "facility", "MISC": "other"}
_LOOSE = word_set(
    """
    the a an of in on at by for and or to from with 's ’s
    """
)
_INNER = PARTICLES | word_set("of the and for in on upon s los las")
_NO_PEOPLE = word_set("agency association commission committee foundation holdings institute ministry observatory university")
_OCCASIONS = word_set("day awards prize war act eve")
_ENDS_OF_TOWNS = PLACE_HEADS | FACILITY_HEADS | word_set("springs falls creek heights north south east west point parish cross pass union")
_NO_NAME = re.compile(r"[A-Z]{0,3}\d[\d.,]*(?:bn|mn|m|k|tn)?$|[DRI]-[A-Z][a-z]+\.?$")
"""Sums and members' parties: "R50bn", "D-Minn."."""
_FIRM = re.compile(r"\w{3,}(?:bank|corp|tech|telecom|pharma|soft|gaz|neft|prom|energo|media|net)")
_PARTICLES_BEFORE = frozenset({"van", "von", "de", "der", "den", "del", "di", "da", "ter", "ten", "bin", "ibn"})
_CUTS = frozenset({"–", "—", "―", "/", "[", "]"})
COUNTY = "County"


def take_tagged(tokens: Tokens, taken: Taken, reference: AnnotationReference, places: dict[int, Match], titled: set[int]) -> None:
    """Take the names that the reference's tagger finds; `titled` are the tokens of titles, which are no names."""
    if reference.tagger is not None:
        for span in reference.tagger.tag(tokens):
            for part in _parts(tokens.words, span):
                _take_span(tokens, taken, part, reference, places, titled)


def _take_span(tokens: Tokens, taken: Taken, span: TaggedSpan, reference: AnnotationReference, places: dict[int, Match], titled: set[int]) -> None:
    """Take a tagger's span, less what surer sources hold and what never belongs to a name."""
    first, last = span.first, span.last
    titles, common, given_names = reference.titles, reference.common_words, reference.given_names
    source = reference.tagger.name if reference.tagger else "rules"
    words = tokens.words
    if first == tokens.sentences[tokens.sentence_of[first]][0]:
        first = trim_start(tokens, first, last, common)
    while last - first > 1 and span.label == "PER" and fold(words[first]) in titles.by_first and fold(words[first]) not in given_names:
        first += 1
    while last - first > 1 and span.label == "PER" and (words[first] in POSITIONS or taken.owner(first) is not None):
        first += 1
    # "Kazakhstan Kassym-Jomart Tokayev" tagged as one: what a table or title holds stands, the rest goes.
    while first < last and (taken.owner(first) is not None or first in titled or not words[first][0].isalnum() or _is_loose(words[first])):
        first += 1
    while first < last and (taken.owner(last - 1) is not None or last - 1 in titled or words[last - 1] in "-–()," or _is_loose(words[last - 1]) or _is_date(words[last - 1])):
        last -= 1
    begin = first
    while span.label == "PER" and begin > 0 and words[begin - 1] in _PARTICLES_BEFORE and taken.owner(begin - 1) is None and tokens.is_adjacent(begin - 1):
        begin -= 1
    if begin < first and (begin == 0 or not is_capital(words[begin - 1])):
        first = begin  # "van Boxmeer"
    # "Bushnell's" is Bushnell; "Moody's" is called so.
    while last - first > 1 and span.label != "ORG" and words[last - 1] in ("'s", "’s"):
        last -= 1
    if first >= last or not taken.is_free(first, last) or (last - first < 3 and _NO_NAME.match(words[first])):
        return
    if first >= last or (last - first == 1 and ((fold(words[first]) in titles.by_first and span.label == "PER") or _is_compound(words[first], places.get(first)))):
        return
    if last - first == 1 and words[first] in reference.abbreviations:
        return
    match = places.get(first)
    if match and match[1] == last and (span.label != "PER" or match[2][0].entity.kind in ("country", "other") or match[2][0].form == "demonym"):
        return  # what the table knows: its kind and form are better.
    if match and match[1] < last and match[2][0].form == "demonym" and span.label == "PER":
        first = match[1]
    if all(not is_capital(word) or fold(word) in NEVER for word in words[first:last]):
        return
    draft = Draft(first, last, _kind(words[first:last], span.label, given_names), source, confidence=span.confidence)
    if span.label == "LOC" and names_county(words, last):
        draft.kind, draft.head = "region", COUNTY
        draft.last += words[last] == "County"
    taken.add(draft)


def _kind(name: list[str], label: str, given_names: Set[str]) -> EntityKind:
    """The kind of a tagger's label, where the words do not speak against it: "Keck Observatory" is nobody, "Labor Day" no body, "Virginia Giuffre" no place."""
    head, tail = fold(name[0]), fold(name[-1])
    if (len(name) > 1 and label == "PER" and tail in _NO_PEOPLE) or (len(name) == 1 and _FIRM.fullmatch(tail)):
        return "organization"
    if len(name) > 1 and label in ("ORG", "LOC") and tail in _OCCASIONS:
        return "other"
    if len(name) == 2 and label == "LOC" and head in given_names and is_capital(name[1]) and name[1].isalpha() and tail not in _ENDS_OF_TOWNS:
        return "person"
    return _LABELS.get(label, "other")


def _parts(words: list[str], span: TaggedSpan) -> list[TaggedSpan]:
    """A tagger's span cut at dashes, brackets and "and": of names only those of bodies hold it ("Ministry of Trade and Labour")."""
    is_body = span.label == "ORG" and (span.last - span.first > 3 or fold(words[span.last - 1]) in ORG_HEADS | FIRMS)
    if span.last - span.first == 3 and fold(words[span.first]) in ORG_HEADS:
        is_body = False  # "House and Senate" are two
    joints = {"and"} if span.label == "ORG" else {"and", "&"}
    cuts = [token for token in range(span.first, span.last) if words[token] in _CUTS or (words[token] in joints and not is_body) or (span.label != "ORG" and _is_prose(words[token]))]
    bounds = pairwise([span.first - 1, *cuts, span.last])
    return [replace(span, first=left + 1, last=right) for left, right in bounds if right - left > 1] if cuts else [span]


def _is_loose(word: str) -> bool:
    """Whether a word at a name's edge is none of it: no capital and no particle ("von", "al-Aqsa"), or an adjective ("London-based")."""
    if is_capital(word) or not word[0].isalpha():
        return False
    return word[0].isupper() or fold(word) in _LOOSE or (word.islower() and fold(word) not in PARTICLES)


def _is_prose(word: str) -> bool:
    """Whether a word within a name of a person or place is none of it: "Charles de Gaulle airport north of Paris"."""
    return word.islower() and word.isalpha() and fold(word) not in _INNER


def _is_date(word: str) -> bool:
    return len(word) > 3 and word[0].isdigit() and word.replace("-", "").isdigit()


def _is_compound(word: str, match: Match | None) -> bool:
    """Whether a single word is an adjective such as "German-Israeli" or "U.S.-led", no name."""
    if "-" not in word or match is not None:
        return False
    tail = word.rsplit("-", 1)[1]
    return tail.islower() or tail.endswith(("ian", "ish", "ese", "eli", "can"))
