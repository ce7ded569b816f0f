"""What of a page holds metadata, cut out of the tree so that BeautifulSoup reads a few kilobytes, not all of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from lxml import etree

from transforms.articles.pages.bylines import begins_byline, is_byline, leads_to_author
from transforms.articles.pages.date_lines import is_date_line
from transforms.articles.pages.furniture import is_certain
from transforms.articles.pages.heads import Head, serialize
from transforms.articles.pages.titles import fold

BYLINE_LIMIT = 40
DATE_LIMIT = 40
TEXT_LIMIT = 2_000
"""Characters of a byline, heading or time element; what is longer is not one."""

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|autore?n?s?|auteurs?|redakt(?:o|ö|e)r\w*|journalist\w*|writer|reporter|"
    r"contributors?|penulis|yazar|muallif|автор\w*|signature|firma|submitted|post-?author|entry-?author|article-?author|"
    r"creator|written-?by|posted-?by|credits?-?author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|datum|fecha|data|published?|pub-?date|publication|time-?stamp|datetime|post-?date|"
    r"entry-?date|updated?|дата|posted-?on|dateline|time|zeit|tarih|day|news-?date)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2}")
DATED_LIMIT = 150
_HEADINGS = frozenset({"h1"})
_DIVIDER = b"<hr>"
NEAR_HEADLINE = 15
"""Elements behind an `<h1>` that are looked at for a date, whatever their names."""
BYLINE_NEAR = 80
"""Elements behind an `<h1>`, or behind the begin of a page without one, where links to authors' pages are its authors'."""
SUBHEADING_LIMIT = 4
"""`<h2>` behind the first `<h1>` that are looked at for the headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clippings:
    """The metadata of a page as a soup: the head's elements under `head`, the rest in `body` in page order."""

    soup: BeautifulSoup


def cut_metadata(root: etree._Element, head: Head, elements: Iterable[etree._Element]) -> Clippings:
    """The soup of the page's metadata: its `head` (see `cut_head`), and out of its `elements` the headings,
    times, bylines and microdata."""
    body: list[bytes] = []
    bylines = dates = headings = subheadings = near = since_headline = 0
    taken: set[etree._Element] = set()
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    for element in elements:
        tag = element.tag
        is_wanted = False
        near -= 1
        since_headline += 1
        if tag in _HEADINGS:
            headings += 1
            near = NEAR_HEADLINE
            since_headline = 0
            is_wanted = headings <= 30
            if dates < DATE_LIMIT and (line := _date_above(element)):
                dates += 1
                body.append(b"<p>" + escape(line).encode("utf-8", "replace") + b"</p>")
        elif tag == "h2":
            # What stands on two sides of a heading does not stand together.
            if body and body[-1] is not _DIVIDER:
                body.append(_DIVIDER)
            runs = _runs(element)
            if dates < DATE_LIMIT and is_date_line(printed := " ".join(runs)) and len(printed) <= DATED_LIMIT:
                # Blogs set the day above what they posted on it.
                dates += 1
                body.append(b"<p>" + escape(printed).encode("utf-8", "replace") + b"</p>")
                continue
            if (is_titled := bool(folded := fold(" ".join(runs))) and folded in head.title) or (headings and subheadings < SUBHEADING_LIMIT):
                subheadings += 1
                if runs and (is_titled or not _leads_on(element)):
                    body += (b"<h2>" + escape("\n".join(runs)).encode("utf-8", "replace") + b"</h2>", _DIVIDER)
            continue
        elif tag == "time":
            dates += 1
            is_wanted = dates <= DATE_LIMIT
        elif near > 0 and (text := (element.text or "").strip()) and len(text) <= DATED_LIMIT and (_is_label(text) or _is_split_byline(element, text)):
            is_wanted = True
        elif since_headline <= BYLINE_NEAR and (
            tag == "address" or (tag == "a" and leads_to_author(element.get("href") or "") and not _is_in_prose(element))
        ):
            is_wanted = bylines < BYLINE_LIMIT
            bylines += 1
        else:
            keys = element.keys()
            if not keys:
                continue
            name = element.get("class") or element.get("id")
            # Few elements have one of these; to ask for each of them costs.
            if not _TELLING.isdisjoint(keys):
                is_wanted = (element.get("itemprop") or element.get("property") or "") in _PROPERTIES
                if not is_wanted and "author" in element.get("rel", "").split():
                    is_wanted = bylines < BYLINE_LIMIT
                    bylines += 1
                if marker := element.get("data-testid") or element.get("data-qa"):
                    name = f"{name} {marker}"
            if not is_wanted and name and len(name) < 400:
                verdict = _verdict(name)
                if verdict == "byline" and bylines < BYLINE_LIMIT:
                    bylines += 1
                    is_wanted = not _is_comment(element)
                elif verdict == "date":
                    dates += 1
                    is_wanted = dates <= DATE_LIMIT
            if not is_wanted and "data-timestamp" in keys:
                dates += 1
                is_wanted = dates <= DATE_LIMIT
        if tag not in _HEADINGS and since_headline <= BYLINE_NEAR and dates < DATE_LIMIT and _is_before_date(element):
            dates += 1
            around = element.getparent()
            element, is_wanted = (element, is_wanted) if around is None else (around, True)
        if is_wanted and not _inside(element, taken):
            if tag not in _HEADINGS and _is_long(element):
                continue
            taken.add(element)
            body.append(serialize(element))
    language = f' lang="{lang}"' if lang and re.fullmatch(r"[A-Za-z0-9_-]{2,20}", lang) else ""
    markup = b"".join(
        [f"<html{language}><head>".encode(), *head.elements, b"</head><body>", *body, b"</body></html>"]
    )
    return Clippings(soup=BeautifulSoup(markup.decode("utf-8", "replace"), "lxml", multi_valued_attributes=None))


