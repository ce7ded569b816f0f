"""What the confidence model sees of a draft: numbers, truths counting as 1."""

from transforms.annotations.annotation import Participant
from transforms.annotations.events.drafts import GENERIC, Draft
from transforms.annotations.events.grammar import Grammar


def features_of(
    draft: Draft,
    grammar: Grammar,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    politics: float,
) -> dict[str, float]:
    """What the confidence model sees of a draft. `politics` is the share of such words in the text."""
    m, sides, trigger = draft.modality, draft.sides, draft.match.trigger
    p = grammar.p
    at = draft.match.at
    return {
        "specificity": min(trigger.specificity, 5.0),
        "near": min(draft.match.near, 3),
        "has_actor": bool(actors),
        "acting_actor": sides.actor_rank == 2,
        "has_recipient": bool(recipients),
        "acting_recipient": sides.recipient_rank == 2,
        "country_actor": any(side.country_code for side in actors),
        "country_recipient": any(side.country_code for side in recipients),
        "sector_actor": any(side.sector for side in actors),
        "sector_recipient": any(side.sector for side in recipients),
        "is_bare": trigger.specificity == 0,
        "is_noun": trigger.part == "noun",
        "is_adjective": trigger.part == "adjective",
        "has_light_verb": sides.light is not None,
        "depth": min(m.depth, 4),
        "is_root": m.relation == "ROOT",
        "is_spoken": m.speaker_verb is not None and m.depth == 0,
        "is_negated": draft.status == "negated",
        "is_future": m.is_future,
        "is_hypothetical": m.is_hypothetical,
        "is_purpose": m.is_purpose,
        "is_gerund": p.tags[at] == "VBG" and m.relation in ("pcomp", "advcl", "acl", "xcomp", "csubj"),
        "is_amod": m.relation in ("amod", "compound", "nmod"),
        "is_relcl": m.relation in ("relcl", "acl", "advcl"),
        "is_conjunct": m.relation == "conj",
        "is_embedded": sides.is_embedded,
        "is_passive_alone": sides.is_passive and not actors,
        "position": min(at / max(len(p), 1), 1.0),
        "length": min(len(p), 60) / 40,
        "is_generic": draft.cameo in GENERIC,
        "politics": min(politics, 0.1) * 10,
        draft.event_type: 1.0,
    }
