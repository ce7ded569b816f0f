"""Groups without a name: "Turkish troops", "Kazakhstan's government", "government forces", "police"."""

from collections.abc import Mapping

from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.tokens import Tokens

Words = tuple[str, ...]
_LONGEST = 3
_QUALIFIERS = word_set(
    """
    government opposition rebel separatist security armed special local state federal riot military
    paramilitary pro-government pro-russian anti-government national presidential border coastal senior
    top former new current own entire
    """
)
_VAGUE = frozenset({"people", "citizens", "nationals", "court", "courts", "judge", "state", "forces", "jets", "tanks", "senate"})
_ALONE = word_set(
    """
    COP MIL REB OPP CVL REF JUD LEG UAF
    """
)


def find_groups(tokens: Tokens, drafts: list[Draft], nouns: Mapping[Words, str]) -> list[Draft]:
    """Nominal drafts of groups with the sector of their noun and the country of the words before it.

    A bare "the government" is a group too, its country left open; "people" or "company" need a country.
    """
    by_end = {draft.last: draft for draft in drafts if draft.form in ("name", "demonym")}
    by_first = {draft.first: draft for draft in drafts if draft.form == "name" and draft.kind == "country"}
    held = {token for draft in drafts if draft.form == "nominal" or draft.kind in ("organization", "person") for token in range(draft.first, draft.last)}
    words = tokens.words
    opening = {first for first, _ in tokens.sentences}
    folded = [fold(word) for word in words]
    heads = {key[0] for key in nouns}
    found: list[Draft] = []
    position = 0
    while position < len(words):
        size = 0
        if folded[position] in heads and (words[position].islower() or position in opening) and position not in held:
            size = next((n for n in range(min(_LONGEST, len(words) - position), 0, -1) if tuple(folded[position : position + n]) in nouns), 0)
        if not size:
            position += 1
            continue
        last = position + size
        if size == 1 and folded[position] in _QUALIFIERS and last < len(words) and folded[last] in heads and words[last].islower():
            position += 1  # "government forces": the government is only a qualifier.
            continue
        sector = nouns[tuple(folded[position:last])]
        first = position
        while first > 0 and folded[first - 1] in _QUALIFIERS and first - 1 not in held:
            first -= 1
        qualifiers = set(folded[first:position])
        if "opposition" in qualifiers:
            sector = "OPP"
        elif qualifiers & {"rebel", "separatist", "anti-government"}:
            sector = "REB"
        country = None
        owner_end = first - 1 if first > 0 and words[first - 1] in ("'s", "’s", "'", "’") else first
        owner = by_end.get(owner_end)
        if owner and owner.entity and owner.entity.country_code and owner.kind in ("country", "city", "region", "place"):
            country = owner.entity.country_code
            first = owner.first
            while first > 0 and folded[first - 1] in _QUALIFIERS:
                first -= 1
        elif last + 1 < len(words) and folded[last] == "of":
            owner = (by_first.get(last + 1) or by_first.get(last + 2)) if sector == "GOV" else None
            if owner and owner.entity:
                country, last = owner.entity.country_code, owner.last
        is_telling = sector in _ALONE and folded[position] not in _VAGUE
        if country or is_telling or first < position or folded[position] in ("government", "authorities"):
            if first > 0 and folded[first - 1] == "the":
                first -= 1
            found.append(Draft(first, last, "organization", "rules", form="nominal", confidence=0.6, country_code=country, sector=sector))
        position = max(last, position + 1)
    return found
