"""People whom only their verb of saying tells: the names beside it, in languages that no tagger reads."""

import re

from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.described import is_person, name_end
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import NEVER, ORG_HEADS, capital_runs, is_capital
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_ADDRESSING = frozenset({"a", "al", "à", "au", "ao"})
_DASHES = frozenset("–—-")
_OPENING = 4  # words before the subject that opens a clause: "Por su parte, Ana Toro"
_BEHIND = 5  # tokens behind a quote that its verb may stand
_REACH = 7  # words behind its verb that a subject may begin
_BEFORE_VERBS = frozenset({",", "ha", "hat", "hatte", "a", "ayrıca", "aber", "также"})
_OPENERS = frozenset({"wie", "dass", "und", "aber", "so", "als", "doch", "auch", "frau", "herr", "wo", "denn"})
"""Behind them a German clause may open with a name."""
_GERMAN_TITLE = re.compile("(?:minister|präsident|kanzler|sprecher|[cC]hef|leiter|direktor|[tT]rainer|bischof|anwalt|meister|forscher|expert|analyst)(?:in|e)?$")
_GERMAN_WORDS = word_set("und der die das ist nicht mit auf dem den sich auch eine wir ich sagte noch bei im")
_GERMAN = frozenset({"der", "die", "das", "ein", "eine"})

def take_cued(tokens: Tokens, taken: Taken, reference: AnnotationReference, cues: Cues) -> list[Draft]:
    """Take the people named beside verbs of saying; returns nominal drafts of speakers without a name ("der Trainer", "el alcalde")."""
    reader = _Reader(tokens, taken, reference, cues)
    nominals: list[Draft] = []
    for verb in sorted(cues.strong):
        if not reader.take_before(verb):
            nominals.extend(reader.take_behind(verb) if reader.is_inverted(verb) else reader.take_opening(verb))
    reader.take_apposed()
    reader.take_titled()
    return nominals


