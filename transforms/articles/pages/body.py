"""The body of a page: its candidate is cut out with lxml, read with BeautifulSoup, and judged block by block."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from lxml import etree

from transforms.articles.pages.blocks import LEAD_TAG, read_blocks
from transforms.articles.pages.candidates import choose, prune
from transforms.articles.pages.cleaning import Context, Judged, judge_blocks
from transforms.articles.pages.metadata import Metadata
from transforms.articles.pages.standfirst import find_standfirsts

SOUP_LIMIT = 3_000_000
"""Bytes of a candidate that are souped; BeautifulSoup needs about a second for a megabyte of small elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Paragraphs joined by a blank line, why this element was chosen, and each block's judgement."""

    text: str
    reason: str
    judged: tuple[Judged, ...] = ()
    dropped: tuple[str, ...] = ()
    is_partial: bool = False


def read_body(root: etree._Element, metadata: Metadata) -> Body:
    """Find and read the body. The tree is pruned in place."""
    standfirsts = find_standfirsts(root, metadata.headline, metadata.description)
    leads = [_serialize_lead(element) for _, element in standfirsts]
    places = {element: place for place, element in enumerate(root.iter())} if standfirsts else {}
    dropped = prune(root, metadata.headline)
    chosen = choose(root, metadata.article_body)
    if chosen is None:
        return Body(text="", reason="no element holds a paragraph", dropped=tuple(dropped))
    candidate, _ = chosen
    body = candidate.element
    outside = [
        lead for lead, (place, element) in zip(leads, standfirsts, strict=True)
        if place < places.get(body, 0) and not _holds(element, body)
    ]
    markup = b"".join([*outside, etree.tostring(body, encoding="utf-8", method="html", with_tail=False)])
    is_partial = len(markup) > SOUP_LIMIT
    soup = BeautifulSoup(markup[:SOUP_LIMIT].decode("utf-8", "ignore"), "lxml")
    context = Context(
        headline=metadata.headline, headlines=metadata.headlines, authors=metadata.authors, byline=metadata.byline,
        description=metadata.description,
    )  # fmt: skip
    judged = judge_blocks(read_blocks(soup), context)
    text = "\n\n".join(each.block.text for each in judged if each.is_kept)
    reason = f"{candidate.reason}: <{candidate.element.tag!s}>, {candidate.votes:.0f} of {candidate.total:.0f} votes"
    return Body(text=text, reason=reason, judged=judged, dropped=tuple(dropped), is_partial=is_partial)


def _serialize_lead(element: etree._Element) -> bytes:
    markup = etree.tostring(element, encoding="utf-8", method="html", with_tail=False)
    return b"<" + LEAD_TAG.encode() + b">" + markup + b"</" + LEAD_TAG.encode() + b">"


def _holds(above: etree._Element, element: etree._Element) -> bool:
    current: etree._Element | None = element
    while current is not None:
        if current is above:
            return True
        current = current.getparent()
    return False
