"""The headline among what a page calls its title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from bs4 import BeautifulSoup, Tag

from transforms.articles.pages.jsonld import Node, first_text
from transforms.articles.pages.metatags import HEADLINES
from transforms.articles.pages.titles import (
    LENGTH_LIMIT,
    fold,
    is_telling,
    tidy,
    without_section,
    without_site_name,
)

SECTION_WORDS = 2
"""Words of the longest section's name; a longer part of an address may be the headline's own beginning."""
LONG_WORD = 5
"""Letters from which a word that two titles share tells that they are of one thing."""
HEADING_LIMIT = 30
CUT_OFF_LENGTH = 100
"""Characters from which a title may have been cut to fit a search engine's limit, without a mark of it."""
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
    Where that one is made for search engines (it only repeats `<title>`) or for sharing, the one that readers see takes its place.
    """
    short = {name for section in sections if 1 <= len((name := fold(section)).split()) <= SECTION_WORDS}
    candidates = _candidates(node, meta, soup, site_names, short)
    if not candidates:
        return None
    source, detail, text = _whole(_seen(candidates, soup) or candidates[0], candidates)
    return Headline(
        text=text, source=source, detail=detail,
        others=tuple((other, theirs) for other, _, theirs in candidates if fold(theirs) != fold(text)),
    )  # fmt: skip


def _seen(candidates: Sequence[_Candidate], soup: BeautifulSoup) -> _Candidate | None:
    """The title that readers see, where the first of `candidates` is made for search engines or for sharing; else None."""
    # The first of each source; the candidates come in order of trust.
    by_source = {source: (source, detail, text) for source, detail, text in reversed(candidates)}
    folded = {source: fold(text) for source, (_, _, text) in by_source.items()}
    chosen = candidates[0][0]
    heading, shared, title = folded.get("h1"), folded.get("opengraph"), folded.get("title")
    if chosen == "opengraph" and heading and heading != title and _is_told_otherwise(folded[chosen], title or "", heading):
        # Made for sharing, while nothing says that the `<h1>` is made for search engines.
        return by_source["h1"]
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


def _is_told_otherwise(shared: str, title: str, heading: str) -> bool:
    """Whether the folded `heading` says in other words what `shared` or the `title` says; not whether it says the same
    behind a kicker, nor something else."""
    if heading.replace(" ", "").endswith(shared.replace(" ", "")):
        return False
    words = {word for word in f"{shared} {title}".split() if len(word) >= LONG_WORD}
    return not words.isdisjoint(heading.split()) and len(heading.split()) >= 3


def _whole(chosen: _Candidate, candidates: Sequence[_Candidate]) -> _Candidate:
    """`chosen`, or the title that says all of it where it is cut off: at an ellipsis, at a quotation mark that ended its
    attribute, or, being long, where two other titles go on in the same words."""
    begin = chosen[2].rstrip("….").rstrip()
    longer = [each for each in candidates if len(each[2]) > len(chosen[2]) and each[2].startswith(begin)]
    if not begin or not longer:
        return chosen
    is_broken = chosen[2].endswith(("…", "...")) or longer[0][2][len(begin) :].lstrip().startswith('"')
    is_outvoted = len(begin) >= CUT_OFF_LENGTH and len({source for source, _, text in longer if fold(text) == fold(longer[0][2])}) >= 2
    return longer[0] if is_broken or is_outvoted else chosen


def _is_printed(title: str, heading: str | None, soup: BeautifulSoup) -> bool:
    """Whether an `<h2>` near the top is the folded `title`, alone or behind a kicker, and not the `heading` again."""
    for element in soup.find_all("h2"):
        runs = [run for line in element.get_text().split("\n") if (run := fold(line))]
        if " ".join(runs) != heading and any(" ".join(runs[at:]) == title for at in range(len(runs))):
            return True
    return False


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
    title_text = next((tidy(element.get_text()) for element in elements if element.name == "title"), "")
    titles = [*(text for _, _, text in raw), title_text]
    marked = _texts(element for element in elements if element.get("itemprop") == "headline" and element.name != "meta")
    # A page that marks the headlines of its teasers too.
    known = [text for text in marked if any(_is_part(text, title) for title in titles)]
    if known or len(marked) == 1:
        text = max(known or marked, key=len)
        raw.append(("microdata", "itemprop=headline", text))
        titles.append(text)
    headings, second = (_texts(element for element in elements if element.name == name) for name in ("h1", "h2"))
    # Where the `<h1>` is the site's name.
    second = [text for text in second if is_telling(text) and _is_part(text, title_text)]
    if (headings or second) and (heading := _heading(headings, second, titles)):
        raw.append(("h1", "h1" if heading in headings else "h2", heading))
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


def _is_part(text: str, title: str) -> bool:
    return bool(folded := fold(text)) and folded in fold(title)


def _texts(elements: Iterable[Tag]) -> list[str]:
    # A pilcrow is the link to the heading itself.
    texts = (tidy(element.get_text(" ")).rstrip(" ¶") for element in islice(elements, HEADING_LIMIT))
    return [text for text in texts if text and len(text) <= LENGTH_LIMIT]


def _heading(headings: Sequence[str], second: Sequence[str], titles: Sequence[str]) -> str | None:
    """Of the `<h1>`, and of the `second` headings that are part of the title, the one that the page's other `titles`
    confirm; else a long `<h1>`.

    One or two words that no title is, beside a title of many, are the site's name or a section's: then none.
    """
    known = [fold(title) for title in titles]
    agreeing = [text for text in (*headings, *second) if any(_is_part(text, title) for title in titles)]
    long_enough = [text for text in headings if len(text) >= 15]
    # A site's name is part of the title too.
    heading = max(agreeing, key=len) if agreeing else (long_enough or headings)[0]
    folded = fold(heading)
    is_label = len(folded.split()) <= 2 and any(len(each.split()) >= 5 and not each.startswith(folded) for each in known)
    return None if is_label else heading
