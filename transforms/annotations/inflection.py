"""Names in the cases of their language: `Казахстаном`, `Анкараға` and `Kasachstans` lead to the forms that tables hold."""

from functools import lru_cache

from transforms.annotations.folding import fold

_SHORTEST = 3  # letters that a name keeps without its ending
_ENDINGS = {
    # Russian: nouns and the surnames that decline like them or like adjectives.
    "ами": ("ы", "а"), "ых": ("ые", "ие"), "их": ("ие",), "ов": ("ы",), "ам": ("ы", "и"), "ах": ("ы", "и"),
    "ии": ("ия",), "ию": ("ия",), "ией": ("ия",), "ого": ("ий", "ый", "ой"), "ому": ("ий", "ый", "ой"), "ую": ("ая",),
    "им": ("ий", ""), "ым": ("", "ый"), "ой": ("а", "ая"), "ей": ("я", "а"), "ем": ("", "й", "ь"), "ом": ("",),
    "а": ("",), "я": ("й", "ь"), "у": ("", "а"), "ю": ("й", "ь", "я"), "е": ("", "а", "й", "ь", "я"), "ы": ("а",), "и": ("а", "ь", "я"),
    # Kazakh: seven cases by the harmony of vowels and consonants.
    **dict.fromkeys(("ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "на", "не", "ны", "ні", "ды", "ді", "ты", "ті"), ("",)),
    **dict.fromkeys(("да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен", "дағы", "дегі", "тағы", "тегі"), ("",)),
    # German: the genitive of names, and adjectives behind an article ("die Vereinigten Staaten").
    "s": ("",), "en": ("e",),
}  # fmt: skip
_LONGEST = max(map(len, _ENDINGS))


@lru_cache(maxsize=50_000)
def bases(word: str) -> tuple[str, ...]:
    """The folded forms that an inflected name may have in a table, longest endings first; the word itself is none of them."""
    folded = fold(word)
    found: list[str] = []
    for size in range(min(_LONGEST, len(folded) - _SHORTEST), 0, -1):
        stem = folded[:-size]
        if stem[-1].isascii() and len(stem) <= _SHORTEST + 1:
            continue
        found.extend(stem + replacement for replacement in _ENDINGS.get(folded[-size:], ()))
    return tuple(found)