class _Reader:
    """Reads one field; what it takes goes to `taken`."""

    def __init__(self, tokens: Tokens, taken: Taken, reference: AnnotationReference, cues: Cues) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.taken = taken
        self.reference = reference
        self.cues = cues
        self.speech = speech = cues.speech
        self.no_names = speech.no_names | speech.pronouns.keys()
        self.no_openers = self.no_names | speech.articles | speech.never_verbs
        self.never_between = speech.articles | speech.never_verbs | speech.links | speech.pronouns.keys()
        self.near_quotes = {
            token
            for span in cues.quoted
            for first, last in ((tokens.at(span.start) - _REACH, tokens.at(span.start)), (tokens.at(span.end), tokens.at(span.end) + _BEHIND))
            for token in range(first, last)
        }
        self.before_quotes = {tokens.at(span.start): span for span in cues.quoted}
        self.is_german = len(_GERMAN_WORDS.intersection(tokens.words)) > 2

    def is_inverted(self, verb: int) -> bool:
        """Whether a verb opens its clause, so that its subject stands behind it: `…“, sagte X`."""
        start = self.tokens.sentences[self.tokens.sentence_of[verb]][0]
        before = verb - 1
        while before > start and self.words[before].islower() and verb - before < 3:
            before -= 1
        is_adverb = before == start == verb - 1 and self._has_subject_behind(verb)
        return before < start or is_adverb or not self.words[before][0].isalnum()

    def _has_subject_behind(self, verb: int) -> bool:
        """`Dennoch betont der Trainer`: where a subject stands behind a German verb the word before it is none."""
        return self.is_german and verb + 1 < len(self.words) and self.words[verb + 1] in ("der", "er", "sie", "ein", "man")

    def take_before(self, verb: int) -> bool:
        """`X sagte`, `X hat`, `X, şunları kaydetti:`."""
        start = self.tokens.sentences[self.tokens.sentence_of[verb]][0]
        if self._take_apposed_subject(start, verb):
            return True
        last = verb
        while last > start and verb - last < 4 and not is_capital(self.words[last - 1]) and (self.words[last - 1].islower() or self.words[last - 1] == ","):
            last -= 1
        if last == start or not (last == verb or self.words[last] in _BEFORE_VERBS):
            return False
        first, last = self._run_to(start, last)
        if self.words[first].lower() in self.speech.links or (first > start and self.words[first - 1].lower() in self.speech.links):
            return False  # "Auf Toros Rede antwortete"
        if first == start and last == start + 1 and last + 1 == verb:
            return False  # "Finalmente, indicaron"
        # In German a subject before its verb opens the clause; a noun there has an article or an adjective.
        if self.is_german and last - first == 1 and first > start and self.words[first - 1].isalpha() and self.words[first - 1].lower() not in _OPENERS:
            return False
        return not (last - first == 1 and self._has_subject_behind(verb)) and self._take_run((first, last))

    def _take_apposed_subject(self, start: int, verb: int) -> bool:
        """`Ana Toro, Vorsitzende der Partei, sagte dazu: „…“`: the full name that opens the clause, not what is apposed to it."""
        following = self.words[verb + 1] if verb + 1 < len(self.words) else "."
        if self.words[verb - 1] == "," and (following[0].isupper() or following in self.speech.articles):
            return False  # "…, sagte Toro"
        for first, last in capital_runs(self.tokens, start, verb)[:2]:
            opens = first - start < _OPENING and not any(word.lower() in self.speech.links for word in self.words[first - 1 : first] if first > start)
            if opens and last - first > 1 and last + 1 < verb and self.words[last] == "," and self.words[last + 1].lower() not in self.speech.conjunctions:
                return not self.cues.verbs.intersection(range(first, verb)) and self._take_run((first, last))
            if last - first > 1:
                break
        return False

    def take_opening(self, verb: int) -> list[Draft]:
        """`Carsten Brzeski von der Direktbank erklärt dazu: „…“`: the first full name of a sentence that introduces a quote."""
        start, stop = self.tokens.sentences[self.tokens.sentence_of[verb]]
        if ":" not in self.words[verb : min(verb + 3, stop)]:
            return []
        for first, last in capital_runs(self.tokens, start, verb)[:2]:
            if self.words[first].lower() in _GERMAN and last - first == 2:
                return [self._nominal(first, last)]
            is_sure = verb in self.cues.listed or fold(self.words[first]) in self.reference.given_names
            if last - first > 1 and is_sure and self._take_run((first, last)):
                break
        return []

    def take_behind(self, verb: int) -> list[Draft]:
        """Take `sagte der Minister X`, `ha insistido X`; a phrase without a name ("sagte der Trainer") is returned."""
        stop = min(self.tokens.sentences[self.tokens.sentence_of[verb]][1], verb + 1 + _REACH)
        words = self.words
        first = verb + 1
        while first < stop and (words[first] in self.speech.reflexives or (words[first].islower() and words[first] not in self.never_between and first < verb + 3 and first + 1 < stop and words[first + 1] in self.speech.articles)):
            first += 1
        if first < stop and words[first].lower() in self.speech.links:
            first = self._past_adjunct(first, stop)
        end = first
        if "-" in words[first:stop]:
            stop = min(self.tokens.sentences[self.tokens.sentence_of[verb]][1], stop + _REACH)
        while end < stop and (words[end][0].isalnum() or self._is_suspended(end)) and (end == first or words[end - 1] != "«"):
            end += 1
        runs = [run for run in capital_runs(self.tokens, first, end) if run[0] < end]
        if first >= end:
            return self.take_opening(verb)
        if words[first] in self.speech.pronouns:
            return []
        article = words[first].lower() if words[first].lower() in self.speech.articles else None
        is_described = article is not None and first + 1 < end and words[first + 1].islower() and is_person(words[first + 1], self.speech.people)
        for begin, last in runs:
            if begin > first + 1 and (words[begin - 1].lower() in self.speech.links or (words[first] in _ADDRESSING and last - begin == 1)):
                break  # "dijo a la red Karasay": spoken to
            if is_described and begin > first + 2 and words[begin - 1].islower():
                break  # "afirma el portavoz de la Asociación"
            if article in _GERMAN and last - begin > 1:
                begin += self._is_noun(begin)
            is_noun = last - begin == 1 and (article in _GERMAN or (self.is_german and begin > first))
            if not is_noun and self._take_run((begin, last)):
                return []
            if self.taken.owner(last - 1) is not None and not is_described:
                return []
        if verb not in self.near_quotes and words[verb - 1] not in _DASHES:
            return []  # elsewhere an article and a noun are an object as often as a subject
        if runs and words[runs[0][0]] in ("Jahre", "Jahren"):
            del runs[0]  # "der 35 Jahre alte Stürmer"
        if article in _GERMAN and runs and runs[0][0] - first < 5:
            return [self._nominal(first, runs[0][1])]
        if article and article not in _GERMAN and end - first > 1 and words[first + 1].islower():
            return [self._nominal(first, first + 2)]
        if words[first].lower() in self.speech.people:
            return [self._nominal(first, first + 1)]
        return []

    def _past_adjunct(self, first: int, stop: int) -> int:
        """The article behind a phrase between verb and subject: `a rapporté sur Facebook le porte-parole`, `dijo en Bonn el ministro`."""
        for token in range(first + 2, stop - 1):
            if self.words[token] in self.speech.articles and self.words[token - 1] not in self.speech.links and is_person(self.words[token + 1], self.speech.people):
                return token
        return first

    def _is_suspended(self, token: int) -> bool:
        """Whether a mark only parts a German compound: `der Gesundheits-, Sozial- und Finanzdirektor`."""
        return self.is_german and (self.words[token] == "-" or (self.words[token] == "," and self.words[token - 1] == "-"))

    def take_apposed(self) -> None:
        """`Arpaguş, "…" dedi`: the name that only a comma parts from the quoted words."""
        for token in self.before_quotes:
            mark = token - 1
            if mark > 1 and self.words[mark - 1] == "," and self.cues.closes(self.tokens, self.tokens.at(self.before_quotes[token].end)):
                self._take_run(self._run_to(self.tokens.sentences[self.tokens.sentence_of[mark - 1]][0], mark - 1))

    def take_titled(self) -> None:
        """`Außenministerin Beate Karo`: two names behind a German title, whoever speaks."""
        for start, stop in self.tokens.sentences if self.is_german else ():
            for first, last in capital_runs(self.tokens, start, stop):
                if last - first > 2 and _GERMAN_TITLE.search(self.words[first]):
                    self._take_run((first + 1, last))

    def _run_to(self, start: int, last: int) -> tuple[int, int]:
        """The run of capitals that ends right before token `last`."""
        return next(((first, end) for first, end in capital_runs(self.tokens, max(start, last - 6), last) if end == last), (last, last))

    def _without_affiliation(self, first: int, last: int) -> tuple[int, int]:
        return first, name_end(self.words, first, last)

    def _is_surname(self, owner: Draft, first: int) -> bool:
        """Whether what is held as a town is the end of a longer name beside a verb of saying: "comentó Ana Mora"."""
        return owner.kind in ("city", "region") and owner.last - owner.first == 1 and first < owner.first and self.taken.owner(owner.first - 1) is None and not self.words[owner.first - 1].isupper()

    def _is_title(self, first: int, last: int) -> bool:
        """Whether a run's first word is no name: a title, a compound, in German any noun before two names."""
        word = self.words[first]
        is_before_two = last - first > 2 and is_capital(self.words[first + 1])
        return "-" in word or fold(word) in self.reference.titles.by_first or (self.is_german and (is_before_two or (word.endswith("in") and len(word) > 6)))

    def _is_noun(self, first: int) -> bool:
        """Whether a run's first word is a title or another noun, not a given name."""
        return fold(self.words[first]) not in self.reference.given_names

    def _take_run(self, run: tuple[int, int]) -> bool:
        """Take a run as a person, less what stands before a given name or is held already."""
        first, last = self._without_affiliation(*run)
        words = self.words
        if first >= last or fold(words[last - 1]) in NEVER | ORG_HEADS:
            return False
        owner = self.taken.owner(last - 1)
        if owner is not None and self._is_surname(owner, first):
            self.taken.remove(owner)
        elif owner is not None:
            return owner.kind in ("person", "organization") or owner.form == "demonym"
        while first < last and (self.taken.owner(first) is not None or words[first].lower() in self.no_openers):
            first += 1
        if first > run[0] and last - first < 2 and words[run[0]].lower() in _GERMAN:
            return False
        first = max([first, *(token + 1 for token in range(first, last - 2) if is_person(words[token], self.speech.people))])
        given = next((token for token in range(first, last - 1) if fold(words[token]) in self.reference.given_names), None)
        if given is not None:
            first = given
        else:
            while last - first > 1 and self._is_title(first, last):
                first += 1
        if last - first == 1 and (not words[first].isalpha() or words[first].isupper() or len(words[first]) < 3 or (self.is_german and len(words[first]) > 8 and words[first].endswith("in")) or words[first].lower() in self.no_names):
            return False
        return self.taken.add(Draft(first, last, "person", "rules", confidence=0.65))

    def _nominal(self, first: int, last: int) -> Draft:
        return Draft(first, last, "person", "rules", form="nominal", confidence=0.55)
