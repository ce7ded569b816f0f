"""Drafts of events: matched triggers with their sides and modality, and what these make of their type.

What an operator governs ("agreed to release", "accused of shelling") is no draft of its own; it makes the
operator's code exact.
"""

from dataclasses import dataclass

from transforms.annotations.annotation import EventStatus
from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Match, Matcher
from transforms.annotations.events.modality import Modality, read_modality
from transforms.annotations.events.ontology import Frame, Ontology
from transforms.annotations.events.sides import Finder, Sides

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
HOSTILE = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
GENERIC = frozenset({"030", "100", "101", "120", "124", "130", "131", "040"})


@dataclass(slots=True)
class Draft:
    """An event in the making."""

    match: Match
    frame: Frame
    modality: Modality
    sides: Sides
    event_type: str
    cameo: str
    modes: tuple[str, ...]
    status: EventStatus = "actual"


def make_drafts(
    matches: list[Match], grammar: Grammar, matcher: Matcher, finder: Finder, ontology: Ontology
) -> list[Draft]:
    operators = frozenset(m.at for m in matches if ontology.frames[m.trigger.frame].chain)
    claimed = {n for m in matches for n in m.objects}
    drafts: dict[int, Draft] = {}
    absorbed: list[tuple[int, Draft]] = []
    nouns = {m.at for m in matches if m.trigger.part == "noun"}
    idle = {m.at for m in matches if is_idle(m, ontology, grammar, nouns)}
    operators -= idle
    for match in matches:
        if match.at in idle or (match.at in claimed and match.trigger.part == "noun"):
            continue
        frame = ontology.frames[match.trigger.frame]
        modality = read_modality(match.at, grammar, matcher, ontology.lexicon, operators - {match.at})
        draft = Draft(match, frame, modality, Sides(), frame.event_type, frame.cameo, frame.modes)
        draft.sides = finder.find(match, frame)
        if frame.needs_acting and draft.sides.recipient_rank < (1 if draft.sides.recipients else 2):
            continue
        if frame.needs_acting and frame.recipient[:1] == ("obj",):
            patients = grammar.patients(match.at) if match.trigger.part == "verb" else ()
            if patients and max(finder.cast.rank(n) for n in patients) < 2:
                continue
        if modality.governor is not None:
            absorbed.append((modality.governor, draft))
            continue
        drafts[match.at] = draft
    for governor, draft in absorbed:
        above = drafts.get(governor)
        if above is None:
            continue
        if above.frame.chain and above.cameo in GENERIC:
            refine(above, draft, ontology)
        if (above.sides.is_embedded or above.sides.recipient_rank < 2) and draft.sides.recipient_rank == 2:
            recipients = tuple(n for n in draft.sides.recipients if n not in above.sides.actors)
            if recipients:
                above.sides.recipients, above.sides.recipient_rank = recipients, 2
    for draft in drafts.values():
        apply_modality(draft, ontology)
    return list(drafts.values())


def is_idle(match: Match, ontology: Ontology, grammar: Grammar, nouns: set[int]) -> bool:
    """A meeting that "is planned" or "is expected" is the event; the verb only says that it lies ahead."""
    if ontology.frames[match.trigger.frame].chain != "agree" or match.trigger.part == "noun":
        return False
    subjects = [c for c in grammar.p.children[match.at] if grammar.p.deps[c] == "nsubjpass"]
    return any(n in nouns for n in subjects)


def refine(above: Draft, governed: Draft, ontology: Ontology) -> None:
    """The governed act makes the code of what governs it exact: to agree (030) to release (0841) is 0353."""
    code = chained(above.frame.chain or "", governed.cameo, ontology)
    if code is not None and ontology.cameo[code].event_type == above.event_type:
        above.cameo = code
        above.modes = ontology.cameo[code].modes or above.modes


def chained(chain: str, code: str, ontology: Ontology) -> str | None:
    for length in range(len(code), 1, -1):
        found = ontology.chains.get((chain, code[:length]))
        if found is not None:
            return found
    return None


def apply_modality(draft: Draft, ontology: Ontology) -> None:
    """Type and status by tense and negation."""
    m = draft.modality
    kind = draft.event_type
    if m.is_remembered:
        draft.status = "historical"
    elif m.is_negated and not m.is_future and kind in ("AGREE", "CONCEDE", "RETREAT"):
        transform(draft, "REJECT", "reject", ontology)
    elif m.is_denied or (m.is_negated and not m.is_future):
        draft.status = "negated"
    elif m.is_future and m.is_negated:
        if kind in COOPERATIVE or kind in ("AGREE", "CONCEDE", "RETREAT"):
            transform(draft, "REJECT", "reject", ontology)
        else:
            draft.status = "negated"
    elif m.is_future:
        draft.status = "future"
        if kind in COOPERATIVE:
            transform(draft, "AGREE", "agree", ontology)
        elif kind == "RETREAT":
            draft.event_type, draft.modes = "CONCEDE", ()
        elif kind in HOSTILE:
            transform(draft, "THREATEN", "threaten", ontology)
    elif m.is_hypothetical or m.is_purpose:
        draft.status = "hypothetical"


def transform(draft: Draft, kind: str, chain: str, ontology: Ontology) -> None:
    code = chained(chain, draft.cameo, ontology) or {"AGREE": "030", "REJECT": "120", "THREATEN": "130"}[kind]
    draft.event_type = kind
    draft.cameo = code
    draft.modes = ontology.cameo[code].modes


def features_of(draft: Draft, grammar: Grammar) -> dict[str, float]:
    """What the confidence model sees of a draft."""
    m, sides, part = draft.modality, draft.sides, draft.match.trigger.part
    p = grammar.p
    at = draft.match.at
    return {
        "specificity": min(draft.match.trigger.specificity, 5.0),
        "near": min(draft.match.near, 3),
        "has_actor": float(bool(sides.actors)),
        "acting_actor": float(sides.actor_rank == 2),
        "has_recipient": float(bool(sides.recipients)),
        "acting_recipient": float(sides.recipient_rank == 2),
        "is_noun": float(part == "noun"),
        "is_adjective": float(part == "adjective"),
        "has_light_verb": float(sides.light is not None),
        "depth": float(min(m.depth, 4)),
        "is_root": float(m.relation == "ROOT"),
        "is_spoken": float(m.speaker_verb is not None and m.depth == 0),
        "is_negated": float(draft.status == "negated"),
        "is_hypothetical": float(m.is_hypothetical),
        "is_purpose": float(m.is_purpose),
        "is_amod": float(m.relation in ("amod", "compound", "nmod")),
        "is_relcl": float(m.relation in ("relcl", "acl", "advcl")),
        "is_embedded": float(sides.is_embedded),
        "is_passive_alone": float(sides.is_passive and not sides.actors),
        "position": min(at / max(len(p), 1), 1.0),
        "is_generic": float(draft.cameo in GENERIC),
    }
