"""The event coder: from sentences with their mentions to PLOVER events.

Rules of the PLOVER manual: what is only willed, promised or invited is AGREE, a future retreat too (as CAMEO's 035 and
public sets of labelled sentences have it; the manual's prose would have CONCEDE); a future hostile act is THREATEN; what an
accusation, demand or refusal speaks of is no event of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transforms.annotations.annotation import Event, Mention, Text
from transforms.annotations.events.confidence import sureness
from transforms.annotations.events.features import FROM_BOTH
from transforms.annotations.events.ontology import Ontology, Trigger
from transforms.annotations.events.pairs import Pairs
from transforms.annotations.events.relevance import company_of, is_of_street
from transforms.annotations.events.sentences import SentenceCoder
from transforms.annotations.events.topics import read_theme
from transforms.annotations.events.triggers import words_of
from transforms.annotations.syntax import Parse, Syntax

# Abstention is better than a guess: what is less sure is not coded. A text has much in it that is no event, a single
# sentence little; a statement that is all there is to read is coded at lower odds.
LEAST_CONFIDENCE = 0.75
LEAST_IN_SHORT = 0.39
# Whom an act in a text befalls is left open where that is less sure: no recipient is better than a wrong one.
LEAST_RECIPIENT = 0.7
_BATCH = 200  # sentences parsed at once
# A dateline that was left in the body, for it names no agency: "LIMA, Peru — ".
_DATELINE = re.compile(r"\s*[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][A-Za-z.'’ -]{1,30})? (?:—|–|--?) (?=[\w\"“])")


def code_events(
    text: Text,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    syntax: Syntax,
    ontology: Ontology,
) -> tuple[Event, ...]:
    """The events of `text.body`, in order; `sentences` are its (start, end) offsets, `mentions` those of all fields.

    Only sentences that hold a trigger and somebody who may take part are parsed.
    """
    return tuple(event for event, _ in code_with_features(text, sentences, mentions, syntax, ontology))


def code_with_features(
    text: Text,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    syntax: Syntax,
    ontology: Ontology,
    least: float | None = None,
) -> list[tuple[Event, Mapping[str, float]]]:
    """The events surer than `least`, each with what the confidence models saw of it; if None, as they are coded."""
    theme = read_theme(text.body, ontology.lexicon)
    if theme.off_topic:
        return []
    is_coded = least is None
    if least is None:
        least = LEAST_IN_SHORT if theme.is_short else LEAST_CONFIDENCE
    line = _DATELINE.match(text.body)
    if line and sentences and line.end() < sentences[0][1]:
        sentences = [(line.end(), sentences[0][1]), *sentences[1:]]
    by_sentence = group_by_sentence(sentences, mentions)
    triggers: dict[int, Mapping[str, Sequence[Trigger]]] = {}
    for number, (start, end) in enumerate(sentences):
        sentence = text.body[start:end].lower()
        words = words_of(sentence)
        company = company_of(sentence, words, by_sentence.get(number, ()), theme, ontology)
        found = ontology.triggers.find(words) if company != "nobody" else {}
        if found and (company == "political" or is_of_street(found, ontology)):
            triggers[number] = found
    parsed = _parsed(text.body, sentences, list(triggers), syntax)
    pairs = Pairs()
    events: list[tuple[Event, Mapping[str, float]]] = []
    for number, span in enumerate(sentences):
        own = by_sentence.get(number, [])
        if number in triggers:
            coder = SentenceCoder(text, span, number, next(parsed), own, pairs, theme, ontology)
            events += coder.code(triggers[number], least)
        pairs.read(own)
    if is_coded and not theme.is_short:
        return [(leave_open(event, features, ontology), features) for event, features in events]
    return events


def leave_open(event: Event, features: Mapping[str, float], ontology: Ontology) -> Event:
    """The event without its recipients where nobody is among them, or where they bear a country and are doubtful: of others
    nobody has judged enough."""
    weights = ontology.recipient_weights
    names_country = any(each.country_code for each in event.recipients)
    if features.get("idle_recipient") and not names_country and not any(each.sector for each in event.recipients):
        return replace(event, recipients=())
    if FROM_BOTH in features:
        return event
    if names_country and weights and sureness(features, weights) < LEAST_RECIPIENT:
        return replace(event, recipients=())
    return event


def _parsed(
    body: str, sentences: Sequence[tuple[int, int]], numbers: Sequence[int], syntax: Syntax
) -> Iterator[Parse]:
    """The parses of some sentences in order, a batch at a time: those of a whole book would fill the memory."""
    for first in range(0, len(numbers), _BATCH):
        yield from syntax.parse(
            [body[slice(*sentences[number])] for number in numbers[first : first + _BATCH]]
        )


def group_by_sentence(
    sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> dict[int, list[Mention]]:
    """The mentions of the body by the number of the sentence that holds them whole."""
    starts = [start for start, _ in sentences]
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        number = bisect_right(starts, mention.start) - 1
        if mention.field == "body" and number >= 0 and mention.end <= sentences[number][1]:
            found.setdefault(number, []).append(mention)
    return found
