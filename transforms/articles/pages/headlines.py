"""The headline among what a page calls its title, without the site's name behind or before it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeAlias
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from transforms.articles.pages.jsonld import Node, clean, first_text
from transforms.articles.pages.metatags import HEADLINES, SITE_NAMES

LENGTH_LIMIT = 500
REMEMBERED_LENGTH = 1_000
"""Characters of a text whose words are remembered: the memory for them stays below some megabytes."""
CUT_LIMIT = 12
"""Separators in a title; what has more is no title with a site's name."""
SITE_NAME_WORDS = 6
"""Words of the longest site's name; some pages give the article's title as the name of the application."""
SECTION_WORDS = 2
"""Words of the longest section's name; a longer part of an address may be the headline's own beginning."""
_SEPARATOR = re.compile(r"\s+[-–—|·•»«:*/\\‹›⋆]{1,2}\s+|\s*[|｜│┃ㅣ：]\s*|\s*[-–—]\s+(?=\S+\.\S+$)")
_ANY_SEPARATOR = re.compile(_SEPARATOR.pattern + r"|[-–—]")
_WORD = re.compile(r"\w+")
_MEASURE = re.compile(r"[\u3040-\u9fff]{2}|\w+")
"""A word, or two characters of a script that sets no spaces."""
_ORDER = {"jsonld": 0, "opengraph": 1, "microdata": 2, "h1": 3, "meta": 4, "title": 5}
_Candidate: TypeAlias = tuple[str, str, str]
"""Source, detail and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The chosen headline, where it comes from, and what the page's other titles say."""

    text: str
    source: str
    detail: str
    others: tuple[tuple[str, str], ...] = ()


def read_headline(
    *, node: Node | None, meta: Mapping[str, tuple[str, ...]], soup: BeautifulSoup, site_names: tuple[str, ...], sections: tuple[str, ...] = ()
) -> Headline | None:
    """The headline: the first of JSON-LD, `og:title`, microdata, `<h1>`, `<title>` that the page gives.

    `sections` are the names that the page may bear before or behind its title, as `site_names`.
    Where that one only repeats `<title>`, which is made for search engines, the one that readers see takes its place.
    """
    short = {name for section in sections if 1 <= len((name := fold(section)).split()) <= SECTION_WORDS}
    candidates = _candidates(node, meta, soup, site_names, short)
    if not candidates:
        return None
    source, detail, text = _seen(candidates, soup) or candidates[0]
    return Headline(
        text=text, source=source, detail=detail,
        others=tuple((other, theirs) for other, _, theirs in candidates if fold(theirs) != fold(text)),
    )  # fmt: skip


def _seen(candidates: Sequence[_Candidate], soup: BeautifulSoup) -> _Candidate | None:
    """The title that readers see, where the first of `candidates` is the one for search engines; else None."""
    # The first of each source; the candidates come in order of trust.
    by_source = {source: (source, detail, text) for source, detail, text in reversed(candidates)}
    folded = {source: fold(text) for source, (_, _, text) in by_source.items()}
    chosen = candidates[0][0]
    heading, shared, title = folded.get("h1"), folded.get("opengraph"), folded.get("title")
    if folded[chosen] != title:
        return None
    if heading and heading != title:
        is_confirmed = heading in (shared, folded.get("microdata"))
        is_neither = chosen == "jsonld" and shared is not None and shared != title
        if is_confirmed or is_neither:
            return by_source["h1"]
    elif shared and shared != title and _is_printed(shared, heading, soup):
        # Where the `<h1>` is the last of the breadcrumbs, an `<h2>` is the headline.
        return by_source["opengraph"]
    return None


def _is_printed(title: str, heading: str | None, soup: BeautifulSoup) -> bool:
    """Whether an `<h2>` near the top is the folded `title`, alone or behind a kicker, and not the `heading` again."""
    for element in soup.find_all("h2"):
        runs = [run for line in element.get_text().split("\n") if (run := fold(line))]
        if " ".join(runs) != heading and any(" ".join(runs[at:]) == title for at in range(len(runs))):
            return True
    return False


def site_names_of(meta: Mapping[str, tuple[str, ...]], url: str | None, publisher_name: str | None) -> tuple[str, ...]:
    """What the site may be called: its meta names, its host, the publisher's name."""
    # Some pages give the article's title as the name of the application.
    title = fold((meta.get("og:title") or ("",))[0])
    names = [value for key in SITE_NAMES for value in meta.get(key, ())[:1] if fold(value) != title]
    if publisher_name:
        names.append(publisher_name)
    if url:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        names.append(host)
        parts = host.split(".")
        if len(parts) >= 2:
            short_suffix = len(parts) >= 3 and len(parts[-2]) <= 3
            names.append(parts[-3] if short_suffix else parts[-2])
            names += [label for label in parts[:-2] if len(label) >= 6]
    return tuple(name.lstrip("@") for name in names if 0 < len(name.split()) <= SITE_NAME_WORDS)


