"""Which patterns the words of a sentence can evoke at all: a sentence without one is neither parsed nor looked at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transforms.annotations.events.matching import INFINITIVE
from transforms.annotations.events.morphology import noun_forms
from transforms.annotations.events.ontology import Trigger, Words
from transforms.annotations.events.patterns import ANYTHING

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Stands for the word beside it where a trigger needs none.
NOTHING = ""
# A trigger with the words, in all their forms, one of which must stand in its sentence.
Candidate = tuple[Trigger, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TriggerForms:
    """Trigger words in all their forms, lower case, each with the triggers that it may be, the most specific first.

    `cues` holds the words that any trigger of a form needs one of.
    """

    candidates: Mapping[str, tuple[Candidate, ...]]
    cues: Mapping[str, frozenset[str]]

    def find(self, words: frozenset[str]) -> dict[str, list[Trigger]]:
        """The trigger forms among `words`, which a sentence holds (`words_of`), each with those of its triggers whose words are there too."""
        lacks = words.isdisjoint
        found = {}
        for form in words & self.candidates.keys():
            if not lacks(self.cues[form]):
                found[form] = [trigger for trigger, cues in self.candidates[form] if not lacks(cues)]
        return found


def words_of(sentence: str) -> frozenset[str]:
    """The words of a lower-case sentence, those with hyphens in their parts too, and NOTHING."""
    words = {NOTHING, *WORD.findall(sentence)}
    if "-" in sentence:
        for word in [word for word in words if "-" in word]:
            words.update(word.split("-"))
    return frozenset(words)


def index_forms(triggers: Iterable[Trigger], verb_lemmas: Mapping[str, tuple[str, ...]]) -> TriggerForms:
    """The index of `triggers`, which keep their order among equally specific ones."""
    verb_forms = forms_by_lemma(verb_lemmas)
    cues_of: dict[frozenset[str], frozenset[str]] = {}
    candidates: dict[str, list[Candidate]] = {}
    for trigger in sorted(triggers, key=lambda t: -t.specificity):
        needed = words_needed(trigger)
        cues = cues_of.get(needed)
        if cues is None:
            cues = cues_of[needed] = all_forms(needed, verb_forms)
        if trigger.part == "verb":
            forms = verb_forms[trigger.lemma]
        elif trigger.part == "noun":
            forms = noun_forms(trigger.lemma)
        else:
            forms = {trigger.lemma}
        for form in forms:
            candidates.setdefault(form, []).append((trigger, cues))
    return TriggerForms(
        {form: tuple(found) for form, found in candidates.items()},
        {form: frozenset().union(*(cues for _, cues in found)) for form, found in candidates.items()},
    )


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


def words_needed(trigger: Trigger) -> frozenset[str]:
    """Words one of which must stand beside the trigger."""
    if trigger.before:
        return frozenset({trigger.before})
    choices: list[Iterable[str]] = [words for _, words in trigger.preps if words is not None]
    if trigger.objects is not None and ANYTHING not in trigger.objects:
        choices.append(trigger.objects)
    if trigger.subjects is not None:
        choices.append(trigger.subjects)
    choices += [all_of(words) for words in trigger.near]
    choices += [names for names, _ in trigger.preps if INFINITIVE not in names]
    return frozenset(last_word(word) for word in choices[0]) if choices else frozenset({NOTHING})


def all_of(words: Words) -> tuple[str, ...]:
    return (*words.single, *(phrase.strip() for phrase in words.phrases))


def last_word(phrase: str) -> str:
    return phrase.replace("_", " ").split(" ")[-1]
