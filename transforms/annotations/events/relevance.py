"""What is politics: whether a draft's sides are of those whose acts count, and what its words say in passing."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from transforms.annotations.annotation import Mention, Participant
from transforms.annotations.events.cast import ADJECTIVES_OF_SECTOR, GOVERNED_KINDS, country_of
from transforms.annotations.events.drafts import Draft
from transforms.annotations.events.ontology import Lexicon, Ontology, SideForms, Trigger
from transforms.annotations.events.topics import Theme
from transforms.annotations.events.triggers import all_forms, forms_by_lemma, last_word

POLITICAL_SECTORS = frozenset(
    [
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "SPY",
        "REB",
        "PTY",
        "OPP",
        "UAF",
        "PRM",
        "IGO",
        "UNO",
        "EUR",
        "REF",
        "ISM",
        "IMG",
    ]
)
PRIVATE_SECTORS = frozenset({"BUS", "MNC", "AGR"})
STREET_TYPES = frozenset({"PROTEST", "ASSAULT", "COERCE"})
# Whose acts a sentence can tell: of those that count always, only in the open, or of nobody that counts.
Company: TypeAlias = Literal["political", "street", "nobody"]


def is_political(
    draft: Draft, actors: tuple[Participant, ...], recipients: tuple[Participant, ...], theme: Theme
) -> bool:
    """Whether a state, an office, an armed or a political group takes part, or people in the open."""
    sides = (*actors, *recipients)
    political = [side for side in sides if side.country_code or side.sector in POLITICAL_SECTORS]
    if theme.is_commercial and (len(political) < 2 or any(side.sector in PRIVATE_SECTORS for side in sides)):
        return False
    if draft.frame.event_type == "CONSULT" and recipients and all(r.sector == "JRN" for r in recipients):
        # An interview is no consultation.
        return False
    if political:
        return True
    if any(side.sector for side in sides) and draft.frame.event_type in STREET_TYPES:
        return True
    return theme.is_short and max(draft.sides.actor_rank, draft.sides.recipient_rank) == 2


def company_of(
    sentence: str, words: frozenset[str], mentions: Sequence[Mention], theme: Theme, ontology: Ontology
) -> Company:
    """Of whose acts `is_political` can let events of a sentence pass: one of nobody's is not worth a look.

    `sentence` is lower case, `words` are its words, `mentions` what it holds.
    """
    forms = ontology.side_forms
    if (
        theme.is_short
        or not words.isdisjoint(forms.political)
        or any(map(is_counted, mentions))
        or any(phrase in sentence for phrase in ontology.lexicon.two_sides)
    ):
        return "political"
    return "nobody" if words.isdisjoint(forms.every) and not any(map(sector_of, mentions)) else "street"


def is_counted(mention: Mention) -> bool:
    """Whether a name brings a country or a sector that counts."""
    entity = mention.entity
    if country_of(mention) or mention.kind in GOVERNED_KINDS or (entity is not None and entity.office):
        return True
    return sector_of(mention) in POLITICAL_SECTORS


def sector_of(mention: Mention) -> str | None:
    return mention.sector or (mention.entity.sector if mention.entity is not None else None)


def is_of_street(triggers: Mapping[str, Sequence[Trigger]], ontology: Ontology) -> bool:
    """Whether one of the triggers found tells what people do in the open."""
    frames = ontology.frames
    return any(frames[each.frame].event_type in STREET_TYPES for found in triggers.values() for each in found)


def side_forms(lexicon: Lexicon, verb_lemmas: Mapping[str, tuple[str, ...]]) -> SideForms:
    """The forms of the words that bear a sector; "bilateral" brings two governments along."""
    verb_forms = forms_by_lemma(verb_lemmas)
    sectors = [*lexicon.sectors.items(), *ADJECTIVES_OF_SECTOR.items()]
    return SideForms(
        political=lexicon.between_states
        | all_forms({last_word(word) for word, sector in sectors if sector in POLITICAL_SECTORS}, verb_forms),
        every=all_forms({last_word(word) for word, sector in sectors if sector}, verb_forms),
    )


def is_stock(sentence: str, at: int, phrases: Sequence[str]) -> bool:
    """Whether what stands at character `at` of a lower-case sentence belongs to a phrase like "declined to be named"."""
    around = sentence[max(0, at - 30) : at + 60]
    return any(phrase in around for phrase in phrases)
