"""Which patterns the words of a sentence can evoke at all: a sentence without one is neither parsed nor looked at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from transforms.annotations.events.matching import INFINITIVE
from transforms.annotations.events.morphology import noun_forms
from transforms.annotations.events.ontology import Trigger, Words
from transforms.annotations.events.patterns import ANYTHING

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A trigger with the bits of the lists of words from each of which it needs one in its sentence.
Candidate = tuple[int, Trigger]


@dataclass(frozen=True, slots=True)
class TriggerForms:
    """Trigger words in all their forms, lower case, each with the triggers that it may be, the most specific first.

    A list of words of which triggers need one beside them has a bit; `bits` holds, for every form of such a word, those
    of the lists that it is in.
    """

    candidates: Mapping[str, tuple[Candidate, ...]]
    bits: Mapping[str, int]
    every: int

    def find(self, words: frozenset[str]) -> dict[str, list[Trigger]]:
        """The trigger forms among `words`, which a sentence holds (`words_of`), each with those of its triggers whose words are there too."""
        present = 0
        for word in words & self.bits.keys():
            present |= self.bits[word]
        absent = self.every ^ present
        found = {}
        for form in words & self.candidates.keys():
            fitting = [trigger for needed, trigger in self.candidates[form] if not needed & absent]
            if fitting:
                found[form] = fitting
        return found


def words_of(sentence: str) -> frozenset[str]:
    """The words of a lower-case sentence, those with hyphens in their parts too."""
    words = set(WORD.findall(sentence))
    if "-" in sentence:
        for word in [word for word in words if "-" in word]:
            words.update(word.split("-"))
    return frozenset(words)


def index_forms(triggers: Iterable[Trigger], verb_lemmas: Mapping[str, tuple[str, ...]]) -> TriggerForms:
    """The index of `triggers`, which keep their order among equally specific ones."""
    verb_forms = forms_by_lemma(verb_lemmas)
    bit_of: dict[frozenset[str], int] = {}
    candidates: dict[str, list[Candidate]] = {}
    for trigger in sorted(triggers, key=lambda t: -t.specificity):
        needed = 0
        for words in words_needed(trigger):
            needed |= bit_of.setdefault(words, 1 << len(bit_of))
        if trigger.part == "verb":
            forms = verb_forms[trigger.lemma]
        elif trigger.part == "noun":
            forms = noun_forms(trigger.lemma)
        else:
            forms = {trigger.lemma}
        for form in forms:
            candidates.setdefault(form, []).append((needed, trigger))
    bits: dict[str, int] = {}
    for words, bit in bit_of.items():
        for form in all_forms(words, verb_forms):
            bits[form] = bits.get(form, 0) | bit
    return TriggerForms({form: tuple(found) for form, found in candidates.items()}, bits, (1 << len(bit_of)) - 1)


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
