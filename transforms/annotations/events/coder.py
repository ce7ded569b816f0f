"""The event coder: from sentences with their mentions to PLOVER events.

Rules of the PLOVER manual: what is only willed, promised or invited is AGREE; a future concession is CONCEDE;
a future hostile act is THREATEN; what an accusation, demand or refusal speaks of is no event of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from transforms.annotations.annotation import Event, EventSize, Mention, Participant, Text
from transforms.annotations.events.cast import Cast
from transforms.annotations.events.confidence import sureness
from transforms.annotations.events.dates import find_date
from transforms.annotations.events.drafts import Draft, features_of, make_drafts
from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Match, Matcher
from transforms.annotations.events.ontology import Ontology
from transforms.annotations.events.pairs import Pairs
from transforms.annotations.events.places import find_place
from transforms.annotations.events.sides import Finder
from transforms.annotations.events.sizes import find_sizes
from transforms.annotations.events.topics import (
    LEAST_WORDS,
    count_words,
    find_contexts,
    is_commercial,
    off_topic,
    pick_contexts,
    share_of_politics,
)
from transforms.annotations.syntax import Parse, Syntax

CODER = "dateline-frames-1"
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Abstention is better than a guess: what is less sure is not coded.
LEAST_CONFIDENCE = 0.4
RECIPROCAL = frozenset({"each other", "one another"})
POLITICAL_SECTORS = frozenset(
    {
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "SPY",
        "REB",
        "PTY",
        "OPP",
        "UAF",
        "PRM",
        "IGO",
        "UNO",
        "EUR",
        "REF",
        "ISM",
        "IMG",
    }
)
PRIVATE_SECTORS = frozenset({"BUS", "MNC", "AGR"})
STREET_TYPES = frozenset({"PROTEST", "ASSAULT", "COERCE"})
SIZED = {
    "ASSAULT": ("dead", "injured"),
    "PROTEST": ("dead", "injured", "arrested"),
    "COERCE": ("arrested", "dead", "injured"),
    "SANCTION": ("arrested",),
}


def code_events(
    text: Text,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    syntax: Syntax,
    ontology: Ontology,
) -> tuple[Event, ...]:
    """The events of `text.body`, in order; `sentences` are its (start, end) offsets, `mentions` those of all fields.

    Only sentences that hold a trigger are parsed.
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
    """The events, each with what the confidence model saw of it; `least` replaces LEAST_CONFIDENCE in calibration."""
    body = text.body
    counts, running, size = count_words(body)
    contexts = find_contexts(counts, running, ontology.lexicon)
    if off_topic(counts, running, size, contexts, ontology.lexicon):
        return []
    numbers = [
        number for number, (start, end) in enumerate(sentences) if holds_trigger(body[start:end], ontology)
    ]
    parses = syntax.parse([body[slice(*sentences[number])] for number in numbers])
    is_short = size < LEAST_WORDS
    commercial = is_commercial(counts, size, ontology.lexicon)
    politics = share_of_politics(contexts, size)
    by_number = dict(zip(numbers, parses, strict=True))
    by_sentence = group_by_sentence(sentences, mentions)
    pairs = Pairs()
    events: list[tuple[Event, Mapping[str, float]]] = []
    for number, (start, end) in enumerate(sentences):
        own = by_sentence.get(number, [])
        if number in by_number:
            coder = SentenceCoder(
                text,
                start,
                end,
                number,
                by_number[number],
                own,
                pairs,
                contexts,
                is_short,
                commercial,
                politics,
                ontology,
                LEAST_CONFIDENCE if least is None else least,
            )
            events += coder.code()
        pairs.read(own)
    return events


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


def holds_trigger(sentence: str, ontology: Ontology) -> bool:
    forms = ontology.trigger_forms
    return any(word in forms for word in WORD.findall(sentence.lower()))


