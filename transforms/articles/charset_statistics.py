"""Which charset bytes are written in, judged by how much each reading looks like text in some language."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from transforms.articles.language import detect_language
from transforms.articles.letter_frequencies import HAN_WEIGHTS, LATIN_LETTERS, NEUTRAL, SCRIPT_WEIGHTS

# In order of how often wires and the web use them: the first of equals wins.
CANDIDATES = (
    "cp1252", "cp1251", "cp1250", "iso8859-2", "iso8859-15", "cp1254", "cp1253", "cp1257", "cp1256", "cp1255", "koi8-r", "koi8-u",
    "iso8859-5", "iso8859-7", "iso8859-8", "iso8859-6", "iso8859-4", "iso8859-13", "iso8859-10", "iso8859-3", "iso8859-14", "iso8859-16",
    "cp874", "cp1258", "kz1048", "ptcp154", "gb18030", "big5", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949", "johab", "cp866", "cp855",
    "cp1125", "cp850", "cp437", "cp852", "cp857", "cp775", "cp858", "cp860", "cp861", "cp862", "cp863", "cp864", "cp865", "cp869", "cp737",
    "cp720", "mac-roman", "mac-cyrillic", "mac-latin2", "mac-greek", "mac-turkish", "mac-iceland", "mac-croatian", "mac-romanian",
    "hp-roman8", "cp500", "cp037", "cp273", "cp1140", "cp1026",
)  # fmt: skip
_SELDOM = frozenset(CANDIDATES[CANDIDATES.index("cp855") :])
_LOW = bytes(range(9))
_HIGH = bytes(range(128, 256))
_MULTIBYTE = frozenset(("gb18030", "big5", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949", "johab"))
_SAMPLE_BYTES = 12_000
_MINIMUM_FIT = 0.32
_CERTAIN_FIT = 0.8
# A reading that breaks words apart: a capital behind a small letter, a sign or a number glued to letters beyond ASCII.
_ODD_CASE = re.compile(r"[a-zà-öø-ÿа-яёα-ωά-ώ][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]")
_ODD_NEIGHBOURS = re.compile(
    r"(?<=[^\W\d_])[\u2500-\u25ff\u2200-\u22ff\xa2-\xa9\xac\xae-\xb1\xb4-\xb6\xb8\xb9\xbc-\xbe\xd7\xf7\u2020-\u2022\u2026\u2030\u2122\u2116\u20ac\xa1\xbf\x80-\x9f](?=[^\W\d_])"
)
_MIXED = re.compile(r"[а-яёА-ЯЁα-ωΑ-Ωא-תء-ي][a-zA-Z]|[a-zA-Z][а-яёА-ЯЁα-ωΑ-Ωא-תء-ي]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One charset's reading of some bytes: `fit` is 1 for text as it should be, 0 and less for noise."""

    charset: str
    fit: float


def best_reading(content: bytes, *, declared: str | None = None) -> Reading | None:
    """The charset in which `content` reads best, or None where no reading is any good.

    `declared` wins unless another reading is clearly better.
    """
    sample = _sample(content)
    readings: list[Reading] = []
    if declared:
        stated_fit = fit_of(sample, declared)
        if stated_fit is not None and stated_fit >= _CERTAIN_FIT:
            return Reading(declared, stated_fit)
    # A handful of bytes is no evidence for a charset that nobody has sent for decades.
    doubt = max(0.0, 0.5 - 0.05 * (len(sample) - len(sample.translate(None, _HIGH))))
    order = (declared, *CANDIDATES) if declared else CANDIDATES
    for charset in dict.fromkeys(order):
        fit = fit_of(sample, charset)
        if fit is not None:
            readings.append(Reading(charset, fit - (doubt if charset in _SELDOM else 0.0)))
    if not readings:
        return None
    best = max(readings, key=lambda reading: reading.fit)
    if declared:
        stated = next((reading for reading in readings if reading.charset == declared), None)
        # Two bytes a character seldom come out right by chance.
        leeway = 0.35 if declared in _MULTIBYTE and best.charset not in _MULTIBYTE else 0.08
        if stated is not None and stated.fit >= best.fit - leeway:
            return stated
    # Of readings that are as good as each other the more usual charset counts.
    best = next(reading for reading in readings if reading.fit >= best.fit - 0.004 and reading.charset != declared)
    return best if best.fit >= _MINIMUM_FIT else None


def fit_of(sample: bytes, charset: str) -> float | None:
    """How well the reading of `sample` in `charset` fits some language; None where it cannot be read at all."""
    try:
        text = _lenient(sample, charset)
    except (UnicodeDecodeError, LookupError):
        return None
    return text_fit(text)


