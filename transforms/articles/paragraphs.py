"""Plain text into paragraphs: blank lines, indents and hard-wrapped lines, tables kept as lines."""

import re

_BLANK_LINES = re.compile(r"\n[ \t\xa0\u3000]*(?:\n[ \t\xa0\u3000]*)+")
_INDENT = re.compile(r"(?:\t|[ \xa0]{2,}|\u3000)\s*\S")
_COLUMNS = re.compile(r"\S(?:[ ]{2,}|\t)\S")
# A lone space is none of these: there are too many of them to replace by themselves.
_SPACES = re.compile(r"[ \t\xa0\u3000\x0b\x0c\u2028]{2,}|[\t\xa0\u3000\x0b\x0c\u2028]")
_SENTENCE_END = tuple(".!?\"”»…。！？:;)’'")
PARAGRAPH_BREAK = "\n\n"


def fold_spaces(text: str) -> str:
    """`text` on one line, runs of white space as one space."""
    return " ".join(text.split())


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of plain `text`, hard-wrapped lines joined, none empty. A table's lines stay lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2029", "\n\n")
    paragraphs: list[str] = []
    blocks = _BLANK_LINES.split(text.strip("\n"))
    for block in blocks:
        if "\n" not in block:
            paragraphs.append(_SPACES.sub(" ", block).strip())
            continue
        lines = block.split("\n")
        for group in _groups(lines, alone=len(blocks) == 1):
            paragraphs.append(_join(group))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _groups(lines: list[str], *, alone: bool) -> list[list[str]]:
    """Lines that make one paragraph each: an indented line opens one where others are flush left."""
    indented = [line[:1].isspace() and bool(_INDENT.match(line)) for line in lines]
    if any(indented) and not all(indented):
        opens = indented
    elif alone and _are_paragraphs(lines):
        opens = [True] * len(lines)
    else:
        opens = [False] * len(lines)
    groups: list[list[str]] = []
    for line, is_open in zip(lines, opens, strict=True):
        if is_open or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _are_paragraphs(lines: list[str]) -> bool:
    """Whether every line is a paragraph: too long to be wrapped, and ending as sentences do."""
    if max(map(len, lines)) <= 110:
        return False
    return sum(line.rstrip().endswith(_SENTENCE_END) for line in lines) >= 0.6 * len(lines)


def _join(lines: list[str]) -> str:
    """One paragraph from its lines, a word broken at a hyphen put together."""
    if len(lines) == 1:
        return _SPACES.sub(" ", lines[0]).strip()
    text = "\n".join(lines)
    has_gaps = "  " in text or "\t" in text
    if has_gaps and sum(_COLUMNS.search(line.strip()) is not None for line in lines) * 2 > len(lines):
        return "\n".join(stripped for line in lines if (stripped := line.rstrip().strip("\t")))
    parts: list[str] = []
    last = ""
    for line in _SPACES.sub(" ", text).split("\n"):
        stripped = line.strip()
        if not stripped:
            continue
        is_broken = last[-1:] == "-" and last[-2:-1].isalpha() and stripped[0].islower()
        parts.append(stripped if is_broken or not parts else " " + stripped)
        last = stripped
    return "".join(parts)
