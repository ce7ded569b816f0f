"""Which words of a sentence can evoke a frame at all: a sentence without one is neither parsed nor looked at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transforms.annotations.events.matching import INFINITIVE
from transforms.annotations.events.morphology import noun_forms
from transforms.annotations.events.ontology import Trigger, Words
from transforms.annotations.events.patterns import ANYTHING

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class TriggerForms:
    """Trigger words in all their forms: `alone` evoke by themselves, `beside` only with one of the words given."""

    alone: frozenset[str]
    beside: Mapping[str, frozenset[str]]

    def find(self, sentence: str) -> frozenset[str]:
        """The trigger forms that the sentence holds, lower case."""
        words = set(WORD.findall(sentence.lower()))
        for word in [word for word in words if "-" in word]:
            words.update(word.split("-"))
        found = words & self.alone
        for word in words & self.beside.keys():
            if not words.isdisjoint(self.beside[word]):
                found.add(word)
        return frozenset(found)


def index_forms(
    verbs: Mapping[str, tuple[Trigger, ...]],
    nouns: Mapping[str, tuple[Trigger, ...]],
    adjectives: Mapping[str, tuple[Trigger, ...]],
    verb_lemmas: Mapping[str, tuple[str, ...]],
) -> TriggerForms:
    forms_of: dict[str, set[str]] = {}
    for form, lemmas in verb_lemmas.items():
        for lemma in lemmas:
            forms_of.setdefault(lemma, set()).add(form)
    alone: set[str] = set()
    beside: dict[str, set[str]] = {}

    def add(forms: Iterable[str], triggers: tuple[Trigger, ...]) -> None:
        needed = [words_needed(trigger) for trigger in triggers]
        cues = {word for words in needed for word in words or ()}
        cues = {form for word in cues for form in noun_forms(word) | forms_of.get(word, set())}
        for form in forms:
            if None in needed:
                alone.add(form)
            else:
                beside.setdefault(form, set()).update(cues)

    for lemma, triggers in verbs.items():
        add(forms_of[lemma], triggers)
    for lemma, triggers in nouns.items():
        add(noun_forms(lemma), triggers)
    for lemma, triggers in adjectives.items():
        add([lemma], triggers)
    return TriggerForms(
        frozenset(alone), {form: frozenset(cues) for form, cues in beside.items() if form not in alone}
    )


def words_needed(trigger: Trigger) -> set[str] | None:
    """Words one of which must stand beside the trigger, or None where it needs none."""
    if trigger.before:
        return {trigger.before}
    choices: list[Iterable[str]] = [words for _, words in trigger.preps if words is not None]
    if trigger.objects is not None and ANYTHING not in trigger.objects:
        choices.append(trigger.objects)
    if trigger.subjects is not None:
        choices.append(trigger.subjects)
    choices += [all_of(words) for words in trigger.near]
    choices += [names for names, _ in trigger.preps if INFINITIVE not in names]
    return {last_word(word) for word in choices[0]} if choices else None


def all_of(words: Words) -> tuple[str, ...]:
    return (*words.single, *(phrase.strip() for phrase in words.phrases))


def last_word(phrase: str) -> str:
    return phrase.replace("_", " ").split(" ")[-1]
