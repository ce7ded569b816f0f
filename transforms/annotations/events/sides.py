"""Who did it and to whom: actors and recipients of a matched trigger, as tokens and then as participants."""

from dataclasses import dataclass
from functools import cache

from transforms.annotations.annotation import Participant
from transforms.annotations.events.cast import PRONOUN_TAGS, Cast, country_of
from transforms.annotations.events.deeds import culprit, doer, is_harm, is_own_men
from transforms.annotations.events.grammar import PASSIVE_SUBJECTS, Grammar
from transforms.annotations.events.matching import Match
from transforms.annotations.events.ontology import Frame, Lexicon
from transforms.annotations.events.slots import Slots

DEFAULT_PLACES = ("obj", "dative", "+against", "+to", "+with", "+on", "+over", "+for", "+from", "+of", "+in", "+into", "+at", "+between", "+toward", "+towards", "+among", "+by", "+near", "+about", "clause", "to_clause", "of_obj")  # fmt: skip
WITH_PLACES = frozenset({"+with", "obj", "+between", "dative"})
STRUCK_PLACES = WITH_PLACES | {"+against", "+at", "+on"}
# Who praises, criticises or rejects what somebody does answers them.
ANSWERS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
CRITICISM = "111"
# What is one's own is moved about, not acted upon: "withdrew its troops from …", "agreed to send its envoy to …".
MOVES = frozenset({"AGREE", "CONCEDE", "MOBILIZE", "REJECT", "RETREAT", "SANCTION", "THREATEN"})
TARGET_PLACES = frozenset({"obj", "+in", "+on", "+at", "+against", "+outside", "of_obj"})


@cache
def order_of(own: tuple[str, ...], is_strict: bool) -> tuple[str, ...]:
    """The places in which a recipient is looked for: a frame's own, then the usual ones."""
    return own if is_strict else tuple(dict.fromkeys((*own, *DEFAULT_PLACES)))


@dataclass(slots=True)
class Sides:
    """Head tokens of both sides; `recipient_rank` as in `Cast.rank`; `is_passive` where the trigger is.

    `place` is where the recipient stands; `inside` how it hangs in the phrase out of which it was taken; `is_settled`
    that no act below the trigger tells it better.
    """

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    actor_rank: int = -1
    recipient_rank: int = -1
    is_passive: bool = False
    light: int | None = None
    is_embedded: bool = False
    is_settled: bool = False
    place: str = ""
    inside: str = ""
    recipients_are_joint: bool = False
    has_idle_actor: bool = False


