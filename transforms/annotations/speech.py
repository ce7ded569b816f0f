"""The words that tell who speaks, of the languages that seeds/reference/speech.toml knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_READ = 2000  # words by which a text's language is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Words of one language in small letters, or of all together; verbs of saying are always those of all.

    `verbs` are English verbs of saying, `foreign_verbs` those of other languages; `strong` carry quoted words by
    themselves, `content` may carry an indirect quote. `sources` stand before who said it ("laut"), `pronouns` give the
    English one, `auxiliaries` before a participle; `articles`, `reflexives` and `introductions` may stand between a verb, its subject and the quote. What
    follows one of `links` is part of another phrase, `adjuncts` open none that speaks, `conjunctions` what was said; `closers` stand
    for a verb of saying behind a comma, `coordinators` join one to what its subject did before.
    `writer` are "I" and "we"; `never_verbs` and `no_names` common words that are neither; `people` nouns for speakers
    without a name.
    """

    verbs: frozenset[str]
    foreign_verbs: frozenset[str]
    strong: frozenset[str]
    content: frozenset[str]
    sources: frozenset[str]
    pronouns: Mapping[str, str]
    articles: frozenset[str]
    reflexives: frozenset[str]
    auxiliaries: frozenset[str]
    links: frozenset[str]
    adjuncts: frozenset[str]
    conjunctions: frozenset[str]
    introductions: frozenset[str]
    closers: frozenset[str]
    coordinators: frozenset[str]
    writer: frozenset[str]
    never_verbs: frozenset[str]
    no_names: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """What is known of each language: its small words in `common`, how it tells who speaks in `speech`; `every` is all of them together."""

    common: Mapping[str, frozenset[str]]
    speech: Mapping[str, Speech]
    every: Speech

    def guess(self, words: Sequence[str]) -> str | None:
        """The language with most small words among the first of a text; English where it has as many, None where there are none."""
        times = Counter(words[:_READ])
        counts = {language: sum(times.get(word, 0) for word in common) for language, common in self.common.items()}
        best = max(counts, key=lambda language: (counts[language], language == "en"))
        return best if counts[best] else None

    def speech_of(self, language: str | None) -> Speech:
        """The words of a language, of all languages where it is not known."""
        return self.speech.get(language or "", self.every)
