"""Finds where frames are evoked in a parsed sentence: trigger words whose pattern fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

from transforms.annotations.events.grammar import VERB_TAGS, Grammar
from transforms.annotations.events.morphology import noun_lemma
from transforms.annotations.events.ontology import Ontology, Part, Trigger, Words
from transforms.annotations.events.patterns import ANYTHING

BEFORE, AFTER = 9, 16
# The name under which a pattern asks for an infinitive: "tell +to_do".
INFINITIVE = "to_do"
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
# The words around a trigger in all their forms, and their running text.
Window: TypeAlias = tuple[set[str], str]


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger at token `at`. `objects` are the objects that its pattern asked for, `near` counts nearby hits."""

    at: int
    trigger: Trigger
    objects: tuple[int, ...]
    near: int


class Matcher:
    """Matches the triggers of one ontology against one sentence."""

    __slots__ = ("g", "lemmas", "ontology", "p")

    def __init__(self, grammar: Grammar, ontology: Ontology) -> None:
        self.g = grammar
        self.p = grammar.p
        self.ontology = ontology
        lowers, verb_lemmas = self.p.lowers, ontology.verb_lemmas
        self.lemmas = list(map(noun_lemma, lowers))
        for i in compress(range(len(lowers)), map(VERB_TAGS.__contains__, self.p.tags)):
            lower = lowers[i]
            self.lemmas[i] = verb_lemmas[lower][0] if lower in verb_lemmas else lower

    def lemma(self, i: int) -> str:
        return self.lemmas[i]

    def find(self, triggers: Mapping[str, Sequence[Trigger]]) -> list[Match]:
        """Every match of `triggers` (by form, lower case), at most one per token, in order of the text."""
        found = []
        p = self.p
        for i in compress(range(len(p)), map(triggers.__contains__, p.lowers)):
            match = None
            tag, lower = p.tags[i], p.lowers[i]
            of_form = triggers[lower]
            if tag in VERB_TAGS:
                match = self.match_verb(i, of_form)
                if match is None and tag in ("VBN", "VBG"):
                    match = self.best(i, "adjective", of_form, ())
            elif tag in NOUN_TAGS:
                match = self.best(i, "noun", of_form, ())
                if match is None and (lower.endswith("ing") or p.deps[i] == "ROOT" or self.g.own_subjects(i)):
                    match = self.match_verb(i, of_form)
            elif tag.startswith("JJ"):
                match = self.best(i, "adjective", of_form, ())
            if match is not None:
                found.append(match)
        return found

    def match_verb(self, i: int, triggers: Sequence[Trigger]) -> Match | None:
        if "verb" not in [trigger.part for trigger in triggers]:
            return None
        return self.best(i, "verb", triggers, self.objects(i))

    def objects(self, i: int) -> tuple[int, ...]:
        """Objects with what stands behind quantities and lists ("a number of documents")."""
        quantity = self.ontology.lexicon.quantity
        found: list[int] = []
        tokens = list(self.g.patients(i))
        if self.p.tags[i] in ("VBG", "NN"):
            tokens += [n for prep, n in self.g.prepositions(i) if prep == "of" and n >= 0]
        for n in tokens:
            for each in self.g.conjuncts(n):
                found.append(each)
                if self.lemma(each) in quantity:
                    found += [m for prep, m in self.g.prepositions(each) if prep == "of" and m >= 0]
        return tuple(found)

    def best(self, i: int, part: Part, triggers: Sequence[Trigger], objects: tuple[int, ...]) -> Match | None:
        window: Window | None = None
        preps: list[tuple[str, int]] | None = None
        best: Match | None = None
        names: set[str] = {ANYTHING} if objects else set()
        for n in objects:
            names.update(self.names(n))
        for trigger in triggers:
            if trigger.part != part:
                continue
            if best is not None and trigger.specificity < best.trigger.specificity:
                break
            if trigger.before and (i == 0 or self.p.lowers[i - 1] != trigger.before):
                continue
            if trigger.objects is not None and trigger.objects.isdisjoint(names):
                continue
            if not trigger.not_objects.isdisjoint(names):
                continue
            if trigger.preps or trigger.not_preps:
                if preps is None:
                    preps = [pair for n in (i, *objects) for pair in self.g.prepositions(n)]
                    # "called on Tuesday" is no call on anyone
                    preps = [(prep, n) for prep, n in preps if n < 0 or not self.is_time(n)]
                    if self.g.governs_infinitive(i):
                        preps.append((INFINITIVE, -1))
                if trigger.not_preps and any(prep in trigger.not_preps for prep, _ in preps):
                    continue
                if not self.has_preps(trigger, preps):
                    continue
            near = 0
            if trigger.near or trigger.not_near:
                if window is None:
                    window = self.window(i)
                if trigger.not_near and count(trigger.not_near, window):
                    continue
                counts = [count(words, window) for words in trigger.near]
                if not all(counts):
                    continue
                near = sum(counts)
            if trigger.subjects is not None and not self.subject_in(i, trigger.subjects):
                continue
            if best is None or near > best.near:
                wanted = trigger.objects or frozenset()
                hits = () if ANYTHING in wanted else tuple([n for n in objects if self.is_in(n, wanted)])
                best = Match(i, trigger, hits, near)
        return best

    def has_preps(self, trigger: Trigger, preps: Sequence[tuple[str, int]]) -> bool:
        """Whether all prepositions that a pattern asks for are there, with what it asks for behind them."""
        for names, words in trigger.preps:
            for prep, n in preps:
                if prep in names and (words is None or (n >= 0 and self.pobj_in(n, words))):
                    break
            else:
                return False
        return True

    def names(self, n: int) -> tuple[str, ...]:
        """How word lists may name token `n`: by form, by lemma, with the word before it or a hyphened one."""
        lemma, lower = self.lemma(n), self.p.lowers[n]
        if n == 0:
            return lower, lemma
        joined = f"{self.p.lowers[n - 1]}_{lemma}"
        if n > 1 and self.p.words[n - 1] == "-":
            return lower, lemma, joined, f"{self.p.lowers[n - 2]}-{lemma}"
        return lower, lemma, joined

    def is_in(self, n: int, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.names(n))

    def is_time(self, n: int) -> bool:
        return self.p.lowers[n] in self.ontology.lexicon.time and self.p.tags[n] != "VB"

    def pobj_in(self, n: int, words: frozenset[str]) -> bool:
        return any(
            self.is_in(each, words)
            or any(prep == "of" and m >= 0 and self.is_in(m, words) for prep, m in self.g.prepositions(each))
            for each in self.g.conjuncts(n)
        )

    def subject_in(self, i: int, words: frozenset[str]) -> bool:
        for n in self.g.subjects(i):
            for each in self.g.conjuncts(n):
                first, last = self.g.phrase(each)
                if any(self.is_in(k, words) for k in range(first, min(last + 1, first + 12))):
                    return True
        return False

    def window(self, i: int) -> Window:
        first, last = max(0, i - BEFORE), min(len(self.p), i + AFTER)
        lowers = self.p.lowers[first:last]
        running = " " + " ".join(lowers) + " "
        words = {*lowers, *self.lemmas[first:i], *self.lemmas[i + 1 : last]}
        words.discard(self.p.lowers[i])
        if " - " in running:
            # the model's tokens of "cease-fire" are three
            running = running.replace(" - ", "-")
            words.update(word for word in running.split() if "-" in word)
        return words, running


def count(words: Words, window: Window) -> int:
    near, running = window
    return len(words.single & near) + len([phrase for phrase in words.phrases if phrase in running])