class Finder:
    """Finds the sides of triggers in one sentence."""

    __slots__ = ("cast", "g", "lexicon", "slots")

    def __init__(self, grammar: Grammar, cast: Cast, lexicon: Lexicon) -> None:
        self.g = grammar
        self.cast = cast
        self.lexicon = lexicon
        self.slots = Slots(grammar, cast, lexicon)

    def find(self, match: Match, frame: Frame) -> Sides:
        if match.trigger.part == "verb":
            sides = self.of_verb(match, frame)
        elif match.trigger.part == "noun":
            sides = self.of_noun(match, frame)
        else:
            sides = self.of_adjective(match, frame)
        self.complete(sides, frame, match)
        return sides

    def of_verb(self, match: Match, frame: Frame) -> Sides:
        i = match.at
        sides = Sides(is_passive=self.g.is_passive(i))
        culprits = (culprit(n, self.cast) for n in self.ground(self.g.subjects(i), i))
        sides.actors = tuple([n for n in culprits if n is not None])
        if sides.is_passive and frame.is_symmetric and not sides.actors:
            # "Vega's visit is planned for May": the guest is no recipient
            sides.actors = self.owners(match.objects)
        places = self.slots.verb_places(i, match.objects)
        # "granted amnesty", "sanctions were imposed": what the pattern asked for is the act, not who it befalls
        acts = match.objects if frame.recipient[:1] not in (("obj",), ("dative",)) else ()
        self.choose(sides, places, frame, set(sides.actors), frozenset(acts))
        return sides

    def owners(self, objects: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(c for n in objects for c in self.g.p.children[n] if self.g.p.deps[c] == "poss")

    def of_adjective(self, match: Match, frame: Frame) -> Sides:
        i = match.at
        p = self.g.p
        sides = Sides()
        above = i
        for _ in range(3):
            found = self.g.own_subjects(above) or tuple(
                c for c in p.children[above] if p.deps[c] in PASSIVE_SUBJECTS
            )
            if found:
                sides.actors = self.ground(tuple(self.g.resolve(n, above) for n in found), above)
                break
            if p.heads[above] == above:
                break
            above = p.heads[above]
        self.choose(sides, self.slots.verb_places(i, ()), frame, set(sides.actors))
        return sides

    def of_noun(self, match: Match, frame: Frame) -> Sides:
        i = match.at
        p, g = self.g.p, self.g
        sides = Sides()
        places: dict[str, list[int]] = {}
        between: list[int] = []
        for prep, n in g.prepositions(i):
            if n < 0:
                continue
            if prep in ("between", "among"):
                between += g.conjuncts(n)
            elif prep == "by":
                sides.actors = (n,)
            else:
                places.setdefault("+" + prep, []).append(n)
        if len(between) > 1:
            sides.actors, sides.recipients = (between[0],), tuple(between[1:])
            sides.recipients_are_joint = True
        owners = [c for c in p.children[i] if p.deps[c] == "poss"]
        modifiers = [
            c
            for c in p.children[i]
            if p.deps[c] in ("compound", "amod", "nmod") and self.cast.at.get(c) is not None
        ]
        light = self.slots.light_verb(i)
        if light is not None:
            sides.light = light
            if not sides.actors:
                sides.actors = self.ground(g.subjects(light), light)
            for prep, n in g.prepositions(light):
                if n >= 0:
                    places.setdefault("+" + prep, []).append(n)
            places["dative"] = list(g.datives(light))
        if not sides.actors and owners:
            sides.actors = self.ground((owners[0],), i)
        if not sides.actors and modifiers:
            sides.actors = (modifiers[0],)
        if not sides.actors and frame.is_symmetric and "+of" in places:
            joined = g.conjuncts(places["+of"][0])
            if len(joined) > 1:
                sides.actors, sides.recipients = joined[:1], joined[1:]
                sides.recipients_are_joint = True
        if not sides.actors and frame.is_symmetric:
            states = self.slots.states_after(i)
            if len(states) > 1:
                sides.actors, sides.recipients = (states[0],), tuple(states[1:])
                sides.recipients_are_joint = True
        if not sides.actors:
            for place in ("+from", "+of"):
                if place in places and place in ("+from",) and place not in frame.recipient[:2]:
                    sides.actors = (places.pop(place)[0],)
                    break
        if not sides.recipients:
            self.choose(sides, places, frame, set(sides.actors))
        return sides

    def choose(
        self,
        sides: Sides,
        places: dict[str, list[int]],
        frame: Frame,
        taken: set[int],
        acts: frozenset[int] = frozenset(),
    ) -> None:
        """The recipient: the first place in the frame's order that holds someone who can take part."""
        fallback: tuple[int, int, str] | None = None
        for place in filter(places.__contains__, order_of(frame.recipient, frame.is_strict)):
            for n in places[place]:
                # Who meets in a city does not meet the city.
                if n in taken or (frame.is_symmetric and self.cast.is_where(n)):
                    continue
                rank = self.cast.rank(n) if n not in acts else min(self.cast.rank(n), 1)
                if rank < 2 and n not in acts and place in TARGET_PLACES and self.cast.is_target(n):
                    rank = 2
                if frame.cameo == CRITICISM and place in frame.recipient and is_harm(n, self.cast):
                    # who condemns an attack does not condemn whom it befell
                    whose = doer(n, ("by",), self.cast)
                    sides.recipients, sides.recipient_rank = ((n,), 0) if whose is None else ((whose,), 2)
                    sides.place, sides.is_settled = place, True
                    return
                if rank == 2 and frame.event_type in MOVES and is_own_men(n, self.cast):
                    fallback = fallback or (n, 2, place)
                    continue
                if rank == 2:
                    sides.recipients = tuple(m for m in self.g.conjuncts(n) if m not in taken)
                    sides.recipient_rank = 2
                    sides.place = place
                    sides.is_embedded = place == "to_clause" or place not in frame.recipient
                    return
                is_answer = frame.event_type in ANSWERS and place in frame.recipient
                whose = doer(n, ("by", "of", "from"), self.cast) if is_answer else None
                if whose is not None and whose not in taken:
                    sides.recipients, sides.recipient_rank = (whose,), 2
                    sides.place, sides.inside = place, self.g.hold(whose)
                    return
                if rank >= 0 and (fallback is None or rank > fallback[1]):
                    fallback = n, rank, place
        if fallback is not None:
            n, rank, place = fallback
            inside = self.cast.inside(n) if rank == 1 else None
            if inside is not None and inside in taken:
                inside, rank = None, 0
            sides.recipients = (n,) if inside is None else (inside,)
            sides.recipient_rank = rank
            sides.place = place
            sides.inside = "" if inside is None else self.g.hold(inside)

    def complete(self, sides: Sides, frame: Frame, match: Match) -> None:
        """Joint subjects of symmetric acts, and ranks."""
        actors = tuple([each for n in sides.actors for each in self.g.conjuncts(n)])
        if frame.is_symmetric and len(actors) == 1:
            actors += self.joined_inside(actors[0])
        places = STRUCK_PLACES if frame.event_type == "ASSAULT" else WITH_PLACES
        is_with = sides.recipient_rank == 2 and sides.place in places
        if frame.is_symmetric and len(actors) > 1 and not is_with and not sides.recipients_are_joint:
            sides.recipients, sides.recipient_rank = actors[1:], 2
            actors = actors[:1]
        instruments = self.lexicon.instruments
        sides.has_idle_actor = bool(actors) and all(
            self.cast.matcher.lemma(n) in instruments and n not in self.cast.at and self.cast.rank(n) < 2
            for n in actors
        )
        sides.actors = tuple([n for n in actors if n not in sides.recipients and not self.cast.is_abstract(n)])
        sides.actor_rank = max(map(self.cast.rank, sides.actors), default=-1)
        if sides.recipients and sides.recipient_rank < 0:
            sides.recipient_rank = max(map(self.cast.rank, sides.recipients))

    def joined_inside(self, n: int) -> tuple[int, ...]:
        """What the tree joins to a name inside the phrase: "Presidents of Peru and Chile", "… Ali and President Omar"."""
        p, g = self.g.p, self.g
        found = list(self.adjectives_of_states(n))
        for prep, m in g.prepositions(n):
            if prep == "of" and m >= 0:
                found += [k for k in g.conjuncts(m) if k != m and self.cast.rank(k) == 2]
        for c in p.children[n]:
            if p.deps[c] in ("appos", "nmod", "compound"):
                found += [k for k in g.conjuncts(c) if k != c and self.cast.rank(k) == 2]
        return tuple(found)

    def adjectives_of_states(self, n: int) -> tuple[int, ...]:
        """The second of the states in "the Peruvian and Chilean presidents", and those after it."""
        states: dict[str, int] = {}
        if self.g.p.tags[n] in ("NNS", "NNPS"):
            for k in range(self.g.phrase(n)[0], n):
                country = country_of(self.cast.at.get(k))
                if country is not None:
                    states.setdefault(country, k)
        return tuple(states.values())[1:]

    def ground(self, subjects: tuple[int, ...], i: int) -> tuple[int, ...]:
        """Pronouns that no mention resolves go back to whoever speaks: "Cuba said it would …"."""
        p, g = self.g.p, self.g
        found: list[int] = []
        for n in subjects:
            if (
                p.tags[n] in PRONOUN_TAGS
                and self.cast.at.get(n) is None
                and p.lowers[n] not in ("there", "this", "that")
            ):
                above = i
                taken: tuple[int, ...] = ()
                for _ in range(6):
                    head = p.heads[above]
                    if head == above:
                        break
                    if g.is_verb(head) and p.deps[above] in ("ccomp", "advcl", "conj", "xcomp", "parataxis"):
                        above_subjects = tuple(
                            s for s in g.subjects(head) if p.tags[s] not in PRONOUN_TAGS or s in self.cast.at
                        )
                        if above_subjects:
                            taken = above_subjects
                            break
                    above = head
                found += taken
            else:
                found.append(n)
        return tuple(found)

    def participants(self, tokens: tuple[int, ...]) -> tuple[Participant, ...]:
        return tuple(map(self.cast.participant, tokens))
