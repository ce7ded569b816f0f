"""Who wrote it: names from structured data, meta elements and the page's own bylines."""

import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup, Tag

from transforms.articles.pages.bylines import AUTHOR_LIMIT, clean_names
from transforms.articles.pages.jsonld import DEPTH_LIMIT, Node, clean, with_references
from transforms.articles.pages.metatags import AUTHORS


def authors_of_node(node: Node | None, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The names of a JSON-LD node's `author` (else `creator`), references followed."""
    if node is None:
        return ()
    for key in ("author", "creator"):
        if names := clean_names(_names(with_references(node.get(key), nodes))):
            return names
    return ()


def authors_of_meta(meta: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """Names of the first meta element that gives any, and the element's name."""
    for key in AUTHORS:
        if names := clean_names(meta.get(key, ())):
            return names, key
    return (), ""


def authors_of_page(soup: BeautifulSoup, headline: str | None) -> tuple[tuple[str, ...], str | None]:
    """Names of the page's byline elements and the byline as printed; `rel=author` and microdata before classes."""
    byline: str | None = None
    body = soup.body
    if body is None:
        return (), None
    # The soup's body holds clippings side by side: those next to one another stand together on the page.
    by_trust: dict[int, list[tuple[int, str]]] = {}
    for place, clipping in enumerate(body.find_all(True, recursive=False)):
        for element in (clipping, *(below for below in clipping.descendants if isinstance(below, Tag))):
            if element.name in ("h1", "h2", "time", "meta"):
                continue
            trust = _trust(element)
            text = element.get_text(" ", strip=True) if trust is not None else ""
            if trust is None or not text or len(text) > 200 or text == headline:
                continue
            if byline is None and trust >= 1:
                byline = " ".join(text.split())
            by_trust.setdefault(trust, []).append((place, text))
    for trust in sorted(by_trust):
        found: tuple[str, ...] = ()
        last = -1
        for place, text in by_trust[trust]:
            if found and place > last + 1:
                break
            names = clean_names([text], strict=trust >= 2)
            if names and (not found or trust < 2):
                found = clean_names((*found, *names))
                last = place
        if found:
            return found, byline
    return (), byline


def is_site(name: str, site_names: Iterable[str]) -> bool:
    """Whether an author's name is the publisher's or the site's own."""
    folded = _letters(name)
    for site in site_names:
        own = _letters(site)
        if not own or not folded:
            continue
        if folded == own or (len(own) >= 5 and own in folded and len(folded) - len(own) <= 8) or (len(folded) >= 5 and folded in own):
            return True
    return False


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _names(value: object, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [clean(value)]
    if depth > DEPTH_LIMIT:
        return []
    if isinstance(value, list):
        return [name for each in value[:AUTHOR_LIMIT] for name in _names(each, depth + 1)]
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str | list):
            return _names(name, depth + 1)
        given, family = value.get("givenName"), value.get("familyName")
        if isinstance(given, str) and isinstance(family, str):
            return [clean(f"{given} {family}")]
    return []


def _trust(element: Tag) -> int | None:
    """0 for marked author names, 1 for author elements, 2 for bylines and the rest that looks like one."""
    itemprop = str(element.get("itemprop") or element.get("property") or "")
    rel = element.get("rel")
    if itemprop == "author" and element.find(itemprop="name") is None:
        return 0
    if itemprop == "name":
        return 0 if element.find_parent(attrs={"itemprop": "author"}) is not None else None
    if rel and "author" in str(rel).split():
        return 0
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
    if re.search(r"bio|avatar|descr|social|contact|comment|related|teaser|img|image|count|(?<!v)card|follow|list-?view|recommend", names):
        return None
    if re.search(r"author[-_]?name|byline[-_]?name|name[-_]?author|author__name|byline__name|byline-author", names):
        return 1
    if re.search(r"author|byline|autor|auteur|submitted", names):
        return 2
    return None