def without_site_name(title: str, site_names: tuple[str, ...], *references: str) -> str:
    """`title` without the site's name (and a section before it) at its end or start.

    `references` are the page's other titles: a tail is also cut where what remains equals one of them.
    """
    known = {fold(name).replace(" ", "") for name in site_names} - {""}
    others = {fold(text) for text in references}
    title = title[: 2 * LENGTH_LIMIT]
    for match in islice(_ANY_SEPARATOR.finditer(title), CUT_LIMIT):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if len(head.split()) >= 2 and fold(head) in others:
            return head
        if tail and fold(tail) in others and fold(title) not in others and len(head) < len(tail):
            return tail
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or len(cuts) > CUT_LIMIT:
            return title
        first, last = cuts[0], cuts[-1]
        tail, head = fold(title[last.end() :]), fold(title[: first.start()])
        if tail and _names_site(tail, known) and len(_MEASURE.findall(title[: last.start()])) >= 2:
            title = title[: last.start()].strip()
            # A section before the site's name: "Ferry sails again | Politics | The Harbour Courier".
            if "|" in last[0] and (bars := [cut for cut in cuts[:-1] if "|" in cut[0]]) and len(title[bars[-1].end() :].split()) <= 3:
                title = title[: bars[-1].start()].strip()
        elif head and _names_site(head, known) and len(_MEASURE.findall(title[first.end() :])) >= 2:
            title = title[first.end() :].strip()
        else:
            return title


def fold(text: str) -> str:
    """The words of a text in lower case, one space between them."""
    return _remembered(text) if len(text) <= REMEMBERED_LENGTH else _folded(text)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("\xad", "")))


# A page's texts are compared again and again.
_remembered = lru_cache(maxsize=2_000)(_folded)


def tidy(text: str) -> str:
    """One line without soft hyphens and invisible marks."""
    text = text[:10_000]
    text = re.sub("[\xad\u200b\u2060\ufeff]", "", clean(text))
    return " ".join(text.split())


def without_section(title: str, sections: Collection[str]) -> str:
    """`title` without the name of one of the folded `sections` before or behind it."""
    cuts = list(islice(_SEPARATOR.finditer(title), CUT_LIMIT))
    for head, tail in ((title[: cut.start()], title[cut.end() :]) for cut in (*cuts[:1], *cuts[-1:])):
        if fold(tail) in sections and len(head.split()) >= 3:
            return head.strip()
        if fold(head) in sections and len(tail.split()) >= 3:
            return tail.strip()
    return title


def _names_site(words: str, known: set[str]) -> bool:
    """Whether the folded `words` are one of the `known` names, nearly one, or a few around one."""
    text = words.replace(" ", "")
    if text in known:
        return True
    if len(words.split()) <= SITE_NAME_WORDS - 1 and any(len(word) >= 8 and word in known for word in words.split()):
        return True
    return any(
        len(name) >= 4 and len(text) >= 4 and (text.startswith(name) or name.startswith(text) or text.endswith(name))
        and abs(len(text) - len(name)) <= 12
        for name in known
    )  # fmt: skip


def _candidates(
    node: Node | None, meta: Mapping[str, tuple[str, ...]], soup: BeautifulSoup, site_names: tuple[str, ...], sections: set[str]
) -> list[_Candidate]:
    raw: list[_Candidate] = []
    if node is not None and (text := first_text(node.get("headline")) or first_text(node.get("name"))):
        raw.append(("jsonld", "headline", tidy(text)))
    for name in HEADLINES:
        if values := meta.get(name):
            raw.append(("opengraph" if name == "og:title" else "meta", name, tidy(values[0])))
    elements = soup.find_all(True)
    for element in [element for element in elements if element.get("itemprop") == "headline"][:3]:
        if element.name != "meta" and (text := tidy(element.get_text(" "))):
            raw.append(("microdata", "itemprop=headline", text))
    title_text = next((tidy(element.get_text()) for element in elements if element.name == "title"), "")
    headings = []
    for element in [element for element in elements if element.name == "h1"][:30]:
        if (text := tidy(element.get_text(" "))) and len(text) <= LENGTH_LIMIT:
            headings.append(text)
    if headings and (heading := _heading(headings, [*(text for _, _, text in raw), title_text])):
        raw.append(("h1", "h1", heading))
    if title_text:
        raw.append(("title", "title", title_text))
    raw.sort(key=lambda found: _ORDER[found[0]])
    cleaned = []
    for source, detail, text in raw:
        rest = [theirs for other, _, theirs in raw if other != source]
        text = without_section(without_site_name(text, site_names, *rest), sections)[:LENGTH_LIMIT]
        if fold(text) and fold(text).replace(" ", "") not in {fold(name).replace(" ", "") for name in site_names}:
            cleaned.append((source, detail, text))
    return cleaned


def _heading(headings: Sequence[str], titles: Sequence[str]) -> str | None:
    """Of the `<h1>` the one that the page's other `titles` confirm, else a long one.

    One or two words that no title is, beside a title of many, are the site's name or a section's: then none.
    """
    known = [fold(title) for title in titles]
    agreeing = [text for text in headings if (folded := fold(text)) and any(folded in each for each in known)]
    long_enough = [text for text in headings if len(text) >= 15]
    heading = (agreeing or long_enough or headings)[0]
    folded = fold(heading)
    is_label = len(folded.split()) <= 2 and any(len(each.split()) >= 5 and not each.startswith(folded) for each in known)
    return None if is_label else heading
