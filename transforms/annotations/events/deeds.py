"""Whose deed or whose men a noun is: "the minister's decision", "a bombing by rebels", "its troops"."""

from transforms.annotations.events.cast import ACTING_KINDS, Cast

OWN_MEN = frozenset({"ambassador", "army", "diplomat", "envoy", "fleet", "force", "forces", "military", "navy", "peacekeeper", "soldier", "troop", "unit"})  # fmt: skip


def doer(n: int, preps: tuple[str, ...], cast: Cast) -> int | None:
    """Whose act or thing noun `n` is, by its owner, by a name before it, or by whom `preps` bring: "the protest by farmers"."""
    p = cast.g.p
    for c in p.children[n]:
        mention = cast.at.get(c)
        is_named = mention is not None and mention.kind in ACTING_KINDS
        if p.deps[c] == "poss" and (is_named or cast.rank(c) == 2):
            return c
        if p.deps[c] in ("compound", "amod", "nmod") and is_named:
            return c
    return next((m for prep, m in cast.g.prepositions(n) if prep in preps and cast.rank(m) == 2), None)


def culprit(n: int, cast: Cast) -> int | None:
    """Who acts where an attack does: "a bombing by rebels killed …"; None where nobody is told."""
    return doer(n, ("by",), cast) if n not in cast.at and is_harm(n, cast) else n


def is_harm(n: int, cast: Cast) -> bool:
    return cast.matcher.lemma(n) in cast.lexicon.harm


def is_own_men(n: int, cast: Cast) -> bool:
    """Whether `n` are troops or envoys of whoever acts."""
    p = cast.g.p
    return cast.matcher.lemma(n) in OWN_MEN and any(p.deps[c] == "poss" and p.tags[c] == "PRP$" for c in p.children[n])
