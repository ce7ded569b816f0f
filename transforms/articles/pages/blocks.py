"""A body as blocks: paragraphs, headings, list items, quotes and table rows, in the order of the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

Kind: TypeAlias = Literal["paragraph", "heading", "item", "quote", "row", "text"]

BLOCK_LIMIT = 20_000
CELL_LIMIT = 400
"""Characters of a table cell of data; what is longer is a column of the page."""
LINE_LENGTH = 60
"""Characters that lines between single breaks have on average where each is a paragraph."""
_BREAK, _END = "\v", "\x1e"
"""Within the text of a block: a single line break, the end of a paragraph. White space to Python, both."""
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
LEAD_TAG = "dateline-lead"
"""The element that standfirsts are wrapped in before they are souped with the body."""

_BLOCK_TAGS = frozenset({
    "p", "div", "article", "section", "main", "ul", "ol", "table", "tbody", "thead", "tfoot", "tr", "dl", "header", "footer", "aside",
    "figure", "form", "center", "details", "summary", "address", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre",
    "dt", "dd", "hr", "caption", "body", "html", "[document]", "td", "th", "amp-layout", LEAD_TAG,
})  # fmt: skip
_KINDS: dict[str, Kind] = {
    "p": "paragraph", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "item", "dt": "item", "dd": "item", "blockquote": "quote", "pre": "paragraph", "tr": "row", "summary": "heading",
    "caption": "heading",
}  # fmt: skip


SENTENCE_END = re.compile(r"[.!?…。！？»”\"'’)\]:;،؟۔।]\s*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NODES = (Tag, NavigableString)
_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "dt", "dd", "tr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One run of text with its innermost block element.

    `link_ratio` is the share of its characters inside links, `bold_ratio` inside bold; `names` are the
    classes and ids of the elements around it, innermost first; `tags` their tag names; `is_lead` says that it is the standfirst,
    `parents` are marks of the elements around it (of no meaning but equality), innermost first.
    """

    kind: Kind
    text: str
    link_ratio: float
    bold_ratio: float
    tag: str
    tags: tuple[str, ...]
    names: tuple[str, ...]
    own_name: str = ""
    is_lead: bool = False
    parents: tuple[int, ...] = ()
    links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block, whether it is kept, and why."""

    block: Block
    is_kept: bool
    reason: str


class _Level(NamedTuple):
    """An open block element: its tag, its class and id, and a mark of its own."""

    tag: str
    name: str
    mark: int


def read_blocks(soup: BeautifulSoup | Tag) -> tuple[Block, ...]:
    """The blocks of a souped body.

    Two line breaks end a block, one only where whole sentences end at each; a table row is one block unless it
    lays out the page; an element of a name of its own (`<story-paragraph>`) is a block outside paragraphs.
    """
    blocks: list[Block] = []
    pieces: list[str] = []
    linked = bold = links = 0
    path: list[_Level] = []
    in_link = in_bold = in_row = 0
    pending_break = False

    def flush() -> None:
        nonlocal linked, bold, links, pending_break
        pending_break = False
        if pieces:
            texts = _paragraphs("".join(pieces))
            pieces.clear()
            if texts:
                levels = path[::-1]
                tags = tuple([level.tag for level in levels])
                names = [level.name for level in levels]
                marks = tuple([level.mark for level in levels])
                for text in texts[: BLOCK_LIMIT - len(blocks)]:
                    length = len(text)
                    blocks.append(
                        Block(
                            kind=_kind(tags), text=text, link_ratio=min(linked / length, 1.0), bold_ratio=min(bold / length, 1.0),
                            tag=tags[0] if tags else "", tags=tags, names=tuple([name for name in names if name]), links=links,
                            own_name=names[0] if names else "", is_lead=LEAD_TAG in tags,
                            parents=marks[1:] if tags and tags[0] in _LEAVES else marks,
                        )
                    )  # fmt: skip
        linked = bold = links = 0

    # An explicit stack: pages nest deeper than Python calls.
    stack: list[tuple[Tag | NavigableString, bool]] = [(soup, False)]
    while stack:
        node, is_end = stack.pop()
        if isinstance(node, NavigableString):
            if isinstance(node, PreformattedString):
                continue
            text = str(node)
            if not text.isspace():
                pending_break = False
                size = len(text.strip())
                linked += size if in_link else 0
                bold += size if in_bold else 0
            if path and path[-1].tag == "pre":
                text = _BLANK_LINE.sub(_END, text)
            pieces.append(text)
            continue
        name = node.name
        is_block = name in _BLOCK_TAGS or ("-" in name and _is_own_block(node, path, is_end))
        if is_end:
            if is_block:
                if name in ("td", "th"):
                    pieces.append(" ")
                if not in_row or name == "tr":
                    flush()
                if name == "tr":
                    in_row -= 1
                path.pop()
            elif name == "a":
                in_link -= 1
            elif name in ("b", "strong"):
                in_bold -= 1
            continue
        if name == "br":
            if pending_break and not in_row:
                flush()
            else:
                pieces.append(_BREAK)
                pending_break = True
            continue
        if is_block:
            if not in_row:
                flush()
            else:
                pieces.append(" ")
            path.append(_Level(name, name_of(node), id(node)))
            if name == "tr" and _is_data_row(node):
                in_row += 1
            elif name == "tr":
                # A row that lays out the page: its cells are blocks of their own.
                path.pop()
                stack.extend([(child, False) for child in reversed(node.contents) if isinstance(child, _NODES)])
                continue
        elif name == "a":
            in_link += 1
            links += 1
        elif name in ("b", "strong"):
            in_bold += 1
        elif name in ("script", "style", "figcaption"):
            continue
        stack.append((node, True))
        stack.extend([(child, False) for child in reversed(node.contents) if isinstance(child, _NODES)])
    flush()
    return tuple(blocks)


def name_of(tag: Tag) -> str:
    """The class and id of an element as one string."""
    text = str(tag.get("class") or "")
    identity = tag.get("id")
    return f"{text} {identity}".strip() if identity else text


def _is_own_block(node: Tag, path: Sequence[_Level], is_end: bool) -> bool:
    """Whether an element of a name of its own is a block: outside paragraphs, and at its end where it began as one."""
    if is_end:
        return bool(path) and path[-1].mark == id(node)
    return not path or path[-1].tag not in _LEAVES


def _kind(tags: Sequence[str]) -> Kind:
    """The kind of a block by the elements around it, innermost first."""
    for tag in tags:
        kind = _KINDS.get(tag)
        if kind == "paragraph":
            return "quote" if "blockquote" in tags else "item" if "li" in tags else kind
        if kind is not None:
            return kind
    return "text"


def _is_data_row(row: Tag) -> bool:
    if row.find(["p", "div", "ul", "ol", "table", "h2", "h3"]) is not None:
        return False
    return all(len(cell.get_text()) <= CELL_LIMIT for cell in row.find_all(["td", "th"], recursive=False))


def _paragraphs(text: str) -> list[str]:
    """The text of a block in its paragraphs, their white space folded."""
    if _END not in text and text.count(_BREAK) >= 2:
        lines = [" ".join(line.split()) for line in text.split(_BREAK)]
        if all(SENTENCE_END.search(line) for line in lines[:-1]) and sum(map(width, lines)) >= LINE_LENGTH * len(lines):
            text = text.replace(_BREAK, _END)
    return [folded for part in text.split(_END) if (folded := " ".join(part.split()))]


def width(text: str) -> int:
    """Characters of a text; those of Chinese, Japanese and Korean count two and a half."""
    return len(text) if text.isascii() else len(text) + 3 * len(_WIDE.findall(text)) // 2
