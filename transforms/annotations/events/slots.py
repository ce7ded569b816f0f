"""Where the recipient of an act may stand: the places around a verb or noun, as frames name them."""

from transforms.annotations.events.cast import Cast
from transforms.annotations.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, Grammar
from transforms.annotations.events.modality import TIMED
from transforms.annotations.events.ontology import Lexicon

# What stands behind these words is not what the act is about: "condemned it on behalf of Peru", "agreed after talks with Chile".
STANDS_FOR = frozenset({"behalf"})


class Slots:
    """Finds what stands in the places around a word of one sentence."""

    __slots__ = ("cast", "g", "lexicon")

    def __init__(self, grammar: Grammar, cast: Cast, lexicon: Lexicon) -> None:
        self.g = grammar
        self.cast = cast
        self.lexicon = lexicon

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
                        if not self.g.is_verb(m) and not self.is_aside(prep, m):
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
                if self.is_aside(prep, n):
                    continue
                for deeper_prep, deeper in self.g.prepositions(n):
                    if deeper >= 0:
                        places.setdefault("+" + deeper_prep, []).append(deeper)

    def is_aside(self, prep: str, n: int) -> bool:
        """Whether preposition and noun tell when, or for whom: those inside the phrase take part in another act."""
        return prep in TIMED or self.g.p.lowers[n] in STANDS_FOR

    def add_embedded(self, i: int, places: dict[str, list[int]], depth: int) -> None:
        g, p = self.g, self.g.p
        if not p.children[i]:
            return
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
