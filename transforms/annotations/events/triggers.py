"""Which patterns the words of a sentence can evoke at all: a sentence without one is neither parsed nor looked at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from transforms.annotations.events.matching import INFINITIVE
from transforms.annotations.events.morphology import noun_forms
from transforms.annotations.events.ontology import Trigger, Words
from transforms.annotations.events.patterns import ANYTHING

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# The same for lower-case sentences in plain letters, in two thirds of the time.
ASCII_WORD = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")
RANK = attrgetter("rank")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with the bits of the lists of words from each of which it needs one in its sentence.

    `rank` numbers all triggers, the most specific first.
    """

    rank: int
    needed: int
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one form may be: by itself (`free`), or filed under the last list that each needs, and the bits of these lists."""

    free: tuple[Candidate, ...]
    by_list: Mapping[int, tuple[Candidate, ...]]
    lists: int

    def beside(self, present: int) -> Sequence[Candidate]:
        """The free ones, and those under lists in `present`, the most specific first."""
        hits = self.lists & present
        if not hits:
            return self.free
        found = [*self.free]
        while hits:
            bit = hits.bit_length()
            hits ^= 1 << bit - 1
            found += self.by_list[bit]
        return sorted(found, key=RANK)


@dataclass(frozen=True, slots=True)
class TriggerForms:
    """Trigger words in all their forms, lower case, each with the triggers that it may be.

    A list of words of which triggers need one beside them has a bit; `bits` holds, for every form of such a word, those
    of the lists that it is in. Most candidates lack their words: only those are looked at whose list has one.
    """

    candidates: Mapping[str, Candidates]
    bits: Mapping[str, int]

    def find(self, words: frozenset[str]) -> dict[str, list[Trigger]]:
        """The trigger forms among `words`, which a sentence holds (`words_of`), each with those of its triggers whose
        words are there too, the most specific first."""
        present = 0
        for word in words & self.bits.keys():
            present |= self.bits[word]
        found = {}
        for form in words & self.candidates.keys():
            candidates = self.candidates[form].beside(present)
            fitting = [each.trigger for each in candidates if each.needed & present == each.needed]
            if fitting:
                found[form] = fitting
        return found


def words_of(sentence: str) -> frozenset[str]:
    """The words of a lower-case sentence, those with hyphens in their parts too."""
    words = (ASCII_WORD if sentence.isascii() else WORD).findall(sentence)
    if "-" in sentence:
        words += [part for word in words if "-" in word for part in word.split("-")]
    return frozenset(words)


def index_forms(triggers: Iterable[Trigger], verb_lemmas: Mapping[str, tuple[str, ...]]) -> TriggerForms:
    """The index of `triggers`, which keep their order among equally specific ones."""
    verb_forms = forms_by_lemma(verb_lemmas)
    bit_of: dict[frozenset[str], int] = {}
    of_form: dict[str, list[Candidate]] = {}
    for rank, trigger in enumerate(sorted(triggers, key=lambda t: -t.specificity)):
        needed = 0
        for words in words_needed(trigger):
            needed |= bit_of.setdefault(words, 1 << len(bit_of))
        if trigger.part == "verb":
            forms = verb_forms[trigger.lemma]
        elif trigger.part == "noun":
            forms = noun_forms(trigger.lemma)
        else:
            forms = {trigger.lemma}
        candidate = Candidate(rank, needed, trigger)
        for form in forms:
            of_form.setdefault(form, []).append(candidate)
    bits: dict[str, int] = {}
    for words, bit in bit_of.items():
        for form in all_forms(words, verb_forms):
            bits[form] = bits.get(form, 0) | bit
    return TriggerForms({form: file_by_list(found) for form, found in of_form.items()}, bits)


def file_by_list(candidates: Iterable[Candidate]) -> Candidates:
    by_list: dict[int, list[Candidate]] = {}
    for each in candidates:
        by_list.setdefault(each.needed.bit_length(), []).append(each)
    free = tuple(by_list.pop(0, ()))
    lists = sum(1 << bit - 1 for bit in by_list)
    return Candidates(free, {bit: tuple(found) for bit, found in by_list.items()}, lists)


def forms_by_lemma(verb_lemmas: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Lemma → the verb forms that may be its own."""
    forms: dict[str, set[str]] = {}
    for form, lemmas in verb_lemmas.items():
        for lemma in lemmas:
            forms.setdefault(lemma, set()).add(form)
    return forms


def all_forms(lemmas: Iterable[str], verb_forms: Mapping[str, set[str]]) -> frozenset[str]:
    """The forms in which `lemmas` stand, be they nouns or verbs."""
    return frozenset(form for lemma in lemmas for form in noun_forms(lemma) | verb_forms.get(lemma, set()) | {lemma})


def words_needed(trigger: Trigger) -> Iterator[frozenset[str]]:
    """Lists of words from each of which one must stand beside the trigger, those of phrases by their last words."""
    choices: list[Iterable[str]] = [words for _, words in trigger.preps if words is not None]
    choices += [names for names, _ in trigger.preps if INFINITIVE not in names]
    choices += [all_of(words) for words in trigger.near]
    if trigger.before:
        choices.append((trigger.before,))
    if trigger.objects is not None and ANYTHING not in trigger.objects:
        choices.append(trigger.objects)
    if trigger.subjects is not None:
        choices.append(trigger.subjects)
    for choice in choices:
        words = frozenset(map(last_word, choice))
        if all(map(WORD.fullmatch, words)):
            yield words


def all_of(words: Words) -> tuple[str, ...]:
    return (*words.single, *(phrase.strip() for phrase in words.phrases))


def last_word(phrase: str) -> str:
    return phrase.replace("_", " ").split(" ")[-1]
