"""Who says that an event happened, where the sentence names them."""

from transforms.annotations.annotation import Participant
from transforms.annotations.events.cast import Cast
from transforms.annotations.events.drafts import Draft
from transforms.annotations.events.grammar import Grammar


def claimant(
    draft: Draft, actors: tuple[Participant, ...], grammar: Grammar, cast: Cast
) -> Participant | None:
    """The subject of the verb of saying above the trigger unless it is the actor, or who stands after "according to"."""
    p = grammar.p
    if draft.modality.speaker_verb is not None:
        for n in grammar.subjects(draft.modality.speaker_verb):
            if cast.rank(n) == 2:
                found = cast.participant(n)
                if all((found.start, found.end) != (actor.start, actor.end) for actor in actors):
                    return found
    if "according" in p.lowers:
        to = p.lowers.index("according") + 1
        if to < len(p) and p.lowers[to] == "to":
            for c in p.children[to]:
                if p.deps[c] == "pobj":
                    return cast.participant(c)
    return None
