"""States that share their name with a country or a large city: which of the two a text means."""

from transforms.annotations.folding import fold
from transforms.annotations.gazetteer import Alias
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.tokens import Tokens

LARGE = 1_000_000.0
"""Weight of a city that is meant before the state of its name."""
_OF_STATES = frozenset({"state", "State", "Governor", "Gov", "Gov.", "Senator", "Sen", "Legislature", "Republicans", "Democrats"})


def tell_states(tokens: Tokens, drafts: list[Draft]) -> None:
    """States that share a name with a country or a large city: Georgia is one in "Atlanta, Georgia" and among states, New York in "Buffalo, New York"."""
    both = {id(draft): homonym for draft in drafts if draft.form == "name" and (homonym := _homonym(draft)) is not None}
    if not both:
        return
    words = tokens.words
    named = [draft.candidates[0].entity for draft in drafts if draft.candidates and id(draft) not in both]
    countries = {entity.country_code for entity in named if entity.kind == "country"}
    parts = {draft.last + 1: draft for draft in drafts if draft.last < len(tokens) and words[draft.last] == ","}

    def is_behind_its_part(draft: Draft, state: Alias) -> bool:
        part = parts.get(draft.first)
        return part is not None and (words[part.last - 1] == "County" or any(alias.entity.country_code == state.entity.country_code for alias in part.candidates))

    behind = {state.entity.key for draft in drafts if id(draft) in both and is_behind_its_part(draft, state := both[id(draft)][0])}
    for draft in drafts:
        if id(draft) not in both:
            continue
        state, other = both[id(draft)]
        if other.entity.kind == "city":
            is_state = is_behind_its_part(draft, state) or (draft.last < len(tokens) and words[draft.last] in _OF_STATES)
        else:
            home = state.entity.country_code
            states = {entity.key for entity in named if entity.kind == "region" and entity.country_code == home}
            is_spoken_of = other.entity.country_code in {entity.country_code for entity in named}
            is_state = not is_spoken_of and (state.entity.key in behind or (bool(states) and len(states) >= len(countries - {home})))
        draft.candidates = (state if is_state else other,)
        draft.kind = draft.candidates[0].entity.kind


def _homonym(draft: Draft) -> tuple[Alias, Alias] | None:
    """The state, and the country or large city of the same country, that a name may mean."""
    first = draft.candidates[0] if draft.candidates else None
    if first is None or first.form != "name":
        return None
    if first.entity.kind == "country":
        state = next((alias for alias in draft.candidates if alias.entity.kind == "region" and alias.entity.country_code not in (None, first.entity.country_code)), None)
        return (state, first) if state else None
    if first.entity.kind == "region":
        city = next((alias for alias in draft.candidates if alias.entity.kind == "city" and alias.entity.country_code == first.entity.country_code and alias.weight >= LARGE and fold(alias.entity.name).removesuffix(" city") == fold(alias.surface)), None)
        return (first, city) if city else None
    return None
