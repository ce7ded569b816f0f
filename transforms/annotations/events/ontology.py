"""The event ontology as a value: PLOVER types, CAMEO codes, frames with their triggers, and the coder's lexicon.

Built from the files in seeds/reference by `flows.reference.ontology`; nothing here reads a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

EDITION = "ICEWS"
Part: TypeAlias = Literal["verb", "noun", "adjective"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A PLOVER type with its quad class (1-4) and score."""

    code: str
    quad_class: int
    score: float
    needs_recipient: bool
    gloss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """A CAMEO code of one edition, with the PLOVER type, modes and contexts that the repaired mapping gives it."""

    code: str
    edition: str
    name: str
    goldstein: float
    quad_class: int
    event_type: str | None = None
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A set of alternatives: single words, and phrases that are looked up in the running text."""

    single: frozenset[str]
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One pattern that evokes a frame (see `transforms.annotations.events.patterns`)."""

    frame: str
    part: Part
    lemma: str
    pattern: str
    before: str | None = None
    objects: frozenset[str] | None = None
    preps: tuple[tuple[frozenset[str], frozenset[str] | None], ...] = ()
    near: tuple[Words, ...] = ()
    not_objects: frozenset[str] = frozenset()
    not_preps: frozenset[str] = frozenset()
    not_near: Words | None = None
    subjects: frozenset[str] | None = None
    specificity: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A way of saying an event: what it is coded as and where its recipient stands.

    `recipient` lists places in order of preference: `obj`, `dative`, `+prep`, `clause` (the subject of what
    is said), `to_clause` (a participant inside it), `of_obj`. `chain` says what the frame makes of an act
    that it governs. `is_strict` looks nowhere else. `least_rank` is how much of an actor the recipient must be (`Cast.rank`: 2 someone who
    can act, 1 a phrase that holds one). An example marks `[actor]` and `{recipient}`.
    """

    name: str
    event_type: str
    cameo: str
    modes: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    chain: str | None = None
    is_symmetric: bool = False
    least_rank: int = 0
    is_strict: bool = False
    examples: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words that the coder needs besides the frames.

    `context_cues` holds (cue, context) pairs by the first word of the cue, `telling` all words that begin one or tell a topic.
    """

    light: frozenset[str]
    transparent: frozenset[str]
    future: frozenset[str]
    hypothetical: frozenset[str]
    silence: frozenset[str]
    deny: frozenset[str]
    speech: frozenset[str]
    memory: frozenset[str]
    quantity: frozenset[str]
    time: frozenset[str]
    not_people: frozenset[str]
    instruments: frozenset[str]
    vague_in_names: frozenset[str]
    fillers: frozenset[str]
    two_sides: tuple[str, ...]
    between_states: frozenset[str]
    targets: frozenset[str]
    harm: frozenset[str]
    first_to: tuple[str, ...]
    historical: tuple[str, ...]
    stock_phrases: tuple[str, ...]
    sectors: Mapping[str, str]
    context_cues: Mapping[str, tuple[tuple[str, str], ...]]
    topics: Mapping[str, Words]
    telling: frozenset[str]
    sizes: Mapping[str, str]


class TriggerIndex(Protocol):
    """Finds the words of a sentence that can evoke a frame (`transforms.annotations.events.triggers`)."""

    def find(self, words: frozenset[str]) -> Mapping[str, Sequence[Trigger]]: ...


@dataclass(frozen=True, slots=True)
class SideForms:
    """Words, in all their forms, that can make a phrase a side of an event although it holds no name.

    `political` are of sectors whose acts count by themselves, `every` of all sectors (see `transforms.annotations.events.relevance`).
    """

    political: frozenset[str]
    every: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Everything that `code_events` needs to know. `edition` names the CAMEO edition of `cameo`.

    `weights` are those of the confidence model in texts, `short_weights` those in texts too short to say what they are about,
    `recipient_weights` those of how sure a recipient is in texts.
    """

    types: Mapping[str, EventType]
    mode_scores: Mapping[tuple[str, str], float]
    cameo: Mapping[str, CameoCode]
    contexts: frozenset[str]
    frames: Mapping[str, Frame]
    verb_lemmas: Mapping[str, tuple[str, ...]]
    triggers: TriggerIndex
    side_forms: SideForms
    lexicon: Lexicon
    chains: Mapping[tuple[str, str], str]
    edition: str = EDITION
    weights: Mapping[str, float] = field(default_factory=dict)
    short_weights: Mapping[str, float] = field(default_factory=dict)
    recipient_weights: Mapping[str, float] = field(default_factory=dict)
