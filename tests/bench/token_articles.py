"""Articles out of files of one token a line, as sets of named entities are published: CoNLL-2003 is Reuters news of 1996.

`read_articles` gives each article of a file with its number from 0: `-DOCSTART-` begins one, an empty line ends a sentence, the
first field of a line is the token. What stands before the dateline (headline, byline) is left out of the body; sentences
become paragraphs. Offsets of verdicts count on the spacing of `join_tokens`: change it and they point elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DATELINE = re.compile(r"(?P<place>.*?)\s*\b(?P<day>\d{4}-\d\d-\d\d)$")
ENDS = re.compile(r'[.?!:"]$')
TIGHT = frozenset({",", ".", ";", ":", "?", "!", "%", ")", "]", "...", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m"})
OPENING = frozenset({"(", "[", "$", "£"})
# Among how many sentences the dateline is looked for, and how long a line is that a line break must have cut.
HEAD, CUT = 6, 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its number in the file, its headline and day if a dateline tells them, and its body."""

    number: int
    headline: str | None
    published_at: datetime | None
    body: str


def read_articles(path: Path) -> Iterator[Article]:
    for number, sentences in enumerate(split_articles(path.read_text(encoding="utf-8"))):
        yield make_article(number, [join_tokens(sentence) for sentence in sentences])


def split_articles(text: str) -> Iterator[list[list[str]]]:
    """The sentences of each article, as tokens."""
    for article in text.split("-DOCSTART-")[1:]:
        _, _, rest = article.partition("\n")
        blocks = re.split(r"\n\s*\n", rest)
        yield [[line.split()[0] for line in block.splitlines() if line.strip()] for block in blocks if block.strip()]


def make_article(number: int, sentences: Sequence[str]) -> Article:
    for at, sentence in enumerate(sentences[:HEAD]):
        found = DATELINE.match(sentence)
        if found:
            day = datetime.fromisoformat(found["day"]).replace(tzinfo=UTC)
            return Article(
                number=number,
                headline=sentences[0] if at else None,
                published_at=day,
                body="\n\n".join(join_cut(sentences[at + 1 :])),
            )
    headline, *rest = sentences if len(sentences) > 1 else (None, *sentences)
    return Article(number=number, headline=headline, published_at=None, body="\n\n".join(join_cut(rest)))


def join_cut(sentences: Sequence[str]) -> list[str]:
    """Puts together what line breaks have cut into several."""
    joined: list[str] = []
    for sentence in sentences:
        if joined and not ENDS.search(joined[-1]) and (sentence[:1].islower() or len(joined[-1]) > CUT):
            joined[-1] += " " + sentence
        else:
            joined.append(sentence)
    return joined


def join_tokens(tokens: Sequence[str]) -> str:
    """The tokens with spaces where a writer sets them; every second quotation mark closes."""
    text = ""
    is_open, is_tight = False, True
    for at, token in enumerate(tokens):
        before = "" if is_tight or not text else " "
        if token == '"':
            text += token if is_open else before + token
            is_open = is_tight = not is_open
        elif token == "``":
            text += before + '"'
            is_tight = True
        elif token == "''" or token in TIGHT:
            text += '"' if token == "''" else token
            is_tight = False
        elif token == "'" and at:
            is_possessive = text.endswith("s")
            text += token if is_possessive else " " + token
            is_tight = not is_possessive
        else:
            text += before + token
            is_tight = token in OPENING
    return text
