"""Publisher layouts: CSS selectors for the fields that a publisher's pages keep where no general rule looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bs4 import BeautifulSoup, Tag
from lxml import etree

from transforms.articles.article import Provenance, Subject
from transforms.articles.pages.bylines import clean_names
from transforms.articles.pages.dates import read_moment
from transforms.articles.pages.metadata import Metadata
from transforms.articles.pages.titles import tidy, without_site_name
from transforms.publishers import Layout, Publisher

SHORTEST_BODY = 80
"""Characters that a body selector must give before it is believed."""
_LEFT_OUT = frozenset({"style", "noscript", "svg", "iframe", "template"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFields:
    """What a layout's selectors gave: texts by field with the selector that gave them, the body's markup, and
    the fields for which nothing was found."""

    texts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    body: str | None = None
    body_selector: str | None = None
    missed: tuple[str, ...] = ()


def layout_for(publisher: Publisher | None, at: datetime | None) -> Layout | None:
    """The layout that is valid on the day of `at` (when the page was captured); the latest where that is unknown."""
    if publisher is None or not publisher.layouts:
        return None
    if at is None:
        return max(publisher.layouts, key=lambda layout: layout.valid_from or date.min)
    day = at.date()
    valid = [
        layout for layout in publisher.layouts
        if (layout.valid_from is None or layout.valid_from <= day) and (layout.valid_until is None or day < layout.valid_until)
    ]  # fmt: skip
    return max(valid, key=lambda layout: layout.valid_from or date.min) if valid else None


def read_layout(root: etree._Element, layout: Layout) -> LayoutFields:
    """Apply the selectors to a page. The tree is left as it is."""
    soup = BeautifulSoup(_lean_markup(root), "lxml")
    texts: list[tuple[str, str, tuple[str, ...]]] = []
    missed: list[str] = []
    body = body_selector = None
    for field, selectors in layout.selectors:
        if field == "body":
            body, body_selector = _body(soup, selectors, layout.remove)
            if body is None:
                missed.append(field)
            continue
        for selector in selectors:
            values = tuple(text for element in soup.select(selector, limit=50) if (text := _value(element)))
            if values:
                texts.append((field, selector, values))
                break
        else:
            missed.append(field)
    return LayoutFields(texts=tuple(texts), body=body, body_selector=body_selector, missed=tuple(missed))


def with_layout(metadata: Metadata, fields: LayoutFields, publisher: Publisher) -> Metadata:
    """The metadata with the layout's fields in place of its own, their provenance told."""
    provenance = {each.field: each for each in metadata.provenance}
    for field, selector, values in fields.texts:
        first = values[0]
        match field:
            case "headline":
                names = (publisher.name, *publisher.hosts, metadata.section or "")
                title = without_site_name(tidy(first), names) if selector == "title" else tidy(first)
                metadata = replace(metadata, headline=title, headlines=(*metadata.headlines, metadata.headline or ""))
            case "subheadline":
                metadata = replace(metadata, subheadline=tidy(first))
            case "authors":
                names = clean_names(values)
                if not names:
                    continue
                metadata = replace(metadata, authors=names, has_person=True)
            case "byline":
                metadata = replace(metadata, byline=tidy(first))
            case "credit":
                metadata = replace(metadata, credit=tidy(first))
            case "language":
                metadata = replace(metadata, language=first[:2].lower())
            case "canonical_url":
                metadata = replace(metadata, canonical_url=first)
            case "subjects":
                metadata = replace(metadata, subjects=tuple(Subject(scheme="keyword", name=tidy(value)) for value in values))
            case "published_at" | "modified_at":
                moment = read_moment(
                    first, language=metadata.language or publisher.language, zone=publisher.time_zone, is_day_first=publisher.is_day_first
                )
                if moment is None:
                    continue
                if field == "modified_at":
                    metadata = replace(metadata, modified_at=moment.at)
                else:
                    metadata = replace(
                        metadata, published_at=moment.at, published_at_source="layout",
                        published_at_precision=moment.precision, published_at_zone=moment.zone,
                    )  # fmt: skip
            case _:
                continue
        provenance[field] = Provenance(field=field, source="layout", detail=selector)
    warnings = tuple(f"layout_missed:{field}" for field in fields.missed)
    return replace(metadata, provenance=tuple(provenance.values()), warnings=(*metadata.warnings, *warnings))


def _body(soup: BeautifulSoup, selectors: Sequence[str], remove: Sequence[str]) -> tuple[str | None, str | None]:
    for selector in selectors:
        chosen: list[Tag] = []
        for element in soup.select(selector, limit=2_000):
            if not any(above in chosen for above in element.parents):
                chosen.append(element)
        if sum(len(element.get_text(strip=True)) for element in chosen) < SHORTEST_BODY:
            continue
        for element in chosen:
            for unwanted in remove:
                for found in element.select(unwanted):
                    found.decompose()
        return "".join(str(element) for element in chosen if not element.decomposed), selector
    return None, None


def _value(element: Tag) -> str:
    for key in ("content", "datetime"):
        if given := element.get(key):
            return str(given).strip()
    return element.get_text(" ", strip=True)


def _lean_markup(root: etree._Element) -> str:
    """The page without scripts and drawings, for a soup that costs less."""
    copied = etree.fromstring(etree.tostring(root, method="html", encoding="utf-8"), etree.HTMLParser(encoding="utf-8"))
    etree.strip_elements(copied, *_LEFT_OUT, "script", with_tail=False)
    return etree.tostring(copied, method="html", encoding="utf-8").decode("utf-8", "replace")