def text_fit(text: str) -> float:
    """How much the characters of `text` beyond ASCII look like those of one script and language."""
    counts = Counter(text)
    ascii_letters = sum(count for char, count in counts.items() if char.isascii() and char.isalpha())
    foreign = {char: count for char, count in counts.items() if char > "\x7f" and char not in NEUTRAL}
    controls = sum(count for char, count in counts.items() if (char < " " and char not in "\t\n\r\x0b\x0c\x1a\x1b") or "\x7f" <= char <= "\x9f")
    total = sum(foreign.values())
    neutral = sum(count for char, count in counts.items() if char in NEUTRAL)
    if total == 0:
        odd = controls + len(_ODD_NEIGHBOURS.findall(text))
        return 0.9 - odd / max(1, neutral + controls)
    fits = [_weighed(foreign, weights, total, -0.6) for weights in SCRIPT_WEIGHTS.values()]
    fits += [_weighed(foreign, weights, total, -0.12) for weights in HAN_WEIGHTS.values()]
    if ascii_letters:
        fits.append(_latin_fit(text, foreign, total))
    penalty = (2.0 * controls + 1.5 * len(_ODD_CASE.findall(text)) + len(_ODD_NEIGHBOURS.findall(text)) + len(_MIXED.findall(text))) / (
        total + 0.2 * neutral
    )
    return max(fits) - penalty


def _weighed(foreign: dict[str, int], weights: dict[str, float], total: int, unknown: float) -> float:
    return sum(weights.get(char, unknown) * count for char, count in foreign.items()) / total


def _latin_fit(text: str, foreign: dict[str, int], total: int) -> float:
    """The share of letters that the text's own language has, told by its ASCII letters."""
    language = _language_of_ascii(text)
    known = _latin_weights(language) if language in LATIN_LETTERS else None
    best = -1.0
    for code in (language,) if known else LATIN_LETTERS:
        weights = _latin_weights(code)
        best = max(best, sum(weights.get(char, -0.8) * count for char, count in foreign.items()) / total)
    # Letters of another language stand in names; a few of them are no sign of a wrong charset.
    return best if known else best - 0.1


@lru_cache(maxsize=64)
def _latin_weights(language: str | None) -> dict[str, float]:
    letters = LATIN_LETTERS[language or "en"]
    weights = {letter: 1.0 - 0.25 * rank / len(letters) for rank, letter in enumerate(letters)}
    for letter, weight in list(weights.items()):
        capital = letter.upper()
        if len(capital) == 1:
            weights.setdefault(capital, 0.75 * weight)
    for others in LATIN_LETTERS.values():
        for letter in others:
            weights.setdefault(letter, 0.2)
            if len(letter.upper()) == 1:
                weights.setdefault(letter.upper(), 0.1)
    return weights


@lru_cache(maxsize=8)
def _language_of_ascii(text: str) -> str | None:
    """The language by its ASCII letters alone: they read the same in nearly every charset."""
    return detect_language(re.sub(r"[^\x00-\x7f]+", "", text))


def _lenient(sample: bytes, charset: str) -> str:
    """Decode, forgiving the character that the sample cuts in two and one stray byte in a thousand."""
    try:
        return sample.decode(charset)
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 4 and charset in _MULTIBYTE:
            return sample[: error.start].decode(charset)
        text = sample.decode(charset, "replace")
        if text.count("\ufffd") * 1000 > len(text):
            raise
        return text


def _sample(content: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII, whole, up to some thousand bytes."""
    if len(content) <= _SAMPLE_BYTES:
        return content
    kept: list[bytes] = []
    size = 0
    for line in content[: 40 * _SAMPLE_BYTES].split(b"\n"):
        if not line.isascii():
            kept.append(line)
            size += len(line)
            if size >= _SAMPLE_BYTES:
                break
    return b"\n".join(kept)[: 2 * _SAMPLE_BYTES] or content[:_SAMPLE_BYTES]


def wide_charset(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM, told by where zero and equal bytes stand; None for anything else."""
    sample = content[: 4000 - len(content[:4000]) % 4]
    if len(sample) < 16:
        return None
    low = len(sample) - len(sample.translate(None, _LOW))
    if low * 150 < len(sample):
        return None
    columns = [Counter(sample[offset::4]) for offset in range(4)]
    quarter = len(sample) // 4
    if columns[0][0] > 0.95 * quarter and columns[1][0] > 0.6 * quarter and columns[3][0] < 0.3 * quarter:
        return "utf-32-be"
    if columns[3][0] > 0.95 * quarter and columns[2][0] > 0.6 * quarter and columns[0][0] < 0.3 * quarter:
        return "utf-32-le"
    fits = []
    for charset in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(charset)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                continue
            text = sample[: error.start].decode(charset)
        fits.append((text_fit(text) if not text.isascii() else 1.0, charset))
    best = max(fits, default=(0.0, ""))
    return best[1] if best[0] >= _MINIMUM_FIT else None
