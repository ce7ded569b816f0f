"""Paragraphs of marked-up text: NITF, XHTML and HTML bodies flattened without losing words."""

import html
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag
from lxml.html import defs

from transforms.articles.paragraphs import split_paragraphs

_BLOCKS_TEXT = ("""p block div section article header footer main body html body.content body.end h1 h2 h3 h4 h5 h6 hl1 hl2 hl3 li ul ol
    dl dt dd tr table tbody thead tfoot caption blockquote bq pre center address hr hedline abstract note tagline fn
    nitf-table DataContent inlineXML pre figure aside details summary credit text paragraph para""")
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_CELLS = frozenset(("td", "th", "nitf-col"))
_SKIPPED_TEXT = ("""script style noscript template iframe object media media-caption media-reference media-producer media-metadata
    body.head head figure figcaption img video audio svg form button input select note nitf-table-metadata""")
SKIPPED = frozenset(_SKIPPED_TEXT.split())
_TEXT_TYPES = (NavigableString, CData)
_GAP = re.compile(r"\S {2,}\S")
_MAX_TAGS = 20_000
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_ANY_TAG = re.compile(r"<[^<>]*>")
# The names of HTML, and those newer than lxml's list of them.
_HTML_NAMES = defs.tags | {"bdi", "data", "dialog", "frame", "main", "nobr", "noframes", "picture", "slot", "template"}
_OPENED = re.compile(r"<([A-Za-z0-9][^\s/<>]*|(?=[^A-Za-z0-9/!?]))")
_CLOSED = re.compile(r"</([A-Za-z][^\s/<>]*)")
_SPACES = re.compile(r"[ \t\r\n\x0b\x0c\xa0]+")


def block_paragraphs(roots: Iterable[Tag], *, skipped: frozenset[str] = SKIPPED) -> tuple[str, ...]:
    """The paragraphs below `roots` in order. Block elements part paragraphs, table rows are lines of cells.

    Text outside of any block is a paragraph of its own; `pre` keeps its lines and is split as plain text.
    """
    collector = _Collector(skipped)
    for root in roots:
        collector.walk(root)
    return tuple(collector.paragraphs)


def html_paragraphs(markup: str) -> tuple[str, ...]:
    """The paragraphs of a fragment of HTML; plain text that was put where HTML belongs is split as such."""
    if "<" not in markup:
        return split_paragraphs(html.unescape(markup))
    markup = _spell_out_marks(_XML_DECLARATION.sub("", markup))
    if markup.count("<") > _MAX_TAGS:
        # Nobody writes so much markup by hand; its text is still read, without a tree.
        return split_paragraphs(html.unescape(_ANY_TAG.sub("\n", markup)))
    soup = BeautifulSoup(markup, "lxml")
    root = soup.body or soup
    if root.find(list(_BLOCKS - {"body", "html"})) is None and root.find("br") is None:
        return split_paragraphs(root.get_text())
    return block_paragraphs([root])


def _spell_out_marks(markup: str) -> str:
    """Take what only looks like a tag for the text that it is: `<KSF.O>` is a company, `<5` a comparison.

    A tag has a name that HTML knows, or one that could be nothing else, or is closed somewhere.
    """
    closed = {name.lower() for name in _CLOSED.findall(markup)}

    def keep(mark: re.Match[str]) -> str:
        name = mark[1].lower()
        is_tag = name in _HTML_NAMES or name in closed or ":" in name or "-" in name
        return mark[0] if is_tag else f"&lt;{mark[0][1:]}"

    return _OPENED.sub(keep, markup)


def is_preformatted(text: str) -> bool:
    """Whether a block holds plain text: lines flush left, and indented ones that open paragraphs, or columns.

    Pretty-printed markup indents every line but the first.
    """
    if text.count("\n") < 3:
        return False
    lines = [line for line in text.strip("\n").split("\n")[1:] if line.strip()]
    indented = sum(line.startswith(("   ", "\t")) for line in lines)
    flush = sum(not line[:1].isspace() for line in lines)
    return (indented >= 2 and flush >= 2) or (flush >= 3 and sum(bool(_GAP.search(line)) for line in lines) >= 3)


class _Collector:
    """Walks a tree without recursion and gathers text until a block element begins or ends."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self.paragraphs: list[str] = []
        self._skipped = skipped
        self._pieces: list[str] = []
        self._breaks = 0

    def walk(self, root: Tag) -> None:
        stack: list[PageElement | None] = [root]
        closing: list[Tag] = []
        while stack:
            node = stack.pop()
            if node is None:
                self._close(closing.pop())
            elif isinstance(node, Tag):
                if node.name in self._skipped and node is not root:
                    continue
                if node.name == "pre":
                    self._flush()
                    self.paragraphs.extend(split_paragraphs(node.get_text()))
                    continue
                self._open(node)
                closing.append(node)
                stack.append(None)
                stack.extend(reversed(node.contents))
            elif type(node) in _TEXT_TYPES and node:
                self._pieces.append(str(node))
                if not str(node).isspace():
                    self._breaks = 0
        self._flush()

    def _open(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self._flush()
        elif tag.name == "br":
            # One break goes on within a paragraph, two part paragraphs.
            self._breaks += 1
            if self._breaks > 1:
                self._flush()
            else:
                self._pieces.append("\n")
        elif tag.name in _CELLS and self._pieces:
            self._pieces.append(" \t ")

    def _close(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self._flush()

    def _flush(self) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        self._breaks = 0
        if is_preformatted(raw):
            self.paragraphs.extend(split_paragraphs(raw))
            return
        text = _SPACES.sub(" ", raw).strip()
        if text:
            self.paragraphs.append(text)
