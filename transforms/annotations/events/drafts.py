"""Drafts of events: matched triggers with their sides and modality, and what these make of their type.

What an operator governs ("agreed to release", "accused of shelling") is no draft of its own; it makes the
operator's code exact.
"""

from dataclasses import dataclass
from datetime import date

from transforms.annotations.annotation import EventStatus
from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Match, Matcher
from transforms.annotations.events.modality import Modality, read_modality
from transforms.annotations.events.ontology import Frame, Lexicon, Ontology
from transforms.annotations.events.sides import Finder, Sides

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
HOSTILE = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
NOBODY = frozenset({"no", "neither", "none", "nobody"})
REFUSALS = frozenset({"refuse", "decline"})
QUESTIONS = frozenset({"if", "whether", "about", "why", "how", "what", "when", "who"})
# Verbal defence: who defends a thing of their own defends nobody else.
SELF_DEFENCE = "052"
OWNERS = frozenset({"its", "his", "her", "their", "our", "my"})
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
        if not can_befall(draft, match, grammar, finder):
            continue
        befallen = grammar.patients(match.at) if match.trigger.part == "verb" else ()
        if any(is_nobody(n, grammar) for n in (*draft.sides.actors, *befallen)):
            modality.is_negated = True
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
        is_open = above.sides.is_embedded or above.sides.recipient_rank < 2
        if is_open and not above.sides.is_settled and draft.sides.recipient_rank == 2:
            recipients = tuple(n for n in draft.sides.recipients if n not in above.sides.actors)
            if recipients:
                above.sides.recipients, above.sides.recipient_rank = recipients, 2
                above.sides.is_settled = True
    for draft in drafts.values():
        apply_modality(draft, ontology)
    return list(drafts.values())


def can_befall(draft: Draft, match: Match, grammar: Grammar, finder: Finder) -> bool:
    """Whether the recipient is of the kind that the frame needs, and the actor no paper or measure."""
    least, sides = draft.frame.least_rank, draft.sides
    if draft.cameo == SELF_DEFENCE and match.trigger.part == "verb" and is_own(grammar.patients(match.at), grammar, finder):
        return False
    if sides.has_idle_actor or (draft.event_type == "ASSAULT" and is_verbal_attack(match, grammar, finder)):
        return False
    if not least:
        return True
    if not sides.recipients:
        return False
    if sides.recipient_rank < 1 and not any(finder.cast.is_target(n) for n in sides.recipients):
        return False
    if draft.frame.recipient[:1] == ("obj",) and match.trigger.part == "verb" and not match.trigger.objects:
        patients = grammar.patients(match.at)
        if not patients or max(finder.cast.rank(n) for n in patients) >= least:
            return True
        return draft.event_type == "ASSAULT" and any(finder.cast.is_target(n) for n in patients)
    return True


def is_own(patients: tuple[int, ...], grammar: Grammar, finder: Finder) -> bool:
    """Whether somebody speaks of a thing of their own: "defended its record"."""
    p = grammar.p
    return any(
        finder.cast.rank(n) < 2 and any(p.deps[c] == "poss" and p.lowers[c] in OWNERS for c in p.children[n])
        for n in patients
    )


def is_verbal_attack(match: Match, grammar: Grammar, finder: Finder) -> bool:
    """Whether an attack is one on a thing that cannot be hurt: "attacks on a wage freeze"."""
    attacked = [n for prep, n in grammar.prepositions(match.at) if prep in ("on", "against") and n >= 0]
    return (
        match.trigger.part == "noun"
        and bool(attacked)
        and all(
            finder.cast.rank(n) < 2 and not finder.cast.is_target(n) and n not in finder.cast.at
            for n in attacked
        )
    )


def is_nobody(n: int, grammar: Grammar) -> bool:
    """Whether a phrase denies itself: "no group", "neither side", "no agreement"."""
    lowers = grammar.p.lowers
    return lowers[n] in NOBODY or not NOBODY.isdisjoint([lowers[c] for c in grammar.p.children[n]])


def is_idle(match: Match, ontology: Ontology, grammar: Grammar, nouns: set[int]) -> bool:
    """A meeting that "is planned" or "is expected" is the event, the verb only says that it lies ahead; a question is no
    request and no inquiry, who agrees with what was said agrees to nothing, and who will not tell refuses nobody."""
    after = grammar.p.lowers[match.at + 1 : match.at + 4]
    if match.trigger.lemma in ("ask", "question") and not QUESTIONS.isdisjoint(after):
        return True
    if (
        match.trigger.lemma == "agree"
        and not match.trigger.specificity
        and after[:1] in ((",",), (".",), ('"',))
    ):
        return True
    if match.trigger.lemma in REFUSALS and match.trigger.part == "verb":
        silence = ontology.lexicon.silence
        if any(grammar.p.lowers[c] in silence for c in grammar.complement_verbs(match.at)):
            return True
    if ontology.frames[match.trigger.frame].chain != "agree" or match.trigger.part == "noun":
        return False
    subjects = [c for c in grammar.p.children[match.at] if grammar.p.deps[c] == "nsubjpass"]
    return not nouns.isdisjoint(subjects)


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
        if kind in COOPERATIVE or kind == "RETREAT":
            transform(draft, "AGREE", "agree", ontology)
        elif kind in HOSTILE:
            transform(draft, "THREATEN", "threaten", ontology)
    elif m.is_hypothetical or m.is_purpose:
        draft.status = "hypothetical"


def transform(draft: Draft, kind: str, chain: str, ontology: Ontology) -> None:
    code = chained(chain, draft.cameo, ontology) or {"AGREE": "030", "REJECT": "120", "THREATEN": "130"}[kind]
    draft.event_type = kind
    draft.cameo = code
    draft.modes = ontology.cameo[code].modes


def read_history(
    draft: Draft, sentence: str, at: int, year: int | None, published: date | None, lexicon: Lexicon
) -> None:
    """What lies years back, or is told of as a first, is history. `sentence` is lower case, `at` where the trigger begins, `year` its date's."""
    if draft.status != "actual":
        return
    before = sentence[max(0, at - 60) : at]
    around = sentence[max(0, at - 60) : at + 80]
    told = [each for each in lexicon.first_to if each in before] or [each for each in lexicon.historical if each in around]
    if told or (published and year and year < published.year - 1):
        draft.status = "historical"
