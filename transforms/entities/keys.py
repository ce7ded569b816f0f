"""The natural keys of entities that no table knows: all that tells one from its namesakes, as texts give it."""

from dataclasses import dataclass

from transforms.annotations.folding import fold, fold_name, word_set

# What changes nothing about who holds an office.
_MODIFIERS = word_set("former ex late acting interim deputy vice first second incoming outgoing senior the of for and")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """A key taken apart: the folded name, the country (ISO 3166-1 alpha-3) and the words of the office, where known."""

    kind: str
    name: str
    country_code: str | None
    office: frozenset[str]


def found_key(kind: str, name: str, country_code: str | None = None, office: str | None = None) -> str:
    """The key of a found entity. People are told apart by country and office too: `person:marta oduya:KEN:minister`.

    `office` is as annotation words it: "Defence Minister of Kenya", "former Mayor".
    """
    folded = " ".join(fold_name(name)).replace(":", " ")
    if kind != "person":
        return f"{kind}:{folded}"
    words = [word for word in fold((office or "").split(" of ")[0]).split() if word not in _MODIFIERS]
    return f"{kind}:{folded}:{country_code or ''}:{' '.join(words)}".rstrip(":")


def parse_found_key(key: str) -> FoundKey:
    """What `found_key` put into a key."""
    kind, name, country_code, office = [*key.split(":"), "", "", ""][:4]
    return FoundKey(kind=kind, name=name, country_code=country_code or None, office=frozenset(office.split()))
