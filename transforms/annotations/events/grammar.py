"""Who does what in one parsed sentence: subjects, objects and prepositions of a word, by its tree.

All results are indices of tokens (the heads of their phrases), in order of preference.
"""

from collections.abc import Iterator

from transforms.annotations.syntax import Parse

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
PASSIVE_MARKS = PASSIVE_SUBJECTS | {"auxpass"}
OBJECTS = frozenset({"dobj", "oprd"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
INHERITS = frozenset({"xcomp", "advcl", "conj", "ccomp", "pcomp", "prep", "dep", "acl", "parataxis"})
# They begin what happens beside an act, not what is agreed, demanded or refused.
ASIDE = frozenset({"although", "amid", "as", "because", "despite", "since", "though", "when", "while", "with", "without"})
LET = frozenset({"let", "lets", "letting"})
NOT_IN_PHRASE = frozenset({"relcl", "acl", "advcl", "appos", "punct", "cc", "conj", "parataxis", "ccomp"})
NOT_BEHIND = frozenset({"advmod", "npadvmod", "mark", "nsubj", "aux", "dep", "dobj", "attr"})
IN_PHRASE = frozenset({"of", "for", "in", "from", "at"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


class Grammar:
    """Questions about one Parse; answers are kept, a place for each token."""

    __slots__ = ("_conjuncts", "_passive", "_patients", "_phrases", "_prepositions", "_subjects", "p")

    def __init__(self, parse: Parse) -> None:
        self.p = parse
        unknown = [None] * len(parse)
        self._subjects: list[tuple[int, ...] | None] = [*unknown]
        self._conjuncts: list[tuple[int, ...] | None] = [*unknown]
        self._phrases: list[tuple[int, int] | None] = [*unknown]
        self._passive: list[bool | None] = [*unknown]
        self._patients: list[tuple[int, ...] | None] = [*unknown]
        self._prepositions: list[tuple[tuple[str, int], ...] | None] = [*unknown]

    def is_verb(self, i: int) -> bool:
        return self.p.tags[i] in VERB_TAGS

    def is_passive(self, i: int) -> bool:
        kept = self._passive[i]
        if kept is None:
            kept = self._passive[i] = self._find_passive(i)
        return kept

    def _find_passive(self, i: int) -> bool:
        deps = self.p.deps
        for c in self.p.children[i]:
            if deps[c] in PASSIVE_MARKS:
                return True
        if self.p.tags[i] != "VBN":
            return False
        if deps[i] == "acl" or (deps[i] == "amod"):
            return True
        if deps[i] == "conj" and self.p.heads[i] != i and not self.own_subjects(i):
            return self.p.tags[self.p.heads[i]] == "VBN" and self.is_passive(self.p.heads[i])
        return any(deps[c] == "agent" for c in self.p.children[i]) and not self.own_subjects(i)

    def own_subjects(self, i: int) -> tuple[int, ...]:
        deps = self.p.deps
        return tuple([c for c in self.p.children[i] if deps[c] in SUBJECTS])

    def conjuncts(self, n: int) -> tuple[int, ...]:
        """The noun and what is joined to it by "and"."""
        kept = self._conjuncts[n]
        if kept is None:
            deps = self.p.deps
            kept = (n,)
            for c in self.p.children[n]:
                if deps[c] == "conj" and not self.is_verb(c):
                    kept += self.conjuncts(c)
            self._conjuncts[n] = kept
        return kept

    def resolve(self, n: int, verb: int) -> int:
        """The antecedent of a relative pronoun, else the word itself."""
        if self.p.lowers[n] in RELATIVE and self.p.tags[n] in ("WP", "WDT", "WP$", "IN", "DT"):
            above = verb
            for _ in range(4):
                if self.p.deps[above] == "relcl":
                    return self.p.heads[above]
                if self.p.heads[above] == above:
                    break
                above = self.p.heads[above]
        return n

    def subjects(self, i: int, hops: int = 5) -> tuple[int, ...]:
        """Who does the act of verb `i`: its subject, its agent in the passive, else the subject it inherits."""
        kept = self._subjects[i]
        if kept is None:
            kept = self._subjects[i] = self._find_subjects(i, hops)
        return kept

    def _find_subjects(self, i: int, hops: int) -> tuple[int, ...]:
        p = self.p
        if self.is_passive(i):
            for c in p.children[i]:
                if p.deps[c] == "agent" or (p.deps[c] == "prep" and p.lowers[c] == "by"):
                    found = [g for g in p.children[c] if p.deps[g] == "pobj"]
                    if found:
                        return tuple(found)
            return ()
        own = self.own_subjects(i)
        if own:
            return tuple(self.resolve(s, i) for s in own)
        head = p.heads[i]
        if head == i or hops == 0:
            return ()
        dep = p.deps[i]
        if dep in ("relcl", "acl") and p.deps[head] == "attr" and p.tags[i] == "VB":
            # "was the first to recognize": the first is whoever was
            return self.subjects(p.heads[head], hops - 1)
        if dep == "acl" and p.tags[i] in ("VBG", "VB") and not self.is_verb(head):
            if p.tags[i] == "VBG":
                return (head,)
            return self.noun_owner(head, hops - 1)
        if dep == "relcl":
            return (head,) if not self.is_verb(head) else ()
        if dep in ("xcomp", "ccomp") and self.is_verb(head):
            objects = [c for c in p.children[head] if p.deps[c] == "dobj"]
            if objects and dep == "xcomp":
                return (objects[0],)
            if self.is_passive(head):
                return self.patients(head)
            return self.subjects(head, hops - 1)
        if dep in INHERITS:
            if not self.is_verb(head):
                return self.noun_owner(head, hops - 1)
            if self.is_passive(head):
                return (
                    self.patients(head) if dep != "advcl" or not self.subjects(head) else self.subjects(head)
                )
            return self.subjects(head, hops - 1)
        return ()

    def noun_owner(self, n: int, hops: int) -> tuple[int, ...]:
        """Whose a noun or preposition is: "their readiness to help" belongs to them, else to the verb's subject."""
        p = self.p
        for c in p.children[n]:
            if p.deps[c] == "poss":
                return (c,)
        above = n
        for _ in range(4):
            head = p.heads[above]
            if head == above:
                break
            above = head
            if self.is_verb(above):
                if p.deps[n] in PASSIVE_SUBJECTS:
                    return ()
                return self.subjects(above, hops) if hops > 0 else ()
            if p.tags[above].startswith("JJ") or p.deps[above] in ("acomp", "attr"):
                continue
        return ()

    def patients(self, i: int) -> tuple[int, ...]:
        """Whom the act of verb `i` befalls: its object, its subject in the passive."""
        kept = self._patients[i]
        if kept is None:
            kept = self._patients[i] = self._find_patients(i)
        return kept

    def _find_patients(self, i: int) -> tuple[int, ...]:
        p = self.p
        found: list[int] = []
        if self.is_passive(i):
            found += [self.resolve(c, i) for c in p.children[i] if p.deps[c] in PASSIVE_SUBJECTS]
            if not found and p.deps[i] in ("acl", "relcl", "amod"):
                found.append(p.heads[i])
            if not found and p.deps[i] == "conj" and self.is_verb(p.heads[i]):
                found += self.patients(p.heads[i])
            if not found and p.deps[i] == "xcomp" and self.is_verb(p.heads[i]):
                found += self.patients(p.heads[i]) or list(self.subjects(p.heads[i]))
            found += [c for c in p.children[i] if p.deps[c] in OBJECTS]
            return tuple(found)
        found += [self.resolve(c, i) for c in p.children[i] if p.deps[c] in OBJECTS]
        if not found and p.deps[i] == "relcl" and self.own_subjects(i) and not self.tells_where(i):
            found.append(p.heads[i])
        if not found and p.lowers[i] in LET:
            # "let the reporter go": whom one lets is the subject of the next verb
            found += [
                s for c in p.children[i] if p.deps[c] in ("ccomp", "xcomp") for s in self.own_subjects(c)
            ]
        if not found:
            # "signed and ratified the treaty": the object stands with the last verb
            for c in p.children[i]:
                if p.deps[c] == "conj" and self.is_verb(c) and not self.own_subjects(c):
                    found += [g for g in p.children[c] if p.deps[g] in OBJECTS]
        return tuple(found)

    def datives(self, i: int) -> tuple[int, ...]:
        p = self.p
        found = []
        for c in p.children[i]:
            if p.deps[c] == "dative":
                inside = [g for g in p.children[c] if p.deps[g] == "pobj"]
                found += inside or [c]
        return tuple(found)

    def governs_infinitive(self, i: int) -> bool:
        """Whether verb `i` has someone do something: "told the army to leave"."""
        p = self.p
        return any(
            p.deps[c] in ("xcomp", "ccomp", "advcl")
            and any(p.lowers[g] == "to" and p.deps[g] == "aux" for g in p.children[c])
            for c in p.children[i]
        )

    def prepositions(self, i: int) -> tuple[tuple[str, int], ...]:
        """(preposition or particle, what stands behind it or -1) at word `i`."""
        kept = self._prepositions[i]
        if kept is None:
            kept = self._prepositions[i] = tuple(self._find_prepositions(i))
        return kept

    def _find_prepositions(self, i: int) -> Iterator[tuple[str, int]]:
        p = self.p
        for c in p.children[i]:
            dep = p.deps[c]
            if dep == "advmod" and p.children[c]:
                # "closer to the border", "aside from"
                for g in p.children[c]:
                    if p.deps[g] == "prep":
                        for deeper in p.children[g]:
                            if p.deps[deeper] == "pobj":
                                yield p.lowers[g], deeper
            if dep in ("prep", "agent", "dative") and p.children[c]:
                lower = p.lowers[c]
                found = False
                for g in p.children[c]:
                    if p.deps[g] in ("pobj", "pcomp"):
                        found = True
                        yield lower, g
                    elif p.deps[g] == "prep":
                        for deeper in p.children[g]:
                            if p.deps[deeper] in ("pobj", "pcomp"):
                                found = True
                                yield p.lowers[g], deeper
                                yield lower, deeper
                if not found:
                    yield lower, -1
            elif dep in ("prt", "prep", "advmod") and p.tags[c] in ("RP", "IN", "RB", "TO"):
                yield p.lowers[c], -1

    def phrase(self, n: int) -> tuple[int, int]:
        """First and last token of the noun phrase with head `n`, without clauses, appositions and conjuncts."""
        kept = self._phrases[n]
        if kept is None:
            kept = self._phrases[n] = self._find_phrase(n)
        return kept

    def _find_phrase(self, n: int) -> tuple[int, int]:
        p = self.p
        first = last = n
        stack = [n]
        while stack:
            at = stack.pop()
            for c in p.children[at]:
                dep = p.deps[c]
                if dep in NOT_IN_PHRASE and not (dep == "punct" and p.words[c] == "-"):
                    continue
                if at == n and dep in ("prep", "agent") and p.lowers[c] not in IN_PHRASE:
                    continue
                if c > n and dep in NOT_BEHIND:
                    continue
                if c < first:
                    first = c
                elif c > last:
                    last = c
                stack.append(c)
        return first, last

    def hold(self, n: int) -> str:
        """What holds word `n` to what stands above it: "+of" and the like, else its relation."""
        p = self.p
        return "+" + p.lowers[p.heads[n]] if p.deps[n] == "pobj" else p.deps[n]

    def complement_verbs(self, i: int) -> tuple[int, ...]:
        """Verbs that stand as what is agreed, demanded, refused …: xcomp, ccomp, and those under prepositions."""
        p = self.p
        found = []
        for c in p.children[i]:
            dep = p.deps[c]
            if dep in ("xcomp", "ccomp") or (dep in ("acl", "pcomp") and self.is_verb(c)):
                found.append(c)
            elif dep == "prep" and p.lowers[c] not in ASIDE:
                found += [g for g in p.children[c] if p.deps[g] == "pcomp"]
            elif dep == "advcl" and c > i and not any(p.lowers[g] in ASIDE for g in p.children[c]):
                found.append(c)
        return tuple(found)

    def tells_where(self, i: int) -> bool:
        """Whether a relative clause tells of what happened there and then: "the city where clashes erupted"."""
        return any(self.p.tags[c] == "WRB" for c in self.p.children[i])
