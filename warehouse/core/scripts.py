"""The script that a name is written in, as ISO 15924 has it."""

import unicodedata
from collections import Counter
from functools import lru_cache

# By the first word of a letter's Unicode name.
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "HANGUL": "Hang",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "ETHIOPIC": "Ethi",
    "MONGOLIAN": "Mong",
}


def script_of(name: str) -> str | None:
    """The script of most letters of `name`; None without letters or in a script not listed here."""
    found = Counter(_script_of_letter(letter) for letter in name if letter.isalpha())
    # Japanese mixes its syllables with Chinese characters.
    if found.get("Jpan"):
        return "Jpan"
    return max(found, key=lambda script: (found[script], script or "")) if found else None


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str | None:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ", 1)[0])
