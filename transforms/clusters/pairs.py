"""Pairs of texts: verified word by word, then judged as pairs of articles by their times of publication."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from transforms.clusters.shingles import has_words, shingles, words

VERIFIER_VERSION = "1"
# A text shorter than this says too little by itself ("Qtly div 20 cts vs 20 cts. Pay April 15."): it is compared
# together with its headline. A text that is shorter than the second number even so is compared with nothing.
SHORT_WORDS = 30
FEWEST_WORDS = 8
# Shingles that two near-duplicates share, of those that either has; and of its own that an excerpt shares.
NEAR_SIMILARITY = 0.7
EXCERPT_CONTAINMENT = 0.8
EXCERPT_WORDS = 30
# The opening of a text, and the share of its shingles that a near-duplicate has somewhere.
_OPENING_WORDS = 20
_LIKE_OPENING = 0.3
_LIKE_HEADLINE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two texts compared word by word. A pure function of both, the same in either order but for left and right.

    `similarity` is the Jaccard similarity of their shingles; `left_contained` the share of the left text's that
    the right one has, `right_contained` the reverse. `differs_in_figures`: not all their numbers are the same.
    `has_like_opening`: the opening of one is found in the other, so that more than boilerplate is alike.
    """

    similarity: float
    left_contained: float
    right_contained: float
    differs_in_figures: bool
    has_like_opening: bool

    @property
    def is_near(self) -> bool:
        """Whether the texts are nearly the same, whatever their articles' times."""
        return self.similarity >= NEAR_SIMILARITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How far apart in publication two articles may be and still be one cluster; None: any time.

    `pair` is for all pairs. `figures` is for texts that differ in figures: a table, market list or score of
    another day is another report in the same words, while a corrected figure comes within hours.
    """

    pair: timedelta | None = timedelta(days=5)
    figures: timedelta | None = timedelta(hours=20)


OFF = Windows(pair=None, figures=None)


def compared_text(headline: str | None, body: str, boilerplate_patterns: Sequence[str] = ()) -> str | None:
    """What of an article is compared with others; None where it is too short to be compared.

    Paragraphs that match one of the publisher's `boilerplate_patterns` whole are left out.
    """
    text = body
    if boilerplate_patterns:
        patterns = [re.compile(pattern, re.I) for pattern in boilerplate_patterns]
        text = "\n\n".join(paragraph for paragraph in body.split("\n\n")
                           if not any(pattern.fullmatch(paragraph.strip()) for pattern in patterns))
    if headline and not has_words(text, SHORT_WORDS):
        text = f"{headline}\n{text}"
    return text if has_words(text, FEWEST_WORDS) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWords:
    """What of a text a comparison needs; made once for however many comparisons."""

    shingles: frozenset[tuple[str, ...]]
    opening: frozenset[tuple[str, ...]]
    figures: frozenset[tuple[str, int]]


def text_words(text: str) -> TextWords:
    """The shingles of a text, those of its opening, and its numbers with how often each is there."""
    found = words(text)
    # A word of letters alone holds no digit, and most are.
    figures = Counter(word for word in found if not word.isalpha() and any(character.isdigit() for character in word))
    return TextWords(shingles=frozenset(shingles(found)), opening=frozenset(shingles(found[:_OPENING_WORDS])),
                     figures=frozenset(figures.items()))


def compare(left: str | TextWords, right: str | TextWords) -> Comparison:
    """The comparison of two texts."""
    one = text_words(left) if isinstance(left, str) else left
    other = text_words(right) if isinstance(right, str) else right
    common = len(one.shingles & other.shingles)
    openings = (_share(len(one.opening & other.shingles), len(one.opening)),
                _share(len(other.opening & one.shingles), len(other.opening)))
    return Comparison(
        similarity=_share(common, len(one.shingles) + len(other.shingles) - common),
        left_contained=_share(common, len(one.shingles)),
        right_contained=_share(common, len(other.shingles)),
        differs_in_figures=one.figures != other.figures,
        has_like_opening=max(openings) >= _LIKE_OPENING,
    )


def is_pair(
    comparison: Comparison, left_at: datetime | None, right_at: datetime | None, windows: Windows, *,
    is_same_publisher: bool, left_headline: str | None = None, right_headline: str | None = None,
) -> bool:
    """Whether two articles with near texts belong together: judged by this pair alone.

    An article without a time of publication is in every window. Two articles of one publisher whose openings and
    headlines both differ only share its boilerplate.
    """
    if not comparison.is_near or not within(left_at, right_at, windows.pair):
        return False
    if comparison.differs_in_figures and not within(left_at, right_at, windows.figures):
        return False
    if is_same_publisher and not comparison.has_like_opening:
        return headlines_agree(left_headline, right_headline)
    return True


def within(left_at: datetime | None, right_at: datetime | None, window: timedelta | None) -> bool:
    """Whether two times are no further apart than `window`; an unknown time and an unknown window always are not."""
    return window is None or left_at is None or right_at is None or abs(left_at - right_at) <= window


def headlines_agree(left: str | None, right: str | None) -> bool:
    """Whether two headlines share half of their words."""
    left_words, right_words = set(words(left or "")), set(words(right or ""))
    return _share(len(left_words & right_words), len(left_words | right_words)) >= _LIKE_HEADLINE


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
