"""What only the text says: "By Ana Velk | 5 March 2024, 9:30" near the top, or a signature in bold around the body."""

import re
from collections.abc import Callable, Sequence

from transforms.articles.pages.blocks import Judged
from transforms.articles.pages.bylines import clean_names, is_byline
from transforms.articles.pages.date_lines import is_date_line
from transforms.articles.pages.dates import Moment

_BY = re.compile(
    r"(?:^|[|•·,–—:-]\s*)(?:By|BY|Von|Por|Par|Di|Door|Av|Af|Written by|Texto?|Text|Reported by|Oleh|Автор)\s*:?\s+"
    r"((?:[^\W\d_][\w.'’-]*\s?){2,5}(?:(?:,| and| und| y| et| e| och| og| dan)\s+(?:[^\W\d_][\w.'’-]*\s?){2,5})*)"
)
_BEGIN = re.compile(r"\s[-–—]\s|\)|:\s|[„“”\"«]")
"""What parts the date that begins a text from the text."""
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}(?:(?:,\s|\sand\s|\s&\s|/)[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3})?")


def find_signature(judged: Sequence[Judged]) -> tuple[tuple[str, ...], int] | None:
    """(names, place of their block) where a short block of the candidate is a byline or a signature, or None."""
    ends = [place for place, each in enumerate(judged) if each.is_kept][-2:]
    for place in (*range(min(len(judged), 12)), *ends):
        block = judged[place].block
        text = block.text
        if block.tag in ("h1", "h2") or len(text) > 130:
            continue
        match = _BY.search(text)
        if match or is_byline(text):
            names = tuple(name for name in clean_names([match[1] if match else text], strict=True) if _has_capitals(name))
            if names:
                return names, place
    kept = [place for place, each in enumerate(judged) if each.is_kept and not each.block.is_lead]
    for place in (*kept[:3], *kept[-1:]):
        block = judged[place].block
        if len(block.text) <= 60 and block.bold_ratio > 0.9 and block.kind in ("paragraph", "text") and _NAME.fullmatch(block.text):
            names = tuple(name for name in clean_names([block.text], strict=True) if _has_capitals(name))
            if names:
                return names, place
    return None


def _has_capitals(name: str) -> bool:
    """Whether every longer word begins with a capital, as those of a name do."""
    words = [word for word in name.split() if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def find_date_line(judged: Sequence[Judged], read: Callable[[str], Moment | None]) -> tuple[Moment, str] | None:
    """(moment, text) of a short line with a date near the top of the candidate, or of a date that begins one of its
    first paragraphs ("5 March 2024 – The ferry …", "Port Amity (5.3.2024). The ferry …"); else None."""
    for each in judged[:12]:
        text = each.block.text
        if 6 <= len(text) <= 130 and (found := read(text)) and (found.precision != "day" or is_date_line(text)):
            return found, text
    for each in [each for each in judged[:20] if each.is_kept][:3]:
        begin = _BEGIN.split(each.block.text, maxsplit=1)[0]
        if 6 <= len(begin) <= 40 and is_date_line(begin) and (found := read(begin)):
            return found, begin
    return None