def body_of(soup: BeautifulSoup) -> Tag | None:
    """The body of a metadata soup."""
    # Without a limit BeautifulSoup compares names alone, which takes a tenth of the time of `soup.body`.
    return next(iter(soup.find_all("body")), None)


def parted_by_headline(body: Tag, headline: str | None, *, also_above: bool = False) -> list[tuple[Tag, bool]]:
    """The clippings of a metadata soup's `body`, each with whether it stands below the `<h1>` that is the headline
    (`also_above`: or before every `<h1>`) and not below another article's; all do where no `<h1>` is the headline."""
    title = fold(headline or "")
    headed: dict[int, bool] = {}
    for heading in body.find_all("h1"):
        clipping: PageElement = heading
        while clipping.parent is not None and clipping.parent is not body:
            clipping = clipping.parent
        headed[id(clipping)] = headed.get(id(clipping), False) or fold(heading.get_text(" ")) == title
    is_headed = any(headed.values())
    is_below = also_above or not is_headed
    parted = []
    for clipping in body.children:
        if isinstance(clipping, Tag):
            if is_headed:
                is_below = headed.get(id(clipping), is_below)
            parted.append((clipping, is_below))
    return parted


_TELLING = frozenset({"itemprop", "property", "rel", "data-testid", "data-qa"})
_PROPERTIES = frozenset({
    "headline", "datePublished", "dateCreated", "dateModified", "author", "name", "articleSection", "alternativeHeadline",
    "schema:datePublished", "schema:headline", "schema:author", "schema:name", "creator",
})  # fmt: skip


_VERDICTS: dict[str, str | None] = {}


def _verdict(name: str) -> str | None:
    """`byline`, `date` or None for a class or id; remembered, as sites repeat theirs by the hundred."""
    if name in _VERDICTS:
        return _VERDICTS[name]
    if len(_VERDICTS) > 50_000:
        _VERDICTS.clear()
    words = _CAMEL.sub("-", name)
    found = "byline" if _BYLINE.search(words) else "date" if _DATE.search(words) else None
    _VERDICTS[name] = found
    return found


def _runs(heading: etree._Element) -> list[str]:
    """A heading's runs of text; none of one that is too long."""
    if _is_long(heading):
        return []
    runs = (" ".join(run.split()) for run in heading.itertext())
    return [run for run in runs if run]


def _date_above(heading: etree._Element) -> str | None:
    """The line right above a heading, where it says when and nothing else."""
    above = heading.getprevious()
    if above is None and (around := heading.getparent()) is not None:
        above = around.getprevious()
    if above is None or above.tag == "time" or _is_long(above):
        return None
    printed = " ".join(" ".join(above.itertext()).split())
    return printed if len(printed) <= DATED_LIMIT and is_date_line(printed) else None


def _leads_on(heading: etree._Element) -> bool:
    """Whether a heading is a link, or holds one."""
    return next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None


def _is_label(text: str) -> bool:
    """Whether a text says when or by whom; a sentence with a date in it speaks of something else."""
    is_dated = _DATED.search(text) is not None and (not text.endswith((".", "!", "?")) or is_date_line(text))
    return is_dated or is_byline(text)


def _is_split_byline(element: etree._Element, text: str) -> bool:
    """Whether the element is a byline whose names stand in elements of their own: `By <b>Ana Velk</b>`."""
    return len(element) > 0 and begins_byline(text) and not _is_long(element) and is_byline(" ".join(" ".join(element.itertext()).split())[:DATED_LIMIT])


def _is_before_date(element: etree._Element) -> bool:
    """Whether text right behind the element says when: behind "Date:", or behind the author's name."""
    behind = element.tail
    return behind is not None and not behind.isspace() and len(behind) <= DATED_LIMIT and is_date_line(behind)


def _is_comment(element: etree._Element) -> bool:
    """Whether the element, or one right around it, is named after comments."""
    return any(is_certain(f"{near.get('class', '')} {near.get('id', '')}") for near in (element, *islice(element.iterancestors(), 4)))


def _is_in_prose(link: etree._Element) -> bool:
    """Whether the link stands in a sentence, where it leads to someone of whom it speaks."""
    around = link.getparent()
    return around is not None and around.tag == "p" and sum(map(len, islice(around.itertext(), 50))) > DATED_LIMIT


def _inside(element: etree._Element, taken: set[etree._Element]) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent in taken:
            return True
        parent = parent.getparent()
    return False


def _is_long(element: etree._Element) -> bool:
    length = 0
    for count, text in enumerate(element.itertext()):
        length += len(text)
        if length > TEXT_LIMIT or count > 200:
            return True
    return False
