"""Codes one parsed sentence of a text."""

from collections.abc import Mapping, Sequence

from transforms.annotations.annotation import Event, EventSize, Mention, Participant, Text
from transforms.annotations.events.cast import Cast
from transforms.annotations.events.claims import claimant
from transforms.annotations.events.confidence import sureness
from transforms.annotations.events.dates import find_date
from transforms.annotations.events.drafts import Draft, make_drafts, read_history
from transforms.annotations.events.features import Scene, features_of, is_quoted, standing
from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Matcher
from transforms.annotations.events.ontology import Ontology, Trigger
from transforms.annotations.events.pairs import Pairs, Side
from transforms.annotations.events.places import find_place
from transforms.annotations.events.relevance import is_political, is_stock
from transforms.annotations.events.sides import Finder
from transforms.annotations.events.sizes import find_sizes
from transforms.annotations.events.topics import HARM, Theme
from transforms.annotations.syntax import Parse

CODER = "dateline-frames-2"
RECIPROCAL = frozenset({"each other", "one another"})
SIZED = {
    "ASSAULT": ("dead", "injured"),
    "PROTEST": ("dead", "injured", "arrested"),
    "COERCE": ("arrested", "dead", "injured"),
    "SANCTION": ("arrested",),
}


class SentenceCoder:
    """Codes one sentence of a text: `span` holds its offsets in the body, `pairs` is what came before it."""

    def __init__(
        self,
        text: Text,
        span: tuple[int, int],
        number: int,
        parse: Parse,
        mentions: Sequence[Mention],
        pairs: Pairs,
        theme: Theme,
        ontology: Ontology,
    ) -> None:
        self.text, self.start, self.end, self.number = text, *span, number
        self.sentence = text.body[slice(*span)]
        self.lower = self.sentence.lower()
        self.pairs, self.theme, self.ontology = pairs, theme, ontology
        self.grammar = Grammar(parse)
        self.matcher = Matcher(self.grammar, ontology)
        self.cast = Cast(self.sentence, self.start, self.grammar, self.matcher, mentions, ontology.lexicon)
        self.finder = Finder(self.grammar, self.cast, ontology.lexicon)

    def code(
        self, triggers: Mapping[str, Sequence[Trigger]], least: float
    ) -> list[tuple[Event, Mapping[str, float]]]:
        """The events that `triggers`, by the forms that the sentence holds, evoke; those surer than `least`, with their features."""
        matches = self.matcher.find(triggers)
        starts = self.grammar.p.starts
        stock = [phrase for phrase in self.ontology.lexicon.stock_phrases if phrase in self.lower]
        if stock:
            matches = [match for match in matches if not is_stock(self.lower, starts[match.at], stock)]
        if not matches:
            return []
        drafts = make_drafts(matches, self.grammar, self.matcher, self.finder, self.ontology)
        sizes: tuple[EventSize, ...] = ()
        if not SIZED.keys().isdisjoint([draft.event_type for draft in drafts]):
            sizes = find_sizes(self.grammar, self.matcher, self.ontology.lexicon.sizes)
        market = self.ontology.lexicon.topics["market"].single
        business = sum(map(market.__contains__, self.grammar.p.lowers)) / len(self.grammar.p)
        accident = self.ontology.lexicon.topics["accident"].single
        has_mishap = not HARM.issuperset(accident.intersection(self.grammar.p.lowers))
        scene = Scene(self.theme, self.number, len(drafts), business, has_mishap)
        found = [self.finish(draft, sizes, scene, least) for draft in drafts]
        return [event for event in found if event is not None]

    def finish(
        self, draft: Draft, sizes: tuple[EventSize, ...], scene: Scene, least: float
    ) -> tuple[Event, Mapping[str, float]] | None:
        actors, recipients = self.both_sides(draft)
        if not is_political(draft, actors, recipients, self.theme):
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
        read_history(
            draft, self.lower, p.starts[at], when[0].year if when else None, published, ontology.lexicon
        )
        counted = SIZED.get(draft.event_type, ())
        quoted = is_quoted(self.text.body, self.start + p.starts[at])
        features = features_of(draft, self.cast, actors, recipients, scene, quoted)
        confidence = sureness(features, ontology.short_weights if self.theme.is_short else ontology.weights)
        if confidence < least:
            return None
        features |= standing(draft, self.cast, recipients, len(self.pairs.seen))
        scores = [ontology.mode_scores.get((draft.event_type, mode)) for mode in draft.modes]
        event = Event(
            sentence=self.number,
            start=self.start,
            end=self.end,
            trigger_start=self.start + p.starts[at],
            trigger_end=self.start + p.ends[at],
            event_type=draft.event_type,
            modes=draft.modes,
            contexts=self.theme.contexts_beside(own),
            cameo_code=draft.cameo,
            cameo_edition=ontology.edition,
            quad_class=kind.quad_class,
            goldstein=code.goldstein,
            plover_score=next((score for score in scores if score is not None), kind.score),
            status=draft.status,
            event_date=when[0] if when else None,
            date_precision=when[1] if when else None,
            date_source="sentence" if when else None,
            place=find_place(at, self.grammar, self.cast, self.text),
            actors=actors,
            recipients=recipients,
            claimed_by=claimant(draft, actors, self.grammar, self.cast),
            sizes=tuple([size for size in sizes if size.kind in counted]),
            confidence=confidence,
            coder=CODER,
        )
        return event, features

    def both_sides(self, draft: Draft) -> tuple[Side, Side]:
        """Actors and recipients, nobody on both sides."""
        actors = self.finder.participants(draft.sides.actors)
        spans = {(actor.start, actor.end) for actor in actors}
        own = {actor.country_code for actor in actors if actor.country_code}
        # "Italy's minister expressed Italy's willingness": a state does nothing to itself
        recipients = tuple(
            each
            for each in self.finder.participants(draft.sides.recipients)
            if not any(holds(each, *span) for span in spans)
            and not (each.entity and each.entity.kind == "country" and each.country_code in own)
        )
        whom = recipients[0].text.lower() if len(recipients) == 1 else ""
        if whom in RECIPROCAL or (len(actors) > 1 and whom in self.ontology.lexicon.two_sides):
            actors, recipients = actors[:1], actors[1:]
        return self.pairs.fill(
            actors,
            recipients,
            self.ontology.lexicon.two_sides,
            is_symmetric=draft.frame.is_symmetric,
            is_between_states=self.is_between_states(draft.match.at),
        )

    def is_between_states(self, at: int) -> bool:
        near = self.grammar.p.lowers[max(0, at - 3) : at + 9]
        return not self.ontology.lexicon.between_states.isdisjoint(near)


def holds(participant: Participant, start: int | None, end: int | None) -> bool:
    """Whether the words of `participant` include those from `start` to `end`: "Vega's visit" is not whom Vega visits."""
    return (
        participant.start is not None
        and participant.end is not None
        and start is not None
        and end is not None
        and participant.start <= start
        and end <= participant.end
    )
