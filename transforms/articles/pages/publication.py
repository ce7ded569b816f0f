"""When a page was published and changed: JSON-LD, meta elements, microdata, `<time>`, visible text, the address."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta

from bs4 import BeautifulSoup, Tag

from transforms.articles.pages.clippings import body_of, parted_by_headline
from transforms.articles.pages.dates import Moment, read_moment
from transforms.articles.pages.jsonld import Node, first_text
from transforms.articles.pages.metatags import MODIFIED, PUBLISHED, VAGUE, first_value
from transforms.documents import Document

NEAR_DAY = timedelta(hours=38)
"""How far from a day's midnight in UTC its last hour may lie, anywhere on earth."""
_UPDATE = re.compile(r"updat|modif|aktualis|actualiz|mis à jour|aggiorn|обновл|güncel")
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:[/_-]|$)|/((?:19|20)\d{2})(\d{2})(\d{2})/")


def read_published(
    soup: BeautifulSoup, headline: str | None, node: Node | None, meta: Mapping[str, tuple[str, ...]], url: str | None,
    language: str | None, zone: str | None, day_first: bool | None, document: Document,
) -> tuple[Moment | None, str, str]:  # fmt: skip
    """(moment, source, detail) of publication, from the most trusted place that gives it; `""` where none does."""
    def moment(text: str) -> Moment | None:
        return read_moment(text, language=language, zone=zone, is_day_first=day_first)

    found: list[tuple[Moment, str, str]] = []
    if node is not None:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if (text := first_text(node.get(key))) and (read := moment(text)):
                found.append((read, "jsonld", key))
                break
    for name in PUBLISHED:
        if name in meta and (read := moment(meta[name][0])):
            source = "opengraph" if name.startswith(("article:", "og:")) else "microdata" if name == "datepublished" else "meta"
            found.append((read, source, name))
            break
    body = body_of(soup)
    if body is not None:
        marked = [element for element in body.find_all(True) if element.get("itemprop") in ("datePublished", "dateCreated")]
        for element in marked[:3]:
            text = str(element.get("datetime") or element.get("content") or element.get_text(" "))
            if read := moment(text):
                found.append((read, "microdata", "datePublished"))
                break
        is_vague = bool(found) and found[0][2] in VAGUE
        if is_vague or not any(each[0].precision != "day" for each in found):
            visible = _visible(body, headline, moment)
            told = [(each.moment, each.source, each.text) for each in visible[:5]]
            # What readers see below the headline counts more than a meta element that may mean any day.
            is_other = is_vague and bool(visible) and visible[0].is_own and not visible[0].is_update and abs(told[0][0].at - found[0][0].at) > NEAR_DAY
            found = [*told, *found] if is_other else [*found, *told]
    exact = [each for each in found if each[0].precision != "day"]
    if found and exact and found[0][0].precision == "day":
        # A day from a trusted place, and the hour of that very day from another.
        near = [each for each in exact if abs(each[0].at - found[0][0].at) < NEAR_DAY]
        return near[0] if near else found[0]
    if found:
        first = found[0]
        if first[0].zone is not None and first[0].precision != "day":
            for other in found[1:]:
                offset = abs(other[0].at - first[0].at)
                if other[0].zone is None and offset <= timedelta(hours=14) and offset.total_seconds() % 900 < 60:
                    return other
        return first
    if url and (match := _URL_DATE.search(url)):
        text = "-".join(part for part in match.groups() if part)
        if read := moment(text):
            return read, "url", match[0]
    if document.published_hint is not None:
        at = document.published_hint.astimezone(UTC)
        return Moment(at=at, precision="second"), document.published_hint_source or "feed", "hint"
    return None, "", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visible:
    """A time that readers see: what it stands in, its text, whether it is this article's, and whether it is of a change."""

    moment: Moment
    source: str
    text: str
    is_own: bool
    is_update: bool
    order: int


def _visible(body: Tag, headline: str | None, moment: Callable[[str], Moment | None]) -> list[_Visible]:
    """Times of `<time>` elements and of elements named like a date: those around the headline before those of other
    articles, those that say "updated" last."""
    found: list[_Visible] = []
    elements = (
        (element, is_own)
        for clipping, is_own in parted_by_headline(body, headline, also_above=True)
        for element in (clipping, *clipping.descendants)
        if isinstance(element, Tag) and element.name not in ("h1", "h2")
    )
    for order, (element, is_own) in enumerate(elements):
        printed = element.get_text(" ", strip=True)[:200]
        source = "time" if element.name == "time" else "text"
        read = _most_exact(moment(text) for text in (*_given(element), printed) if any(letter.isdigit() for letter in text))
        if read is None:
            continue
        is_update = _says_update(f"{element.get('class') or ''} {printed[:60]}".casefold())
        text = next(iter(_given(element)), printed)
        found.append(_Visible(moment=read, source=source, text=text[:60], is_own=is_own, is_update=is_update, order=order))
    found.sort(key=lambda each: (each.is_update, not each.is_own, each.source != "time", each.order))
    return found


def _says_update(text: str) -> bool:
    """Whether the first time in a text is that of a change, not "Written 5 March 2024, updated 6 March 2024"."""
    word = _UPDATE.search(text)
    if word is None:
        return False
    before, behind = text[: word.start()], text[word.end() :]
    return not (any(map(str.isdigit, before)) and any(map(str.isdigit, behind)))


def _given(element: Tag) -> Iterator[str]:
    """What the attributes of an element say of a time."""
    names = ("datetime", "data-timestamp") if element.name == "time" else ("title",) if element.name == "abbr" else ("data-timestamp",)
    yield from (str(given) for name in names if (given := element.get(name)))


def _most_exact(moments: Iterable[Moment | None]) -> Moment | None:
    """The first moment; where that is a day, the first that tells the hour of it."""
    read = [moment for moment in moments if moment is not None]
    if read and read[0].precision == "day":
        return next((each for each in read if each.precision != "day" and abs(each.at - read[0].at) < NEAR_DAY), read[0])
    return read[0] if read else None


def read_modified(
    node: Node | None, meta: Mapping[str, tuple[str, ...]], language: str | None, zone: str | None, day_first: bool | None
) -> Moment | None:
    """When the page says that it was last changed."""
    given = first_text(node.get("dateModified")) if node else None
    for text in (given, (first_value(meta, MODIFIED) or ("", None))[1]):
        if text and (read := read_moment(text, language=language, zone=zone, is_day_first=day_first)):
            return read
    return None
