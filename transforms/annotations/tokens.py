"""Words and sentences of a text, by rules that need no model and run in time linear in its length."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from transforms.annotations.folding import word_set

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.P.R.K.
    r"|[^\W_]+(?:[-‐‑'’‘ʼ.&][^\W_]+)*"  # Kassym-Jomart, O'Brien, al-Qaida, AT&T, 1.5
    r"|[^\w\s]|_"
)
_POSSESSIVE = re.compile(r"['’‘ʼ][sS]$")
_INVERTED = re.compile(r"(?<=[a-zé])(-(?:t-)?)(ils?|elles?)$")  # French: a-t-il, confie-t-elle
_ELIDED = re.compile(r"^(?:[dl]|L)['’](?=[^\W\d_])")
"""French and Italian, before a name: "l'ONU"."""
_SUFFIXED = re.compile(r"(?<=[^\W\d_]{3})['’](?:y?[ae]|[yn]?[ıiuü]n?|n[ae]|yl[ae]|l[ae]r|n?[dt][ae](?:n|ki)?)$")
"""Turkish, behind a name: "Ankara'da", "Tokayev'in"."""
_ABBREVIATION = word_set(
    """
    mr mrs ms dr prof st sen rep gov gen lt col capt maj sgt adm rev hon jr sr no vs etc inc corp ltd co
    bros jan feb mar apr jun jul aug sep sept oct nov dec mt ft ave blvd dept est fig vol pp ed cf al
    e.g i.e u.s u.k u.n d.c a.m p.m ph.d messrs mme mlle г ул им тов проф акад bd nr bzw str sra
    """
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_TERMINATOR = re.compile(r"[.!?…。！？؟।]+[\"”’»'›)\]}“]*(?=\s|$)|[。！？]")
_BREAK = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of one field: offsets into it (code points, ends exclusive) and their text.

    `sentences` are (first token, token after the last); `sentence_of[i]` is the number of token i's sentence.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of tokens `first` to before `last`."""
        return self.starts[first], self.ends[last - 1]

    def surface(self, first: int, last: int) -> str:
        """The text of tokens `first` to before `last`, as printed."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def is_adjacent(self, left: int) -> bool:
        """Whether token `left` and the next belong together: a hard line end is a sentence's end, a wrapped one is a blank."""
        return self.sentence_of[left] == self.sentence_of[left + 1]

    def at(self, offset: int) -> int:
        """The token that covers or follows a character offset."""
        position = bisect_right(self.starts, offset) - 1
        return position if position >= 0 and self.ends[position] > offset else position + 1

    def sentence_spans(self) -> tuple[tuple[int, int], ...]:
        """Character offsets of all sentences."""
        return tuple(self.span(first, last) for first, last in self.sentences)


def tokenise(text: str, *, is_english: bool = True) -> Tokens:
    """Split a text into words and sentences. Possessive endings are words of their own.

    In a text that is not English so are what French joins before a name and Turkish behind one.
    """
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    known: dict[str, str] = {}  # a word is kept once, however often a text has it
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        inverted = _INVERTED.search(word) if "-" in word else None
        if inverted:
            cuts = (start, *(start + inverted.start(group) for group in (1, 2)), end)
            for left, right in pairwise(cuts):
                starts.append(left)
                ends.append(right)
                words.append(text[left:right])
        elif len(word) > 2 and word[-2] in "'’‘ʼ" and _POSSESSIVE.search(word):
            cut = end - 2
            starts += (start, cut)
            ends += (cut, end)
            words += (word[:-2], word[-2:])
        elif not is_english and (cut := _joint(word)):
            starts += (start, start + cut)
            ends += (start + cut, end)
            words += (word[:cut], word[cut:])
        else:
            starts.append(start)
            ends.append(end)
            words.append(known.setdefault(word, word))
    sentences: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    first = 0
    for cut in _sentence_ends(text):
        last = bisect_right(starts, cut - 1)
        if last > first:
            sentence_of.extend([len(sentences)] * (last - first))
            sentences.append((first, last))
            first = last
    if first < len(words):
        sentence_of.extend([len(sentences)] * (len(words) - first))
        sentences.append((first, len(words)))
    return Tokens(text, starts, ends, words, sentences, sentence_of)


def _joint(word: str) -> int:
    """Where an apostrophe parts a name from what its language joins to it; 0 where none does."""
    if "'" not in word and "’" not in word:
        return 0
    elided = _ELIDED.match(word)
    if elided:
        return elided.end()
    suffixed = _SUFFIXED.search(word) if word[0].isupper() else None
    return suffixed.start() if suffixed else 0


def _sentence_ends(text: str) -> list[int]:
    """Offsets at which sentences end, ascending: at final marks, paragraph breaks and hard line ends."""
    cuts: list[int] = []
    start = 0
    for paragraph in [*_BREAK.finditer(text), None]:
        end = paragraph.start() if paragraph else len(text)
        cuts.extend(_ends_within(text, start, end))
        cuts.append(end)
        start = paragraph.end() if paragraph else end
    return cuts


def _ends_within(text: str, start: int, end: int) -> list[int]:
    cuts = [match.end() for match in _TERMINATOR.finditer(text, start, end) if _is_final(text, match, end)]
    lines = text[start:end].split("\n")
    if len(lines) > 1:
        longest = max(len(line.rstrip()) for line in lines)
        wrapped = [_is_wrapped(line, following, longest) for line, following in pairwise(lines)]
        if start == 0 and sum(wrapped[1:]) * 2 > len(wrapped) - 1 and lines[0].rstrip()[-1:].isalpha() and not lines[1][:2].isspace():
            wrapped[0] = True  # the first line is short because a dateline was cut off it
        position = start
        for line, is_wrapped in zip(lines, wrapped, strict=False):
            position += len(line) + 1
            if not is_wrapped:
                cuts.append(position)
        cuts.sort()
    return cuts


def _is_wrapped(line: str, following: str, longest: int) -> bool:
    """Whether a line end is a typesetter's and not the writer's: the next word would not have fitted on the line."""
    if not 40 <= longest <= 100 or following[:2].isspace() or not following.strip():
        return False
    return len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > longest - 4


def _is_final(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation or initial, not before a small letter."""
    mark = match.group()
    after = match.end()
    while after < end and (text[after].isspace() or text[after] in "\"“„«‘'(["):
        after += 1
    following = text[after] if after < end else ""
    if following.islower():
        return False
    if mark[0] != "." or len(mark) > 1:
        return True
    begin = match.start()
    left = begin
    while left > 0 and begin - left < 20 and (text[left - 1].isalnum() or text[left - 1] in ".-"):
        left -= 1
    word = text[left:begin]
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False
    if word.lower() in _ABBREVIATION or _DOTTED.fullmatch(word):
        # "in the U.S. The" ends a sentence, "the U.S. President" does not: only a function word settles it.
        return "." in word and text[after : after + 4].split(" ")[0] in ("The", "A", "In", "He", "It", "But")
    return True
