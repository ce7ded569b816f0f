"""What annotation knows beforehand: reference tables and models as one value, loaded once and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from transforms.annotations.annotation import Entity
from transforms.annotations.events.ontology import Ontology
from transforms.annotations.gazetteer import Gazetteer
from transforms.annotations.mentions.titles import Titles
from transforms.annotations.speech import Languages
from transforms.annotations.syntax import Syntax
from transforms.annotations.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSpan:
    """A name that a tagger saw: tokens `first` to before `last`; `label` is PER, ORG, LOC or MISC."""

    first: int
    last: int
    label: str
    confidence: float = 1.0


class Tagger(Protocol):
    """Anything that finds names in tokens. `name` (with its version) is kept beside each mention."""

    @property
    def name(self) -> str:
        """What found the mention, with its version."""
        ...

    def tag(self, tokens: Tokens) -> list[TaggedSpan]:
        """Names in the order of the text, not overlapping."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office: `start`, `end` as dates (half open), None where open or unknown."""

    entity: Entity
    title: str
    office: str
    country_code: str | None
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationReference:
    """Everything that `annotate` needs besides the text. `tagger` is None with rules alone;
    one of English (`is_tagger_english`) is not asked about other languages.

    `places` holds countries, regions and cities with demonyms, `bodies` organisations, `companies` and `teams` those whose names mean more than one thing, `people` office holders, `surnames` the same by their last names.
    `holders` are by (country code, folded title); `given_names` are folded first names, `given_names_abroad` the same and those of other languages than English,
    `pronouns` says "he" or "she" of those that tell; `common_words` are
    words that a capital does not make a name, and whether they open sentences; `indices` are measures of markets and `abbreviations`
    words in capitals that are no organisation; `languages` hold those that tell a language and who speaks; `group_nouns` give a sector ("troops": MIL). `ontology` and
    `syntax` (a parser) are what events are coded with; without them there are none.
    """

    places: Gazetteer
    bodies: Gazetteer
    people: Gazetteer
    surnames: Gazetteer
    countries: Mapping[str, Entity]
    titles: Titles
    holders: Mapping[tuple[str, str], tuple[Holder, ...]]
    group_nouns: Mapping[tuple[str, ...], str]
    given_names: frozenset[str]
    languages: Languages
    pronouns: Mapping[str, str] = field(default_factory=dict)
    given_names_abroad: frozenset[str] = frozenset()
    common_words: Mapping[str, bool] = field(default_factory=dict)
    tagger: Tagger | None = None
    is_tagger_english: bool = True
    ontology: Ontology | None = None
    syntax: Syntax | None = None
    companies: Gazetteer = field(default_factory=lambda: Gazetteer.of(()))
    teams: Gazetteer = field(default_factory=lambda: Gazetteer.of(()))
    indices: Gazetteer = field(default_factory=lambda: Gazetteer.of(()))
    abbreviations: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default_factory=tuple)
