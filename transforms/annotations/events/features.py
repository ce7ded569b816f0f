"""What the confidence models see of a draft: numbers, truths counting as 1; what tells of recipients alone begins with `whom `."""

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.annotations.annotation import Participant
from transforms.annotations.events.cast import PLACE_KINDS, Cast
from transforms.annotations.events.drafts import GENERIC, OWNERS, Draft
from transforms.annotations.events.matching import AFTER, BEFORE, Match
from transforms.annotations.events.topics import Theme

# Sector → the kind of side that it makes; the other sectors are people.
KINDS: Mapping[str | None, str] = {
    **dict.fromkeys(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"), "state"),
    **dict.fromkeys(("REB", "UAF", "PRM", "CRM"), "armed"),
    **dict.fromkeys(("IGO", "UNO", "EUR", "NGO"), "allied"),
    **dict.fromkeys(("BUS", "MNC", "AGR", "LAB"), "trading"),
    None: "unknown",
}
# The recipient is the other of the only two states that the text has named.
FROM_BOTH = "whom from_both"
MINE = frozenset({"i", "we", "me", "us"})
THIN = 0.01  # share of words of states and force below which a text is hardly about them
PARAGRAPH = 4000  # characters of a paragraph before the trigger that are searched for quotation marks
HEDGED = 5  # words before the trigger in which a hedge is its own
HEDGES = frozenset({"may", "might", "could", "should", "would", "must", "can", "if", "whether", "unless"})


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sentence stands: the theme of its text, its number there, how many drafts it has, its share of market words,
    and whether it has words of accidents."""

    theme: Theme
    number: int
    drafts: int
    business: float
    has_mishap: bool


def features_of(
    draft: Draft,
    cast: Cast,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    scene: Scene,
    is_quoted: bool,
) -> dict[str, float]:
    """What the confidence model sees of a draft; `is_quoted` says that it stands inside quotation marks."""
    m, sides, trigger = draft.modality, draft.sides, draft.match.trigger
    grammar, theme = cast.g, scene.theme
    p = grammar.p
    at, size = draft.match.at, len(p)
    tag = p.tags[at]
    has_active_actor = can_act(sides.actor_rank, actors)
    has_active_recipient = can_act(sides.recipient_rank, recipients)
    countries = {side.country_code for side in actors if side.country_code}
    others = {side.country_code for side in recipients if side.country_code}
    found: dict[str, float] = {
        "specificity": min(trigger.specificity, 5.0),
        "near": min(draft.match.near, 3),
        "has_actor": bool(actors),
        "acting_actor": has_active_actor,
        "has_recipient": bool(recipients),
        "acting_recipient": has_active_recipient,
        "country_actor": bool(countries),
        "country_recipient": bool(others),
        "is_bare": trigger.specificity == 0,
        "has_light_verb": sides.light is not None,
        "depth": min(m.depth, 4),
        "is_root": m.relation == "ROOT",
        "is_spoken": m.speaker_verb is not None and m.depth == 0,
        "is_negated": draft.status == "negated",
        "is_historical": draft.status == "historical",
        "is_future": m.is_future,
        "is_hypothetical": m.is_hypothetical,
        "is_purpose": m.is_purpose,
        "is_gerund": tag == "VBG" and m.relation in ("pcomp", "advcl", "acl", "xcomp", "csubj"),
        "is_amod": m.relation in ("amod", "compound", "nmod"),
        "is_relcl": m.relation in ("relcl", "acl", "advcl"),
        "is_conjunct": m.relation == "conj",
        "is_embedded": sides.is_embedded,
        "is_passive_alone": sides.is_passive and not actors,
        "is_changed": draft.event_type != draft.frame.event_type,
        "position": at / size,
        "length": min(size, 60) / 40,
        "is_generic": draft.cameo in GENERIC,
        "is_lead": scene.number == 0 and not theme.is_short,
        "politics": 0.0 if theme.is_short else min(theme.politics, 0.1) * 10,
        "is_thin": not theme.is_short and theme.politics < THIN,
        "is_apolitical": not theme.is_short and theme.politics < THIN / 2,
        "business": min(scene.business, 0.3) * 10,
        "is_quoted": is_quoted,
        "is_mine": grammar.is_verb(at) and any(p.lowers[n] in MINE for n in grammar.subjects(at)),
        "crowd": min(scene.drafts, 6) / 3,
        "befalls_thing": befalls_thing(draft, cast),
        "is_hedged": not HEDGES.isdisjoint(p.lowers[max(0, at - HEDGED) : at]),
        "has_own_recipient": any(
            p.lowers[c] in OWNERS for n in sides.recipients for c in p.children[n] if p.deps[c] == "poss"
        ),
        "is_home": not countries.isdisjoint(others),
        "is_abroad": bool(countries) and not others <= countries,
        "idle_recipient": bool(recipients) and sides.recipient_rank < 1 and not has_active_recipient,
        "idle_actor": bool(actors) and sides.actor_rank < 1 and not has_active_actor,
        draft.event_type: 1.0,
        f"frame {draft.frame.name}": 1.0,
        f"{trigger.part} {trigger.lemma}": 1.0,
        f"{draft.event_type} {trigger.part}": 1.0,
        f"tag {tag}": 1.0,
        f"relation {m.relation}": 1.0,
    }
    if draft.event_type == "ASSAULT" and not has_active_actor:
        found["has_mishap"] = scene.has_mishap
        found["mishaps"] = min(theme.mishaps, 0.1) * 20
    if trigger.near:
        found["gap"], found["is_apart"] = nearest(draft.match, cast)
    if sides.place:
        found[f"place {sides.place}"] = 1.0
    for side in actors:
        found[f"actor {KINDS.get(side.sector, 'people')}"] = 1.0
    for side in recipients:
        found[f"recipient {KINDS.get(side.sector, 'people')}"] = 1.0
    return found


def standing(
    draft: Draft, cast: Cast, recipients: tuple[Participant, ...], states: int
) -> dict[str, float]:
    """What tells whether the recipient is the right one: how far from the trigger it stands, below which words, named or not.

    `states` is how many the text has named so far: "the two countries" are a matter of course while there are but two.
    """
    if not recipients:
        return {}
    sides, p, at = draft.sides, cast.g.p, draft.match.at
    found: dict[str, float] = {"whom many": len(recipients) > 1}
    if sides.inside:
        found["whom inside"] = 1.0
        found[f"whom inside {sides.inside}"] = 1.0
    if not sides.recipients or recipients[0].start is None:
        found["whom from_before" if states > 2 else FROM_BOTH] = 1.0
        return found
    n = sides.recipients[0]
    mention = cast.at.get(n)
    found["whom reach"] = min(abs(n - at), 24) / 12
    found["whom before"] = n < at
    found["whom where"] = cast.is_where(n)
    found["whom place"] = mention is not None and mention.kind in PLACE_KINDS and mention.kind != "country"
    found["whom verbs"] = min(verbs_between(n, at, cast), 3)
    found[f"whom is {mention.kind} {mention.form}" if mention else f"whom is {p.tags[n]}"] = 1.0
    return found


def verbs_between(n: int, at: int, cast: Cast) -> int:
    """How many verbs stand above word `n` before the trigger; those up to the root where it is not below the trigger."""
    heads = cast.g.p.heads
    found = 0
    for _ in range(12):
        if heads[n] in (n, at):
            break
        n = heads[n]
        found += cast.g.is_verb(n)
    return found


def befalls_thing(draft: Draft, cast: Cast) -> bool:
    """Whether what the act is done to is no one: an attack on a law, to damage crops."""
    at, grammar = draft.match.at, cast.g
    if draft.match.objects:
        return False
    if draft.match.trigger.part == "verb":
        befallen = grammar.patients(at)
    else:
        befallen = tuple(
            n for prep, n in grammar.prepositions(at) if prep in ("on", "against", "of") and n >= 0
        )
    return bool(befallen) and all(cast.rank(n) < 1 and not cast.is_target(n) for n in befallen)


def nearest(match: Match, cast: Cast) -> tuple[float, float]:
    """How far the closest of the words that the pattern wants nearby is (in dozens), and whether none stands below the trigger."""
    p, lemmas, at = cast.g.p, cast.matcher.lemmas, match.at
    wanted = {word for words in match.trigger.near for word in words.single}
    wanted.update(
        part for words in match.trigger.near for phrase in words.phrases for part in phrase.split()[-1:]
    )
    hits = [
        k
        for k in range(max(0, at - BEFORE), min(len(p), at + AFTER))
        if k != at and (p.lowers[k] in wanted or lemmas[k] in wanted)
    ]
    gap = min((abs(k - at) for k in hits), default=AFTER) / 12
    return gap, float(not any(is_below(k, at, cast) for k in hits))


def is_below(k: int, at: int, cast: Cast) -> bool:
    heads = cast.g.p.heads
    for _ in range(8):
        if heads[k] == k:
            return False
        k = heads[k]
        if k == at:
            return True
    return False


def can_act(rank: int, participants: tuple[Participant, ...]) -> bool:
    """Whether a side is someone: by its words, or by what they stand for ("the two countries", "he")."""
    return rank == 2 or any(each.country_code and each.sector for each in participants)


def is_quoted(text: str, at: int) -> bool:
    """Whether character `at` stands inside quotation marks that were opened in its paragraph."""
    before = text[max(0, at - PARAGRAPH) : at].rpartition("\n\n")[2]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")
