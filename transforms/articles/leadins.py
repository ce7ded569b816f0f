"""What stands above the dateline: bylines, notes to editors, correction notices, a headline."""

import re
from dataclasses import dataclass

from transforms.articles.agencies import is_agency

_LONGEST = 320
_BYLINE = re.compile(
    r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR)\s+[^\W\d_][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*|&)){1,6}(?:\s*[,|]\s*[^.!?]{2,60})?\Z"
)
_NOTE = re.compile(
    r"\(.{3,}\)\Z|\[.{3,}\]\Z|Eds?(?:itors?)?\.?(?:'? note)?\s*:|(?:Attention|Note to)\s+editors|ATTN|N\s?i\s?e\s?u\s?w\s+bericht|"
    r"(?:This|The) (?:corrects|story|item)|(?:CORRECTS?|CORRECTION|RECASTS?|UPDATES?|ADDS?|REPEATS?|RPT|ATTENTION|HOLD|EMBARGO\w*)\b|"
    r"(?:Adds|Updates|Corrects|Recasts|Repeats)\b|(?:Recrops|Refiles)\b|\(?Eds:",
    re.I,
)
_BULLET = re.compile(r"[*•·–-]\s+\S")
_SENTENCE_END = re.compile(r"[.!?…]['\"”»)]*\Z")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Paragraphs above the dateline, sorted. `kept` are those that belong to the body ("* Spot gold may rise")."""

    byline: str | None = None
    headline: str | None = None
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def read_byline(paragraph: str) -> str | None:
    """The paragraph where it is a byline and nothing else."""
    return paragraph if len(paragraph) <= 120 and _BYLINE.match(paragraph) else None


def read_lead_in(paragraphs: tuple[str, ...], *, may_hold_headline: bool) -> LeadIn | None:
    """Sort the paragraphs that stand above a dateline; None where one of them is ordinary text after all."""
    byline: str | None = None
    headline: str | None = None
    notes: list[str] = []
    kept: list[str] = []
    for paragraph in paragraphs:
        if len(paragraph) > _LONGEST:
            return None
        if byline is None and read_byline(paragraph):
            byline = paragraph
        elif _NOTE.match(paragraph):
            notes.append(paragraph)
        elif _BULLET.match(paragraph):
            kept.append(paragraph)
        elif is_agency(paragraph) or paragraph.casefold() in ("associated press", "the associated press"):
            continue
        elif _SENTENCE_END.search(paragraph):
            return None
        elif may_hold_headline and headline is None:
            headline = paragraph
        else:
            notes.append(paragraph)
    return LeadIn(byline, headline, tuple(notes), tuple(kept))
