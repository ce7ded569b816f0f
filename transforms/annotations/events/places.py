"""Where an event took place: a place name behind "in", "at", "near", else the dateline as a prior."""

from transforms.annotations.annotation import EventPlace, Text
from transforms.annotations.events.cast import PLACE_KINDS, Cast
from transforms.annotations.events.grammar import Grammar

LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "off", "across", "throughout", "within"}
)
PRECISION = {"facility": 0, "place": 1, "city": 1, "region": 2, "country": 3}


def find_place(at: int, g: Grammar, cast: Cast, text: Text) -> EventPlace | None:
    """The place of the act at token `at`. `source` is `sentence` or `dateline`."""
    p = g.p
    best: tuple[tuple[int, int], int] | None = None
    for n, mention in cast.at.items():
        if mention.kind not in PLACE_KINDS or mention.form == "demonym" or p.deps[n] != "pobj":
            continue
        prep = p.heads[n]
        if p.lowers[prep] not in LOCATIVE:
            continue
        rank = PRECISION[mention.kind], abs(n - at)
        if best is None or rank < best[0]:
            best = rank, n
    if best is not None:
        mention = cast.at[best[1]]
        country = mention.entity.country_code if mention.entity else None
        return EventPlace(text=mention.text, country_code=country, entity=mention.entity)
    if text.dateline_place:
        return EventPlace(text=text.dateline_place, country_code=text.country_code, source="dateline")
    return None
