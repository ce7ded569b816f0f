"""The body of a page: its candidate is cut out with lxml, read with BeautifulSoup, and judged block by block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from lxml import etree

from transforms.articles.pages.blocks import LEAD_TAG, SENTENCE_END, Judged, read_blocks, width
from transforms.articles.pages.candidates import choose, prune, strip_furniture
from transforms.articles.pages.cleaning import Context, judge_blocks
from transforms.articles.pages.embedded import embedded_markup
from transforms.articles.pages.heads import cut_head
from transforms.articles.pages.markup import first_elements, parse_markup
from transforms.articles.pages.metadata import Metadata
from transforms.articles.pages.standfirst import find_standfirsts

UNWRAPPED = ("span", "em", "i", "u", "font", "small", "mark", "time", "abbr", "cite", "ins", "big", "wbr", "bdi", "bdo", "label", "data")
"""Inline elements that say nothing about a block: their text stays, BeautifulSoup has less to build."""
UNREAD = (
    "href", "target", "rel", "style", "title", "onclick", "data-id", "data-type", "data-component", "data-module", "data-testid", "data-link-name",
    "role", "aria-label", "aria-hidden", "dir", "lang", "align", "width", "height", "valign", "itemprop", "itemtype", "itemscope", "tabindex",
)  # fmt: skip
"""Attributes that nobody reads in a body."""
EMBEDDED_BELOW = 300
"""Characters of a body below which the page's scripts are searched for a longer one."""
MISNAMED_SENTENCES, MISNAMED_LENGTH = 3, 400
"""Blocks of whole sentences, and characters, from which the text of elements that are named like furniture is an article."""
SOUP_LIMIT = 3_000_000
"""Bytes of a candidate that are souped."""
SOUP_ELEMENTS = 20_000
"""Elements of a candidate that are souped; BeautifulSoup needs half a second and 40 MB for as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Paragraphs joined by a blank line, why this element was chosen, and each block's judgement."""

    text: str
    reason: str
    judged: tuple[Judged, ...] = ()
    dropped: tuple[str, ...] = ()
    is_partial: bool = False
    lead: str | None = None
    source: str = "html"


def read_body(
    root: etree._Element, elements: Sequence[etree._Element], scripts: Sequence[etree._Element], metadata: Metadata, *, is_lenient: bool = False
) -> Body:
    """Find and read the body of a page whose `scripts` are cut out. The tree is pruned in place; where `is_lenient`, of
    what is surely no body alone."""
    standfirsts = find_standfirsts(root, metadata.headline, metadata.description)
    leads = [_serialize_lead(element) for _, element in standfirsts]
    weights, notes = prune(root, is_certain_only=is_lenient)
    dropped = tuple(notes)
    chosen = choose(root, weights)
    body = Body(text="", reason="no element holds a paragraph", dropped=dropped)
    if chosen is not None:
        candidate = chosen
        element = candidate.element
        at = elements.index(element) if standfirsts else 0
        for span in element.iter("span"):
            if "block" in span.get("style", ""):
                span.tag = "div"
        etree.strip_tags(element, *UNWRAPPED)
        etree.strip_attributes(element, *UNREAD)
        outside = [
            lead for lead, (place, lead_element) in zip(leads, standfirsts, strict=True)
            if place < at and not _holds(lead_element, element)
        ]  # fmt: skip
        markup = b"".join([*outside, etree.tostring(element, encoding="utf-8", method="html", with_tail=False)])
        reason = f"{candidate.reason}: <{element.tag!s}>, {candidate.votes:.0f} of {candidate.total:.0f} votes"
        body = _judged_body(markup, reason, metadata, dropped)
    if len(body.text) < EMBEDDED_BELOW or len(body.text) < 0.3 * len(metadata.article_body or ""):
        embedded = embedded_markup([script.text or "" for script in scripts], metadata.article_body)
        if embedded is not None:
            found = _judged_body(b"".join(leads) + embedded[0].encode("utf-8", "replace"), embedded[1], metadata, dropped)
            if len(found.text) > 2 * len(body.text):
                return found
    return body


def read_misnamed(markup: str, metadata: Metadata) -> Body | None:
    """The body of a page whose elements are all named like furniture, out of its whole `markup`; None where that too
    holds less than a short article."""
    root = parse_markup(markup).root
    if root is None:
        return None
    cut_head(root)
    body = read_body(root, strip_furniture(root), (), metadata, is_lenient=True)
    sentences = [each for each in body.judged if each.is_kept and SENTENCE_END.search(each.block.text)]
    return body if len(sentences) >= MISNAMED_SENTENCES and width(body.text) >= MISNAMED_LENGTH else None


def read_selected(markup: str, reason: str, metadata: Metadata) -> Body | None:
    """The body out of elements that a layout selected; None where no block of them is one."""
    body = _judged_body(markup.encode("utf-8", "replace"), reason, metadata, ())
    return replace(body, source="layout") if body.text else None


def _judged_body(markup: bytes, reason: str, metadata: Metadata, dropped: tuple[str, ...]) -> Body:
    whole = markup[:SOUP_LIMIT].decode("utf-8", "ignore")
    read = first_elements(whole, SOUP_ELEMENTS)
    is_partial = len(markup) > SOUP_LIMIT or len(read) < len(whole)
    soup = BeautifulSoup(read, "lxml", multi_valued_attributes=None)
    context = Context(
        headline=metadata.headline, headlines=metadata.headlines, authors=metadata.authors, byline=metadata.byline,
        description=metadata.description,
    )  # fmt: skip
    judged = judge_blocks(read_blocks(soup), context)
    # A soup is full of cycles: taken apart, it is freed at once and not by the collector.
    soup.decompose()
    return Body(text=joined(judged), reason=reason, judged=judged, dropped=dropped, is_partial=is_partial, lead=_lead(judged))


def joined(judged: Iterable[Judged]) -> str:
    """The kept blocks as paragraphs with a blank line between them."""
    return "\n\n".join(each.block.text for each in judged if each.is_kept)


def _lead(judged: tuple[Judged, ...]) -> str | None:
    """The standfirst that stands outside the body element, as one line."""
    return " ".join(each.block.text for each in judged if each.is_kept and each.block.is_lead) or None


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
