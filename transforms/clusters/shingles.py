"""Words and shingles of a text: what near-duplicates are compared by.

A word is a run of letters, digits and underscores of the folded text (Unicode's compatibility form, case folded);
in scripts that write without spaces every character is a word. A shingle is five words in a row.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 5
# What lies behind this many words of a text is not compared: it bounds time and memory for bodies of megabytes.
WORDS_COMPARED = 200_000

Hashes = npt.NDArray[np.uint64]
Indexes = npt.NDArray[np.int64]

# Han, Hiragana, Katakana and their extensions, Thai, Lao, Myanmar and Khmer: scripts without spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\\w)+")
_SINGLE = re.compile(f"[{_UNSPACED}]")
# The same words where no character is of those scripts, found several times faster.
_SPACED_WORD = re.compile(r"\w+")
# No real text has more characters in that many words; one word of megabytes is cut here.
_CHARACTERS_READ = 8_000_000
_ODD = 0x9E3779B97F4A7C15


def fold(text: str) -> str:
    """`text` in Unicode's compatibility form and without case."""
    return unicodedata.normalize("NFKC", text[:_CHARACTERS_READ]).casefold()


def words(text: str) -> list[str]:
    """The words of `text`, folded, at most WORDS_COMPARED of them."""
    folded = fold(text)
    return _pattern_for(folded).findall(folded)[:WORDS_COMPARED]


def has_words(text: str, count: int) -> bool:
    """Whether `text` has `count` words or more; what lies behind them is not read."""
    folded = fold(text)
    return sum(1 for _ in islice(_pattern_for(folded).finditer(folded), count)) == count


def shingles(folded_words: Sequence[str]) -> set[tuple[str, ...]]:
    """The distinct shingles of a text given by its words; a text of fewer than five words is one shingle."""
    if len(folded_words) < SHINGLE_WORDS:
        return {tuple(folded_words)} if folded_words else set()
    return set(zip(*(folded_words[offset:] for offset in range(SHINGLE_WORDS)), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedWords:
    """The words of many texts as hashes of 64 bits, in one array.

    The words of text n begin at `firsts[n]`; `counts[n]` of them are compared.
    """

    hashes: Hashes
    firsts: Indexes
    counts: Indexes


def hash_words(texts: Sequence[str]) -> HashedWords:
    """The hashes of the words of `texts`; the same words as those of `words`."""
    folded = [fold(text) for text in texts]
    # A character that is no word keeps the texts apart.
    letters = np.frombuffer("\n".join(["", *folded, ""]).encode("utf-32-le", "replace"), dtype=np.uint32)
    kinds = _character_kinds()[letters]
    # A word starts at a letter after no letter, and at, and after, every character that is a word by itself.
    is_start = np.zeros(len(kinds), dtype=bool)
    np.logical_and(kinds[1:] != 0, (kinds[1:] == 2) | (kinds[:-1] != 1), out=is_start[1:])
    starts = np.flatnonzero(is_start)
    text_ends = np.cumsum([len(text) + 1 for text in folded], dtype=np.int64)
    bounds = np.concatenate(([0], np.searchsorted(starts, text_ends)))
    return HashedWords(hashes=_word_hashes(letters, kinds, starts) if len(starts) else np.zeros(0, np.uint64),
                       firsts=bounds[:-1], counts=np.minimum(np.diff(bounds), WORDS_COMPARED))


def hash_windows(words_hashed: HashedWords, width: int = SHINGLE_WORDS) -> tuple[Hashes, Indexes]:
    """Hashes of all runs of `width` words within a text, repeated ones repeated; a shorter text is one run.

    Returns them in one array, and for each text the index at which its own start, with the total as last element.
    Different runs may have the same hash: hashes find candidates and settle nothing.
    """
    hashes, firsts, counts = words_hashed.hashes, words_hashed.firsts, words_hashed.counts
    powers = _powers(width)
    padded = np.concatenate((hashes, np.zeros(width, np.uint64)))
    rolled = np.zeros(len(hashes), np.uint64)
    for offset in range(width):
        rolled += padded[offset:offset + len(hashes)] * powers[offset]
    window_counts = np.where(counts == 0, 0, np.maximum(counts - width + 1, 1))
    bounds = np.concatenate(([0], np.cumsum(window_counts)))
    windows = rolled[np.arange(bounds[-1]) + np.repeat(firsts - bounds[:-1], window_counts)]
    for text in np.flatnonzero((counts > 0) & (counts < width)):
        first, count = firsts[text], counts[text]
        windows[bounds[text]] = (hashes[first:first + count] * powers[:count]).sum(dtype=np.uint64)
    return mix(windows), bounds


def _pattern_for(folded: str) -> re.Pattern[str]:
    return _SPACED_WORD if folded.isascii() else _WORD


def _word_hashes(letters: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint8], starts: Indexes) -> Hashes:
    """A polynomial over the characters of each word, modulo 2**64. What follows a word up to the next counts 0."""
    spread = np.where(kinds != 0, mix(letters.astype(np.uint64)), np.uint64(0))[starts[0]:]
    lengths = np.diff(starts, append=len(letters))
    within = np.arange(starts[0], len(letters)) - np.repeat(starts, lengths)
    return mix(np.add.reduceat(spread * _powers(int(lengths.max()))[within], starts - starts[0]))


def mix(values: Hashes) -> Hashes:
    """The finaliser of MurmurHash3 (64 bits): a bijection that lets every bit of the input touch every other."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


_LONGEST_KEPT = 4_096


@lru_cache(maxsize=1)
def _first_powers() -> Hashes:
    return np.cumprod(np.full(_LONGEST_KEPT, _ODD, dtype=np.uint64), dtype=np.uint64)


def _powers(count: int) -> Hashes:
    """The first `count` powers of an odd constant, modulo 2**64."""
    if count <= _LONGEST_KEPT:
        return _first_powers()[:count]
    return np.cumprod(np.full(count, _ODD, dtype=np.uint64), dtype=np.uint64)


@lru_cache(maxsize=1)
def _character_kinds() -> npt.NDArray[np.uint8]:
    """For each code point 0: no word, 1: part of a word, 2: a word by itself."""
    everything = "".join(map(chr, range(0xD800))) + "?" * 0x800 + "".join(map(chr, range(0xE000, 0x110000)))
    kinds = np.zeros(0x110000, dtype=np.uint8)
    for found in re.finditer(r"\w+", everything):
        kinds[found.start():found.end()] = 1
    for found in re.finditer(_SINGLE.pattern + "+", everything):
        kinds[found.start():found.end()] = 2
    return kinds
