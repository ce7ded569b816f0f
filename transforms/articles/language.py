"""The language of a text: ISO 639-1 where it has one, else 639-3 as CLD2 names it."""

import re
from functools import lru_cache

import pycld2

# Too few letters tell nothing.
_MINIMUM_LETTERS = 20
# CLD2 refuses some control characters and noncharacters outright; they say nothing of the language.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_CODES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "zh-Hant": "zh", "no": "nb", "un": None, "xxx": None}
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
# ISO 639-2 codes (both sets) that wires print, to ISO 639-1. Source: Library of Congress, ISO 639-2 code list.
_THREE_LETTERS = {
    "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "por": "pt", "ita": "it",
    "dut": "nl", "nld": "nl", "rus": "ru", "ukr": "uk", "kaz": "kk", "tur": "tr", "ara": "ar", "chi": "zh",
    "zho": "zh", "jpn": "ja", "kor": "ko", "pol": "pl", "swe": "sv", "fin": "fi", "dan": "da", "nor": "nb",
    "gre": "el", "ell": "el", "heb": "he", "per": "fa", "fas": "fa", "hin": "hi", "cze": "cs", "ces": "cs",
    "hun": "hu", "rum": "ro", "ron": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "slo": "sk", "slk": "sk",
}  # fmt: skip


@lru_cache(maxsize=1024)
def language_code(tag: str | None) -> str | None:
    """A language tag as printed (`en-US`, `EN`, `eng`) as ISO 639-1: `en`. None for no or an unknown tag."""
    found = _TAG.match((tag or "").strip())
    if not found:
        return None
    code = found[1].lower()
    if code in ("und", "mul", "zxx", "mis"):
        return None
    return _THREE_LETTERS.get(code, _CODES.get(code, code))


def detect_language(text: str, *, hint: str | None = None) -> str | None:
    """The main language of `text`, or None where it is too short or undecided. `hint` (ISO 639-1) breaks ties."""
    sample = _REFUSED.sub(" ", text[:6000])
    if sum(map(str.isalpha, sample[:200])) < _MINIMUM_LETTERS:
        return None
    try:
        reliable, _, found = pycld2.detect(sample, isPlainText=True, hintLanguage=hint)
    except pycld2.error:
        return None
    code = found[0][1]
    if code == "un" or (not reliable and found[0][2] < 60):
        return None
    return _CODES.get(code, code.split("-")[0])
