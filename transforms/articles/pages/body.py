"""The body of a page: its candidate is cut out with lxml, read with BeautifulSoup, and judged block by block."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from lxml import etree

from transforms.articles.pages.blocks import read_blocks
from transforms.articles.pages.candidates import choose, prune
from transforms.articles.pages.cleaning import Context, Judged, judge_blocks
from transforms.articles.pages.metadata import Metadata

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
    dropped = prune(root, metadata.headline)
    chosen = choose(root, metadata.article_body)
    if chosen is None:
        return Body(text="", reason="no element holds a paragraph", dropped=tuple(dropped))
    candidate, _ = chosen
    markup = etree.tostring(candidate.element, encoding="utf-8", method="html", with_tail=False)
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
