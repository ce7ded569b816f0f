"""Stretches of text between quotation marks, of all the languages that print them."""

import re
from dataclasses import dataclass

_PAIRS = {"“": "”“\"", "„": "“”\"", "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘’", "「": "」", "『": "』", '"': '"', "”": "”“", "‟": "”"}
_MARK = re.compile("[“”„«»‹›‘’‚「」『』\"‟]")
_TYPESET = 100  # letters on the longest line that a typesetter breaks
_PARAGRAPH = re.compile(r"\n\s*\n\s*")
_LINE = re.compile(r"\n\s*(?=[“„«\"])")  # a quote may hold lines, but none that opens a quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text between marks: offsets without the marks and their inner blanks. `is_open`: no mark closes it."""

    start: int
    end: int
    is_open: bool = False


def find_quoted(text: str) -> list[Quoted]:
    """All outermost quoted stretches in order. None crosses a paragraph; an unclosed one ends with its own."""
    found: list[Quoted] = []
    begin = 0
    breaks = _PARAGRAPH if paragraph_break(text) == "\n\n" else _LINE
    for paragraph in [*breaks.finditer(text), None]:
        end = paragraph.start() if paragraph else len(text)
        found.extend(_in_paragraph(text, begin, end))
        begin = paragraph.end() if paragraph else end
    return found


def paragraph_break(text: str) -> str:
    """What parts the paragraphs of a text: an empty line, or where it has none and its lines are no typesetter's, a line end."""
    if "\n\n" in text or all(len(line) <= _TYPESET for line in text.split("\n")):
        return "\n\n"
    return "\n"


def _in_paragraph(text: str, begin: int, end: int) -> list[Quoted]:
    found: list[Quoted] = []
    opened: int | None = None
    closers = ""
    depth = 0
    for match in _MARK.finditer(text, begin, end):
        mark = match.group()
        at = match.start()
        before = text[at - 1] if at > begin else " "
        after = text[at + 1] if at + 1 < end else " "
        if opened is None:
            if _opens(mark, before, after):
                opened, closers, depth = at, _PAIRS[mark], 0
            continue
        is_nested = (mark == text[opened] and mark not in closers) or (mark == '"' and text[opened] == "“")
        if is_nested and _opens(mark, before, after):
            depth += 1
        elif mark in closers and _closes(mark, before, after):
            if depth:
                depth -= 1
                continue
            found.extend(_trimmed(text, opened + 1, at))
            opened = None
    if opened is not None and text[opened] not in "‘‚»”" and (text[opened] != '"' or text[begin:opened].strip()[-1:] in ("", ":")):
        found.extend(_trimmed(text, opened + 1, end, is_open=True))
    return found


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in "’":
        return False
    if after.isspace():
        return mark == "«" and not before.isalnum()  # French prints a blank inside.
    if mark in "\"”‘‚»":
        return not before.isalnum()
    if mark == "“" and not before.isspace() and not after.isalnum():
        return before not in ".!?,;" and not before.isalnum()  # used backwards it closes: ”…“
    return mark in _PAIRS


def _closes(mark: str, before: str, after: str) -> bool:
    if mark in "’'":
        return not after.isalnum() and not before.isspace()
    if mark == '"':
        return not (before.isspace() and after.isalnum())
    return True


def _trimmed(text: str, start: int, end: int, is_open: bool = False) -> list[Quoted]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Quoted(start, end, is_open)] if start < end else []