class SentenceCoder:
    """Codes one sentence of a text: `start` and `end` are its offsets in the body, `pairs` what came before it."""

    def __init__(
        self,
        text: Text,
        start: int,
        end: int,
        number: int,
        parse: Parse,
        mentions: Sequence[Mention],
        pairs: Pairs,
        contexts: Mapping[str, int],
        is_short: bool,
        commercial: bool,
        politics: float,
        ontology: Ontology,
        least: float,
    ) -> None:
        self.text, self.start, self.end, self.number = text, start, end, number
        self.sentence = text.body[start:end]
        self.pairs, self.contexts, self.ontology = pairs, contexts, ontology
        self.is_commercial = commercial
        self.is_short, self.politics = is_short, politics
        self.least = least
        self.grammar = Grammar(parse)
        self.matcher = Matcher(self.grammar, ontology)
        self.cast = Cast(self.sentence, start, self.grammar, self.matcher, mentions, ontology.lexicon)
        self.finder = Finder(self.grammar, self.cast, ontology.lexicon)

    def code(self) -> list[tuple[Event, Mapping[str, float]]]:
        matches = self.matcher.find()
        if not matches:
            return []
        lower = self.sentence.lower()
        if any(phrase in lower for phrase in self.ontology.lexicon.stock_phrases):
            matches = [match for match in matches if not self.is_stock(match)]
        drafts = make_drafts(matches, self.grammar, self.matcher, self.finder, self.ontology)
        if not drafts:
            return []
        sizes: tuple[EventSize, ...] = ()
        if any(draft.event_type in SIZED for draft in drafts):
            sizes = find_sizes(self.grammar, self.matcher, self.ontology.lexicon.sizes)
        found = [self.finish(draft, sizes) for draft in drafts]
        return [event for event in found if event is not None]

    def is_stock(self, match: Match) -> bool:
        """Whether the trigger stands in a phrase like "declined to be named"."""
        p = self.grammar.p
        at = p.starts[match.at]
        around = self.sentence[max(0, at - 30) : at + 60].lower()
        return any(phrase in around for phrase in self.ontology.lexicon.stock_phrases)

    def finish(self, draft: Draft, sizes: tuple[EventSize, ...]) -> tuple[Event, Mapping[str, float]] | None:
        actors, recipients = self.both_sides(draft)
        if not self.is_political(draft, (*actors, *recipients)):
            return None
        if (
            draft.frame.event_type == "CONSULT"
            and recipients
            and all(side.sector == "JRN" for side in recipients)
        ):
            return None
        ontology, p = self.ontology, self.grammar.p
        at = draft.match.at
        kind = ontology.types[draft.event_type]
        code = ontology.cameo[draft.cameo]
        own = code.contexts if code.event_type == draft.event_type else ()
        published = self.text.published_at.date() if self.text.published_at else None
        # What is agreed or asked for lies ahead: "invited the minister to visit in April" is the April to come.
        is_ahead = draft.modality.is_future or draft.event_type in ("AGREE", "REQUEST")
        when = find_date(self.sentence, p.starts[at], published, is_ahead)
        self.read_history(draft, when[0].year if when else None)
        counted = SIZED.get(draft.event_type)
        features = features_of(draft, self.grammar, actors, recipients, self.politics)
        confidence = sureness(features, ontology.weights)
        if confidence < self.least:
            return None
        event = Event(
            sentence=self.number,
            start=self.start,
            end=self.end,
            trigger_start=self.start + p.starts[at],
            trigger_end=self.start + p.ends[at],
            event_type=draft.event_type,
            modes=draft.modes,
            contexts=pick_contexts(self.contexts, own),
            cameo_code=draft.cameo,
            cameo_edition=ontology.edition,
            quad_class=kind.quad_class,
            goldstein=code.goldstein,
            plover_score=next(
                (
                    ontology.mode_scores[draft.event_type, mode]
                    for mode in draft.modes
                    if (draft.event_type, mode) in ontology.mode_scores
                ),
                kind.score,
            ),
            status=draft.status,
            event_date=when[0] if when else None,
            date_precision=when[1] if when else None,
            date_source="sentence" if when else None,
            place=find_place(at, self.grammar, self.cast, self.text),
            actors=actors,
            recipients=recipients,
            claimed_by=self.claimant(draft, actors),
            sizes=tuple(size for size in sizes if counted and size.kind in counted),
            confidence=confidence,
            coder=CODER,
        )
        return event, features

    def is_political(self, draft: Draft, sides: tuple[Participant, ...]) -> bool:
        """Whether a state, an office, an armed or a political group takes part, or people in the open."""
        political = [side for side in sides if side.country_code or side.sector in POLITICAL_SECTORS]
        if self.is_commercial and (
            len(political) < 2 or any(side.sector in PRIVATE_SECTORS for side in sides)
        ):
            return False
        if political:
            return True
        if any(side.sector for side in sides) and draft.frame.event_type in STREET_TYPES:
            return True
        return self.is_short and max(draft.sides.actor_rank, draft.sides.recipient_rank) == 2

    def both_sides(self, draft: Draft) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
        """Actors and recipients; "the two countries" and "bilateral" stand for the pair that came before."""
        sides = draft.sides
        actors = self.finder.participants(sides.actors)
        recipients = without(self.finder.participants(sides.recipients), actors)
        if len(recipients) == 1 and recipients[0].text.lower() in RECIPROCAL:
            actors, recipients = actors[:1], actors[1:]
        pair = self.pairs.pair
        if pair is None:
            return actors, recipients
        both = [self.pairs.participant(code) for code in pair]
        two_sides = self.ontology.lexicon.two_sides
        if len(actors) == 1 and actors[0].text.lower() in two_sides:
            if draft.frame.is_symmetric and not any(r.country_code for r in recipients):
                return (both[0],), (both[1],)
            return tuple(both), recipients
        if len(recipients) == 1 and recipients[0].text.lower() in two_sides:
            country = actors[0].country_code if actors else None
            other = self.pairs.other(country)
            recipients = (self.pairs.participant(other),) if other else tuple(both)
        elif not any(r.country_code for r in recipients) and self.is_between_states(draft):
            country = actors[0].country_code if actors else None
            other = self.pairs.other(country)
            if other:
                recipients = (self.pairs.participant(other),)
            elif not actors:
                return (both[0],), (both[1],)
        return actors, recipients

    def is_between_states(self, draft: Draft) -> bool:
        at = draft.match.at
        near = self.grammar.p.lowers[max(0, at - 3) : at + 9]
        return not self.ontology.lexicon.between_states.isdisjoint(near)

    def read_history(self, draft: Draft, year: int | None) -> None:
        """What lies years back, or is told of as a first, is history."""
        if draft.status != "actual":
            return
        lexicon, published = self.ontology.lexicon, self.text.published_at
        at = self.grammar.p.starts[draft.match.at]
        before = self.sentence[max(0, at - 60) : at].lower()
        around = self.sentence[max(0, at - 60) : at + 80].lower()
        if (
            (published and year and year < published.year - 1)
            or any(phrase in before for phrase in lexicon.first_to)
            or any(phrase in around for phrase in lexicon.historical)
        ):
            draft.status = "historical"

    def claimant(self, draft: Draft, actors: tuple[Participant, ...]) -> Participant | None:
        """Who says so: the subject of the verb of saying above the trigger, or "according to"."""
        p = self.grammar.p
        if draft.modality.speaker_verb is not None:
            for n in self.grammar.subjects(draft.modality.speaker_verb):
                if self.cast.rank(n) == 2:
                    found = self.cast.participant(n)
                    if all((found.start, found.end) != (actor.start, actor.end) for actor in actors):
                        return found
        for i, lower in enumerate(p.lowers):
            if lower == "according" and i + 1 < len(p):
                for c in p.children[i + 1] if p.lowers[i + 1] == "to" else ():
                    if p.deps[c] == "pobj":
                        return self.cast.participant(c)
        return None


def without(found: tuple[Participant, ...], others: tuple[Participant, ...]) -> tuple[Participant, ...]:
    spans = {(other.start, other.end) for other in others}
    return tuple(each for each in found if (each.start, each.end) not in spans)
