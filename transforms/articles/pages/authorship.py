"""Who wrote it, of all that a page says of that: structured data, meta elements and printed bylines weighed against each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from transforms.articles.pages.authors import (
    authors_of_meta,
    authors_of_node,
    authors_of_page,
    find_bylines,
    is_site,
)
from transforms.articles.pages.bylines import is_agency, is_person_like
from transforms.articles.pages.jsonld import Node

FULL_NAME_WORDS = 2
"""Words beside the known names from which a byline may name one more."""
JOINING_LETTERS = 3
"""Letters of the longest word that stands before or between the names of a byline: "von", "and"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """The names, whether they are others than the site's own, the first byline as printed, and where the names come from."""

    names: tuple[str, ...]
    has_person: bool
    byline: str | None
    source: str
    detail: str


def read_authorship(
    soup: BeautifulSoup, headline: str | None, node: Node | None, nodes: tuple[Node, ...], meta: Mapping[str, tuple[str, ...]], own_names: tuple[str, ...]
) -> Authorship:
    """The authors of a page: those of its article's `node`, else of its `meta` elements or its bylines.

    `own_names` are those of the site: a byline with a person's name goes before them.
    """
    def without_site(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if not is_site(name, own_names))

    bylines = find_bylines(soup, headline)
    authors, source, detail = authors_of_node(node, nodes), "jsonld", "author"
    persons = without_site(authors)
    # Accounts of the content system.
    is_account = bool(persons) and all(name.islower() and " " not in name for name in persons)
    if persons and not is_account and not _may_name_more(bylines.printed, persons):
        return Authorship(names=persons, has_person=True, byline=bylines.printed, source=source, detail=detail)
    by_page = authors_of_page(bylines)
    is_by_persons = bool(by_page) and all(map(is_person_like, by_page))
    if not persons:
        # A meta element often names the site, its owner or the first of several.
        if not authors and not is_by_persons:
            (authors, detail), source = authors_of_meta(meta), "meta"
            persons = without_site(authors)
        if not authors and by_page:
            authors, source, detail = by_page, "byline", bylines.printed or ""
            persons = without_site(authors)
        if not persons and (persons := tuple(name for name in without_site(by_page) if is_person_like(name) and not is_agency(name))):
            source, detail = "byline", bylines.printed or ""
    elif is_by_persons and (is_account or (set(persons) < set(by_page) and without_site(by_page) == by_page and _is_all(bylines.printed, by_page))):
        persons, source, detail = by_page, "byline", bylines.printed or ""
    return Authorship(names=persons or authors, has_person=bool(persons), byline=bylines.printed, source=source, detail=detail)


def _may_name_more(byline: str | None, names: tuple[str, ...]) -> bool:
    """Whether a byline names all of `names` and maybe others: structured data often have room for one author."""
    return byline is not None and all(name in byline for name in names) and len(_words_beside(byline, names)) >= FULL_NAME_WORDS


def _is_all(byline: str | None, names: tuple[str, ...]) -> bool:
    """Whether a byline holds the `names` and nothing else to speak of: "By Ana Velk and Jon Doe"."""
    return all(len(word) <= JOINING_LETTERS for word in _words_beside(byline or "", names))


def _words_beside(byline: str, names: tuple[str, ...]) -> list[str]:
    for name in names:
        byline = byline.replace(name, " ", 1)
    return re.findall(r"\w+", byline)
