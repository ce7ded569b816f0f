"""How much text the elements of a page hold, how much of it is linked, and what its paragraphs vote for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

ELEMENT_LIMIT = 150_000
"""Elements that are looked at; what lies behind them is not searched for the body."""
HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPHS = frozenset({"p", "blockquote", "pre", "li", "td", "dd"})
BLOCKS = PARAGRAPHS | HEADING | frozenset({
    "div", "article", "section", "main", "ul", "ol", "table", "tr", "tbody", "thead", "th", "dl", "dt", "header", "footer", "aside",
    "figure", "form", "body", "html", "center", "details", "summary", "address", "hr", "tfoot", "caption", "amp-layout",
})  # fmt: skip
_AROUND_PARAGRAPHS = frozenset({"div", "section", "article", "body", "center"})
_SPACES = re.compile(r"\s+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


@dataclass(slots=True)
class Weight:
    """What an element holds: characters of text, of linked text, and the votes of its paragraphs."""

    text: int = 0
    link: int = 0
    votes: float = 0.0
    is_gone: bool = False


def weigh(root: etree._Element) -> dict[etree._Element, Weight]:
    """The weight of every element, furniture already gone."""
    weights = {element: Weight() for element in islice(root.iter(), ELEMENT_LIMIT)}
    for element, own in reversed(weights.items()):
        tag = element.tag
        text = element.text
        if text and not text.isspace():
            own.text += _length(text)
        if tag == "a":
            own.link, own.votes = own.text, 0.0
        elif tag in PARAGRAPHS:
            own.votes = max(own.votes, _votes(own.text, own.link) * (0.5 if tag in ("li", "td") else 1))
        elif tag in _AROUND_PARAGRAPHS and own.votes < own.text * 0.02:
            direct = _direct_text(element, weights)
            if direct > 80:
                own.votes += _votes(direct, 0)
        parent = element.getparent()
        if parent is not None:
            above = weights[parent]
            above.text += own.text
            above.link += own.link
            above.votes += own.votes
            tail = element.tail
            if tail and not tail.isspace():
                above.text += _length(tail)
    return weights


def _votes(text: int, link: int) -> float:
    """What a paragraph is worth: its unlinked characters, less where it is short or mostly links."""
    plain = text - link
    if text < 25 or plain < 0.5 * text:
        return 0.0
    return plain / 100 if plain >= 80 else plain / 200


def _direct_text(element: etree._Element, weights: Mapping[etree._Element, Weight]) -> int:
    """Characters of an element outside its block children: text between line breaks counts as paragraphs."""
    length = _length(element.text) if element.text else 0
    for child in element:
        if child.tag not in BLOCKS and child.tag != "a":
            weight = weights.get(child)
            length += weight.text if weight is not None else 0
        if child.tail:
            length += _length(child.tail)
    return length


def _length(text: str) -> int:
    if text.isascii():
        return len(" ".join(text.split())) if "  " in text or "\n" in text else len(text)
    squeezed = _SPACES.sub(" ", text)
    # A character of Chinese, Japanese or Korean says as much as two or three letters.
    return len(squeezed) + 2 * len(_WIDE.findall(squeezed))
