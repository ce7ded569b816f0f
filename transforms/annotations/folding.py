"""Names compared without case, accents and kinds of apostrophe: `Türkiye`, `TURKIYE` and `Turkiye` are one."""

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae",
     "œ": "oe", "Œ": "oe", "ð": "d", "þ": "th", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "ё": "е", "Ё": "е",
     "ə": "e", "Ə": "e"}
)  # fmt: skip
_SPLIT = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‐‑'’‘ʼ.&][^\W_]+)*|[^\w\s]|_")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word's key for lookups: lower case, no accents, dotted acronyms without their dots."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(_PLAIN))
        # й and ї are letters of their own, not accented ones: Cyrillic keeps its breve and diaeresis.
        kept = [c for i, c in enumerate(decomposed) if not unicodedata.combining(c) or (c in "\u0306\u0308" and "\u0400" <= decomposed[i - 1] <= "\u04ff")]
        word = unicodedata.normalize("NFC", "".join(kept))
    word = word.lower()
    if "." in word and len(word) > 2 and len(word) == 2 * word.count("."):
        word = word.replace(".", "")
    return word


def fold_name(name: str) -> tuple[str, ...]:
    """A name's words folded, split exactly as `tokens.tokenise` splits them (possessives aside)."""
    return tuple(fold(word) for word in _SPLIT.findall(name))


def word_set(text: str) -> frozenset[str]:
    """The words of a block of text as a set: how word lists are written in the code."""
    return frozenset(text.split())
