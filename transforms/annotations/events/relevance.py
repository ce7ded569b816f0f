"""What is politics: whether a draft's sides are of those whose acts count, and what its words say in passing."""

from collections.abc import Sequence

from transforms.annotations.annotation import Participant
from transforms.annotations.events.drafts import Draft
from transforms.annotations.events.topics import Theme

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


def is_stock(sentence: str, at: int, phrases: Sequence[str]) -> bool:
    """Whether what stands at character `at` of a lower-case sentence belongs to a phrase like "declined to be named"."""
    around = sentence[max(0, at - 30) : at + 60]
    return any(phrase in around for phrase in phrases)
