"""What of a page stands in its head, wherever the page put it: cut out of the tree as bytes."""

from dataclasses import dataclass

from lxml import etree

from transforms.articles.pages.metatags import WANTED
from transforms.articles.pages.titles import fold

HEAD_LIMIT = 2_000
"""Elements of a head that are read; a page with many keywords has a few hundred."""
_LINKS = frozenset({"canonical", "amphtml", "original-source", "syndication-source", "author", "shortlink"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The serialized metadata elements of a page, and its `<title>`, folded."""

    elements: tuple[bytes, ...]
    title: str


def cut_head(root: etree._Element) -> Head:
    """The metadata elements of a page wherever they stand: `<meta>`, `<link>`, `<title>` and JSON-LD."""
    head: list[bytes] = []
    title = ""
    for element in root.iter("meta", "link", "title", "script"):
        tag = element.tag
        if tag == "meta":
            is_wanted = _is_wanted(element)
        elif tag == "link":
            is_wanted = (element.get("rel") or "").lower() in _LINKS
        elif tag == "script":
            is_wanted = "ld+json" in (element.get("type") or "").lower()
        else:
            parent = element.getparent()
            is_wanted = parent is None or parent.tag != "svg"
            title = title or (fold(element.text or "") if is_wanted else "")
        if is_wanted:
            head.append(serialize(element))
            if len(head) >= HEAD_LIMIT:
                break
    return Head(elements=tuple(head), title=title)


def serialize(element: etree._Element) -> bytes:
    """The markup of an element, without what stands behind it, in UTF-8."""
    return etree.tostring(element, encoding="utf-8", method="html", with_tail=False)


def _is_wanted(element: etree._Element) -> bool:
    content = element.get("content")
    if not content or len(content) > 20_000:
        return False
    attributes = element.attrib
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(key)
        if name and any(single in WANTED for single in name.lower().split()):
            return True
    return False
