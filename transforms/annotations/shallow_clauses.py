"""Draws the heads of a tagged sentence from left to right: subjects, objects, prepositions, clauses below clauses."""

from collections.abc import Mapping

from transforms.annotations.function_words import BE, DAYS, DO, HAVE


class Clause:
    """The reading state while heads are drawn from left to right."""

    def __init__(
        self,
        words: list[str],
        tags: list[str],
        deps: list[str],
        heads: list[int],
        forms: Mapping[str, tuple[str, ...]],
        speech: frozenset[str],
    ) -> None:
        self.words, self.tags, self.deps, self.heads = words, tags, deps, heads
        self.forms, self.speech = forms, speech
        self.root = self.verb = self.noun = self.subject = self.prep = self.joiner = -1
        self.waiting: list[int] = []
        self.relative = self.comma = self.that = -1
        self.auxiliaries: list[int] = []

    def set(self, i: int, head: int, dep: str) -> None:
        self.heads[i], self.deps[i] = head, dep

    def take(self, i: int, is_phrase: bool) -> None:
        tag, lower = self.tags[i], self.words[i].lower()
        if is_phrase:
            self.take_noun(i, lower)
        elif tag == "MD" or (lower in BE | HAVE | DO) or tag in ("TO", "RB"):
            self.waiting.append(i)
        elif tag.startswith("VB"):
            self.take_verb(i)
        elif tag == "JJ":
            if any(self.words[k].lower() in BE for k in self.waiting):
                self.take_verb(i)
        elif tag == "IN":
            head = (
                self.noun if lower == "of" and self.noun >= 0 else self.verb if self.verb >= 0 else self.noun
            )
            if (
                self.noun >= 0
                and self.noun == i - 1
                and self.verb >= 0
                and self.noun > self.verb
                and lower in ("between", "of", "on", "against", "with", "to")
            ):
                head = self.noun
            if lower == "that":
                self.that = i
            elif head >= 0:
                self.set(i, head, "prep")
                self.prep = i
        elif tag == "RP" and self.verb >= 0:
            self.set(i, self.verb, "prt")
        elif tag == "WDT":
            self.relative = i
        elif tag == "CC":
            self.joiner = i
        elif tag == ".":
            self.comma = i

    def take_noun(self, i: int, lower: str) -> None:
        to = next((k for k in reversed(self.waiting) if self.tags[k] == "TO"), -1)
        if to >= 0 and self.heads[to] < 0:
            # "to" before a noun is a preposition
            self.set(to, self.verb if self.verb >= 0 else max(self.noun, 0), "prep")
            self.waiting.remove(to)
            self.prep = to
        if lower in DAYS:
            if self.prep >= 0:
                self.set(i, self.prep, "pobj")
                self.prep = -1
            elif self.verb >= 0:
                self.set(i, self.verb, "npadvmod")
            return
        if (
            self.joiner >= 0
            and self.noun >= 0
            and self.joiner > self.noun
            and self.verb < self.joiner
            and self.verb < self.noun + 1
        ):
            self.set(i, self.noun, "conj")
            self.joiner = -1
            return
        if self.prep >= 0:
            self.set(i, self.prep, "pobj")
            self.prep = -1
        elif self.that == self.verb + 1 > 0:
            # "said that the ministers": a clause begins
            self.subject, self.that = i, -1
        elif self.verb >= 0 and self.noun < self.verb and not self.waiting:
            self.set(i, self.verb, "dobj")
        elif self.verb >= 0 and self.noun >= 0 and self.comma < self.noun and self.deps[self.noun] == "dobj":
            # two objects: the first was given to
            self.set(self.noun, self.verb, "dative")
            self.set(i, self.verb, "dobj")
        elif self.has_open_subject() and any(self.words[k].lower() in BE for k in self.waiting):
            # "was the first": what the subject is
            self.set(i, self.subject, "attr")
        else:
            self.subject = i
        self.noun = i

    def has_open_subject(self) -> bool:
        """Whether a subject behind the last verb still waits for its own."""
        return self.subject > self.verb and self.heads[self.subject] < 0

    def take_verb(self, i: int) -> None:
        tag = self.tags[i]
        lowers = [self.words[k].lower() for k in self.waiting]
        is_passive = tag == "VBN" and any(lower in BE for lower in lowers)
        is_infinitive = any(self.tags[k] == "TO" for k in self.waiting)
        for k, lower in zip(self.waiting, lowers, strict=True):
            negates = lower in ("not", "n't", "n’t", "never")
            self.set(
                k,
                i,
                "neg"
                if negates
                else "advmod"
                if self.tags[k] == "RB"
                else "auxpass"
                if is_passive and lower in BE
                else "aux",
            )
        self.waiting.clear()
        if self.prep >= 0 and tag == "VBG":
            self.set(i, self.prep, "pcomp")
            self.prep = -1
        elif is_infinitive and self.verb >= 0 and not (self.has_open_subject() and not BE.isdisjoint(lowers)):
            self.set(i, self.verb, "xcomp")
        elif self.relative >= 0 and self.noun >= 0 and self.relative > self.noun:
            self.set(i, self.noun, "relcl")
            self.set(self.relative, i, "nsubj")
            self.relative = -1
        elif (
            tag in ("VBG", "VBN")
            and not is_passive
            and self.verb >= 0
            and self.noun == i - 1
            and self.heads[self.noun] >= 0
        ):
            self.set(i, self.noun, "acl")
        elif tag == "VBN" and not is_passive and self.root < 0 and self.noun == i - 1 and not lowers:
            self.set(i, self.noun, "acl")
            self.verb = i
            return
        elif self.root < 0:
            self.root = i
            if self.subject >= 0:
                self.set(self.subject, i, "nsubjpass" if is_passive else "nsubj")
        elif self.joiner > self.verb and self.subject < self.joiner:
            self.set(i, self.verb, "conj")
        elif self.subject > self.verb:
            above = self.verb
            says = above >= 0 and not self.speech.isdisjoint(self.forms.get(self.words[above].lower(), ()))
            self.set(i, above, "ccomp" if says or self.comma < above else "parataxis")
            if self.heads[self.subject] < 0:
                self.set(self.subject, i, "nsubjpass" if is_passive else "nsubj")
        elif self.verb >= 0:
            self.set(i, self.verb, "advcl")
        self.joiner = -1
        self.verb = i
        if self.noun > i:
            self.noun = -1


def break_cycles(heads: list[int], deps: list[str], root: int) -> None:
    """Every token must reach the root."""
    for i in range(len(heads)):
        seen = set()
        at = i
        while heads[at] != at:
            if at in seen:
                heads[at], deps[at] = root, "dep"
                break
            seen.add(at)
            at = heads[at]
