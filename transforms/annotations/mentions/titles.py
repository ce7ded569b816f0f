"""Offices in running text: "President of Türkiye", "Kazakh Foreign Minister", "the country's premier"."""

from collections.abc import Iterable
from dataclasses import dataclass

from transforms.annotations.folding import fold, word_set
from transforms.annotations.tokens import Tokens

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A word or phrase that goes with a person. `office` is its canonical name, empty for honorifics.

    `sector` is PLOVER's. `scope` is state (heads of state and government), country, body (of an
    organisation), rank, honorific or role.
    """

    phrase: Words
    office: str
    sector: str
    scope: str


@dataclass(frozen=True, slots=True)
class Titles:
    """The table of titles by first word, longest phrase first."""

    by_first: dict[str, tuple[Title, ...]]

    @classmethod
    def of(cls, titles: Iterable[Title]) -> "Titles":
        """Index titles."""
        lists: dict[str, list[Title]] = {}
        for title in titles:
            lists.setdefault(title.phrase[0], []).append(title)
        return cls({word: tuple(sorted(found, key=lambda t: -len(t.phrase))) for word, found in lists.items()})


@dataclass(slots=True)
class TitleHit:
    """A title in the text: tokens `first` to before `last`, modifiers such as "former" included."""

    first: int
    last: int
    title: Title
    is_former: bool = False
    is_plural: bool = False


FORMER = frozenset({"former", "ex", "late", "ousted", "outgoing", "then"})
MODIFIERS = FORMER | word_set(
    """
    acting interim deputy vice assistant first second incoming current newly-elected elected caretaker
    incumbent senior chief under associate honorary retired exiled veteran
    """
)


def find_titles(tokens: Tokens, titles: Titles) -> list[TitleHit]:
    """All titles of a text from left to right, not overlapping."""
    hits: list[TitleHit] = []
    words = tokens.words
    count = len(words)
    position = 0
    by_first = titles.by_first
    while position < count:
        candidates = by_first.get(fold(words[position]))
        title = candidates and _match(words, position, candidates)
        if not title:
            position += 1
            continue
        first = position
        last = position + len(title.phrase)
        # "Gen. Smith", "Mr. Smith": the full stop belongs to the abbreviation.
        is_short = len(words[last - 1]) <= 5 and title.scope in ("rank", "honorific", "country")
        if is_short and last + 1 < count and words[last] == "." and words[last + 1][0].isupper() and tokens.starts[last] == tokens.ends[last - 1]:
            last += 1
        is_former = False
        if hits and hits[-1].last == first and fold(words[first - 1]) in MODIFIERS:
            hits.pop()  # "Deputy Mayor Vivian Huang": the deputy is not "Mayor Vivian Huang"
        while first > 0 and fold(words[first - 1]).removesuffix("-") in MODIFIERS and (not hits or hits[-1].last < first):
            first -= 1
            is_former |= fold(words[first]) in FORMER
        plural = title.phrase[-1].endswith("s") and title.scope not in ("honorific",)
        hits.append(TitleHit(first, last, title, is_former, plural))
        position = last
    return hits


def _match(words: list[str], position: int, candidates: tuple[Title, ...]) -> Title | None:
    for title in candidates:
        size = len(title.phrase)
        if size == 1 or tuple(map(fold, words[position : position + size])) == title.phrase:
            return title
    return None
