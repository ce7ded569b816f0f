"""Who wrote it: names from structured data, meta elements and the page's own bylines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup, Tag

from transforms.articles.pages.bylines import (
    AUTHOR_LIMIT,
    begins_byline,
    clean_names,
    is_byline,
    is_person_like,
    leads_to_author,
)
from transforms.articles.pages.clippings import body_of, parted_by_headline
from transforms.articles.pages.jsonld import DEPTH_LIMIT, Node, clean, with_references
from transforms.articles.pages.metatags import AUTHORS, LABELS


def authors_of_node(node: Node | None, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The names of a JSON-LD node's `author`, or of its `creator` where that names more; references followed."""
    if node is None:
        return ()
    authors, creators = (clean_names(_names(with_references(node.get(key), nodes))) for key in ("author", "creator"))
    return creators if set(authors) < set(creators) else authors


def authors_of_meta(meta: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """Names of the first meta element that gives any, and the element's name."""
    for key in AUTHORS:
        if names := clean_names(meta.get(key, ())):
            return names, key
    for label, value in LABELS:
        if begins_byline("".join(meta.get(label, ()))) and (names := clean_names(meta.get(value, ()))):
            return names, value
    return (), ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bylines:
    """The elements of a page that may name its authors, each behind its place among the clippings and its clipping, by
    trust (see `_trust`), and the first byline as `printed`."""

    by_trust: Mapping[int, list[tuple[int, Tag, Tag]]]
    printed: str | None = None


def find_bylines(soup: BeautifulSoup, headline: str | None) -> Bylines:
    """The bylines of a page's metadata soup."""
    printed: str | None = None
    body = body_of(soup)
    if body is None:
        return Bylines(by_trust={})
    # The soup's body holds clippings side by side: those next to one another stand together on the page.
    by_trust: dict[int, list[tuple[int, Tag, Tag]]] = {}
    for place, (clipping, is_below) in enumerate(parted_by_headline(body, headline)):
        for element in (clipping, *(below for below in clipping.descendants if isinstance(below, Tag))):
            if element.name in ("h1", "h2", "time", "meta"):
                continue
            trust = _trust(element)
            text = element.get_text(" ", strip=True) if trust is not None else ""
            if trust is None or not text or len(text) > 200 or text == headline or (trust == 3 and not is_below):
                continue
            if printed is None and trust >= 1:
                printed = " ".join(text.split())
            by_trust.setdefault(trust, []).append((place, clipping, element))
    return Bylines(by_trust=by_trust, printed=printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """The names of bylines that stand together, the place of the first among the clippings, and how many clippings they fill."""

    trust: int
    place: int
    clippings: int
    names: tuple[str, ...]


def _first_run(trust: int, elements: Iterable[tuple[int, Tag, Tag]]) -> _Run | None:
    """The first names among `elements` of one `trust`; of marked ones with those of the clippings right behind, if made alike."""
    found: tuple[str, ...] = ()
    first = last = -1
    make: object = None
    for place, clipping, element in elements:
        if found and (trust >= 2 or place > last + 1 or _make(clipping) != make):
            break
        if names := _printed_names(element, strict=trust >= 2):
            if not found:
                first, make = place, _make(clipping)
            found = clean_names((*found, *names))
            last = place
    return _Run(trust=trust, place=first, clippings=last - first + 1, names=found) if found else None


def authors_of_page(bylines: Bylines) -> tuple[str, ...]:
    """The names in a page's bylines; `rel=author` and microdata before what is only named or worded like one."""
    runs = [run for trust, elements in sorted(bylines.by_trust.items()) if (run := _first_run(trust, elements))]
    # The names that are marked, then the byline next below the headline: further down stand other articles'.
    runs.sort(key=lambda run: (run.trust > 0, run.place))
    chosen: tuple[str, ...] = ()
    for run in runs:
        # One author has a box of her own below; the byline names the others too.
        if not chosen or (run.clippings == 1 and set(chosen) < set(run.names)):
            chosen = run.names
    return chosen or _first_pen_name(bylines)


def _first_pen_name(bylines: Bylines) -> tuple[str, ...]:
    """The one word that a link to an author's page in a byline bears, or that is all of the first byline: "By Zephyr"."""
    for _, elements in sorted(bylines.by_trust.items()):
        for _, _, element in elements:
            links = [element] if element.name == "a" else [child for child in element.find_all("a") if isinstance(child, Tag)]
            for link in links:
                if leads_to_author(str(link.get("href") or "")) and (names := clean_names([link.get_text(" ")])):
                    return names if names[0][:1].isupper() and " " not in names[0] else ()
    for _, _, element in bylines.by_trust.get(2, [])[:1]:
        names = clean_names([" ".join(element.get_text(" ").split())])
        if len(names) == 1 and " " not in names[0]:
            return names
    return ()


def _printed_names(element: Tag, *, strict: bool) -> tuple[str, ...]:
    """The names in a byline: those that it marks, else all that its text holds.

    The links to the pages of authors are marked, and what is made like the first child that is a person's name.
    """
    text = " ".join(element.get_text(" ").split())
    said = clean_names([text], strict=True)
    marked = [child for child in element.find_all("a") if isinstance(child, Tag) and leads_to_author(str(child.get("href") or ""))]
    if not marked:
        leaves = [child for child in element.find_all(True) if isinstance(child, Tag) and child.find(True) is None]
        person = next((leaf for leaf in leaves if any(map(_is_full_name, clean_names([leaf.get_text()], strict=True)))), None)
        marked = [leaf for leaf in leaves if person is not None and _make(leaf) == _make(person)]
    names = clean_names((child.get_text(" ") for child in marked), strict=True)
    # A text that parts the very same names from others knows more of them.
    if names and not set(names) < set(said):
        return names
    return clean_names([text], strict=strict)


def _make(element: Tag) -> tuple[str, object]:
    return element.name, element.get("class")


def _is_full_name(name: str) -> bool:
    return " " in name and is_person_like(name)


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
    """0 for marked author names, 1 for author elements, 2 for bylines and what is named like one, 3 for what only
    leads to an author's page or begins with "By": below the headline that is a byline, elsewhere another article's."""
    given = element.attrs
    itemprop = given.get("itemprop") or given.get("property") or ""
    if itemprop == "author" and element.find(itemprop="name") is None:
        return 0
    if itemprop == "name":
        author = element.find_parent(attrs={"itemprop": "author"})
        return 0 if author is not None and "comment" not in str(author.get("class") or "") else None
    if "author" in str(given.get("rel") or "").split():
        return 0
    names = " ".join(str(given[key]) for key in ("class", "id", "data-testid", "data-qa") if key in given).casefold()
    if "fn" in names.split() and _is_in_author_card(element):
        return 0
    if _ELSEWHERE.search(names):
        return None
    if _NAMED.search(names):
        return 1
    if _AROUND.search(names):
        return None
    if _BYLINE.search(names) or element.name == "address":
        return 2
    if element.name == "a" and leads_to_author(str(given.get("href") or "")):
        return 3
    return 3 if is_byline(element.get_text(" ", strip=True)[:120]) else None


def _is_in_author_card(element: Tag) -> bool:
    """Whether the element stands in an hCard of an author: `<span class="author vcard">`."""
    around = " ".join(str(near.get("class") or "") for near in (element, *islice(element.parents, 3))).casefold()
    return "vcard" in around and _BYLINE.search(around) is not None and not _ELSEWHERE.search(around)


_ELSEWHERE = re.compile(r"comment|quote|related|teaser|count|list-?view|recommend|modal|theme|(?<![a-z])form(?!at)")
_NAMED = re.compile(r"author[-_]?name|byline[-_]?name|name[-_]?author|author__name|byline__name|byline-author|(?<![a-z])username")
_AROUND = re.compile(r"bio|avatar|descr|social|contact|img|image|(?<!v)card|follow")
_BYLINE = re.compile(r"author|byline|autor|auteur|submitted|contributor|writer|reporter|journalist|redakt(?:eu|o)r|penulis|yazar|firma|автор")
