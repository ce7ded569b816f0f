"""Who did it and to whom: actors and recipients of a matched trigger, as tokens and then as participants."""

from dataclasses import dataclass

from transforms.annotations.annotation import Participant
from transforms.annotations.events.cast import PRONOUN_TAGS, Cast
from transforms.annotations.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, Grammar
from transforms.annotations.events.matching import Match
from transforms.annotations.events.ontology import Frame, Lexicon

DEFAULT_PLACES = ("obj", "dative", "+against", "+to", "+with", "+on", "+over", "+for", "+from", "+of", "+in", "+into", "+at", "+between", "+toward", "+towards", "+among", "+by", "+near", "+about", "clause", "to_clause", "of_obj")  # fmt: skip
WITH_PLACES = frozenset({"+with", "obj", "+between", "dative"})
TARGET_PLACES = frozenset({"obj", "+in", "+on", "+at", "+against", "+outside", "of_obj"})


@dataclass(slots=True)
class Sides:
    """Head tokens of both sides; `recipient_rank` as in `Cast.rank`; `is_passive` where the trigger is."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    actor_rank: int = -1
    recipient_rank: int = -1
    is_passive: bool = False
    light: int | None = None
    is_embedded: bool = False
    place: str = ""
    recipients_are_joint: bool = False
    has_idle_actor: bool = False


class Finder:
    """Finds the sides of triggers in one sentence."""

    __slots__ = ("cast", "g", "lexicon")

    def __init__(self, grammar: Grammar, cast: Cast, lexicon: Lexicon) -> None:
        self.g = grammar
        self.cast = cast
        self.lexicon = lexicon

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
        sides.actors = self.ground(self.g.subjects(i), i)
        places = self.verb_places(i, match.objects)
        # "granted amnesty", "sanctions were imposed": what the pattern asked for is the act, not who it befalls
        acts = match.objects if frame.recipient[:1] not in (("obj",), ("dative",)) else ()
        self.choose(sides, places, frame, set(sides.actors), frozenset(acts))
        return sides

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
        self.choose(sides, self.verb_places(i, ()), frame, set(sides.actors))
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
                between += list(g.conjuncts(n))
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
        light = self.light_verb(i)
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
            joined = list(g.conjuncts(places["+of"][0]))
            if len(joined) > 1:
                sides.actors, sides.recipients = (joined[0],), tuple(joined[1:])
                sides.recipients_are_joint = True
        if not sides.actors and frame.is_symmetric:
            states = self.states_after(i)
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

    def states_after(self, i: int) -> list[int]:
        """Countries named between noun `i` and the next verb: "the meeting of the Council of Peru and Chile"."""
        found: list[int] = []
        seen: set[str] = set()
        for k in range(i + 1, len(self.g.p)):
            if self.g.is_verb(k):
                break
            mention = self.cast.at.get(k)
            if (
                mention is not None
                and mention.kind == "country"
                and mention.form == "name"
                and mention.text not in seen
            ):
                seen.add(mention.text)
                found.append(k)
        return found

    def light_verb(self, i: int) -> int | None:
        """The verb whose object (or subject in the passive) noun `i` is, if it says little by itself."""
        p, g = self.g.p, self.g
        above = i
        for _ in range(4):
            head, dep = p.heads[above], p.deps[above]
            if head == above:
                return None
            if g.is_verb(head):
                lemma = self.cast.matcher.lemma(head)
                is_light = lemma in self.lexicon.light or lemma in self.lexicon.transparent
                if dep in ("dobj", "nsubjpass", "oprd", "attr") or (dep in ("prep", "pobj") and is_light):
                    return head if is_light or dep == "dobj" else None
                return None
            if dep not in ("pobj", "prep", "conj", "compound"):
                return None
            above = head
        return None

    def verb_places(self, i: int, objects: tuple[int, ...]) -> dict[str, list[int]]:
        """Place → tokens, for verb `i`, its objects, and what is embedded below it."""
        g, p = self.g, self.g.p
        places: dict[str, list[int]] = {}
        patients = list(g.patients(i))
        places["obj"] = patients
        places["dative"] = list(g.datives(i))
        self.add_prepositions(i, places)
        for n in dict.fromkeys((*patients, *objects)):
            for each in g.conjuncts(n):
                for prep, m in g.prepositions(each):
                    if m >= 0:
                        places.setdefault("+" + prep, []).append(m)
                        if prep == "of":
                            places.setdefault("of_obj", []).append(m)
                        if not self.g.is_verb(m):
                            for deeper_prep, deeper in g.prepositions(m):
                                if deeper >= 0:
                                    places.setdefault("+" + deeper_prep, []).append(deeper)
                self.add_embedded(each, places, 1)
                if each in objects and not places["dative"]:
                    # "gave the refugees shelter": parsers take the two objects for one compound
                    places["dative"] += [
                        c for c in p.children[each] if p.deps[c] == "compound" and self.is_person(c)
                    ]
                for c in p.children[each]:
                    if p.deps[c] in ("poss",):
                        places.setdefault("of_obj", []).append(c)
        self.add_embedded(i, places, 3)
        return places

    def is_person(self, n: int) -> bool:
        return self.g.p.tags[n] in ("NNS", "NN") and self.cast.rank(n) == 2

    def add_prepositions(self, i: int, places: dict[str, list[int]]) -> None:
        for prep, n in self.g.prepositions(i):
            if n >= 0 and prep == "by":
                for deeper_prep, deeper in self.g.prepositions(n):
                    if deeper >= 0:
                        places.setdefault("+" + deeper_prep, []).append(deeper)
            if n >= 0 and (prep != "by" or not self.g.is_passive(i)):
                places.setdefault("+" + prep, []).append(n)
                for deeper_prep, deeper in self.g.prepositions(n):
                    if deeper >= 0:
                        places.setdefault("+" + deeper_prep, []).append(deeper)

    def add_embedded(self, i: int, places: dict[str, list[int]], depth: int) -> None:
        g, p = self.g, self.g.p
        for v in g.complement_verbs(i):
            for c in p.children[v]:
                if p.deps[c] in SUBJECTS or p.deps[c] in PASSIVE_SUBJECTS:
                    places.setdefault("clause", []).append(g.resolve(c, v))
            inner = places.setdefault("to_clause", [])
            inner += g.patients(v)
            inner += g.datives(v)
            inner += [n for _, n in g.prepositions(v) if n >= 0]
            for n in g.patients(v):
                inner += [m for _, m in g.prepositions(n) if m >= 0]
                inner += [c for c in p.children[n] if p.deps[c] == "poss"]
            if depth:
                self.add_embedded(v, places, depth - 1)

    def choose(
        self,
        sides: Sides,
        places: dict[str, list[int]],
        frame: Frame,
        taken: set[int],
        acts: frozenset[int] = frozenset(),
    ) -> None:
        """The recipient: the first place in the frame's order that holds someone who can take part."""
        others = () if frame.is_strict else DEFAULT_PLACES
        order = (*frame.recipient, *(place for place in others if place not in frame.recipient))
        fallback: tuple[int, int] | None = None
        for position, place in enumerate(order):
            for n in places.get(place, ()):
                if n in taken:
                    continue
                rank = self.cast.rank(n) if n not in acts else min(self.cast.rank(n), 1)
                if rank < 2 and n not in acts and place in TARGET_PLACES and self.cast.is_target(n):
                    rank = 2
                if rank == 2:
                    sides.recipients = tuple(m for m in self.g.conjuncts(n) if m not in taken)
                    sides.recipient_rank = 2
                    sides.place = place
                    sides.is_embedded = place == "to_clause" or position >= len(frame.recipient)
                    return
                if rank >= 0 and (fallback is None or rank > fallback[1]):
                    fallback = n, rank
        if fallback is not None:
            n, rank = fallback
            inside = self.cast.inside(n) if rank == 1 else None
            if inside is not None and inside in taken:
                inside, rank = None, 0
            sides.recipients = (n,) if inside is None else (inside,)
            sides.recipient_rank = rank

    def complete(self, sides: Sides, frame: Frame, match: Match) -> None:
        """Joint subjects of symmetric acts, and ranks."""
        actors = tuple(each for n in sides.actors for each in self.g.conjuncts(n))
        if frame.is_symmetric and len(actors) == 1:
            actors += self.joined_inside(actors[0])
        is_with = sides.recipient_rank == 2 and sides.place in WITH_PLACES
        if frame.is_symmetric and len(actors) > 1 and not is_with and not sides.recipients_are_joint:
            sides.recipients, sides.recipient_rank = actors[1:], 2
            actors = actors[:1]
        instruments = self.lexicon.instruments
        sides.has_idle_actor = bool(actors) and all(
            self.cast.matcher.lemma(n) in instruments and n not in self.cast.at and self.cast.rank(n) < 2
            for n in actors
        )
        sides.actors = tuple(n for n in actors if n not in sides.recipients and not self.cast.is_abstract(n))
        sides.actor_rank = max((self.cast.rank(n) for n in sides.actors), default=-1)
        if sides.recipients and sides.recipient_rank < 0:
            sides.recipient_rank = max(self.cast.rank(n) for n in sides.recipients)

    def joined_inside(self, n: int) -> tuple[int, ...]:
        """What the tree joins to a name inside the phrase: "Presidents of Peru and Chile", "… Ali and President Omar"."""
        p, g = self.g.p, self.g
        found = []
        for prep, m in g.prepositions(n):
            if prep == "of" and m >= 0:
                found += [k for k in g.conjuncts(m) if k != m and self.cast.rank(k) == 2]
        for c in p.children[n]:
            if p.deps[c] in ("appos", "nmod", "compound"):
                found += [k for k in g.conjuncts(c) if k != c and self.cast.rank(k) == 2]
        return tuple(found)

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
        return tuple(self.cast.participant(n) for n in tokens)
