"""All metadata of a page, each field from the most trusted place that gives it, with its provenance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from transforms.articles.article import Link, Precision, Provenance, Subject
from transforms.articles.pages.authorship import read_authorship
from transforms.articles.pages.bylines import is_agency
from transforms.articles.pages.headlines import read_headline
from transforms.articles.pages.jsonld import (
    Node,
    article_node,
    first_text,
    other_thing,
    read_json_ld,
    texts,
    types_of,
)
from transforms.articles.pages.metatags import (
    DESCRIPTIONS,
    KEYWORDS,
    LANGUAGES,
    SECTIONS,
    SYNDICATION,
    first_value,
    read_links,
    read_meta_tags,
)
from transforms.articles.pages.publication import read_modified, read_published
from transforms.articles.pages.titles import site_names_of, tidy
from transforms.articles.pages.zones import zone_of
from transforms.documents import Document
from transforms.publishers import Publisher

SUBJECT_LIMIT = 40
_LANGUAGE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of its article. Times are aware and in UTC."""

    headline: str | None = None
    headlines: tuple[str, ...] = ()
    subheadline: str | None = None
    description: str | None = None
    article_body: str | None = None
    authors: tuple[str, ...] = ()
    has_person: bool = False
    byline: str | None = None
    credit: str | None = None
    published_at: datetime | None = None
    published_at_source: str | None = None
    published_at_precision: Precision | None = None
    published_at_zone: str | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    language: str | None = None
    section: str | None = None
    subjects: tuple[Subject, ...] = ()
    image_url: str | None = None
    is_paywalled: bool | None = None
    links: tuple[Link, ...] = ()
    page_types: tuple[str, ...] = ()
    thing_type: str | None = None
    is_article: bool = False
    genre: str | None = None
    word_count: int | None = None
    provenance: tuple[Provenance, ...] = ()
    warnings: tuple[str, ...] = ()


def read_metadata(soup: BeautifulSoup, *, document: Document, publisher: Publisher | None) -> Metadata:
    """Read the metadata soup of a page (see `clippings.cut_metadata`)."""
    provenance: list[Provenance] = []
    warnings: list[str] = []
    meta = read_meta_tags(soup)
    links = read_links(soup)
    nodes = read_json_ld(
        script.get_text() for script in soup.find_all("script") if isinstance(script, Tag)
    )
    canonical = _canonical(links, meta, document.url)
    node = article_node(nodes, [url for url in (canonical, document.url) if url])
    language = _language(soup, meta, node, publisher)
    site_names = site_names_of(meta, canonical or document.url, publisher.name if publisher else None)

    section = first_text(node.get("articleSection") if node else None) or (first_value(meta, SECTIONS) or ("", ""))[1]
    sections = (section, *urlsplit(canonical or document.url or "").path.split("/")[1:-1])
    headline = read_headline(node=node, meta=meta, soup=soup, site_names=site_names, sections=sections)
    if headline:
        provenance.append(Provenance(field="headline", source=headline.source, detail=headline.detail))

    text = headline.text if headline else None
    zone = (publisher.time_zone if publisher else None) or zone_of(canonical or document.url, language)
    day_first = publisher.is_day_first if publisher else None
    published, source, detail = read_published(soup, text, node, meta, canonical or document.url, language, zone, day_first, document)
    modified = read_modified(node, meta, language, zone, day_first)
    if published is not None and document.fetched_at is not None and published.at > document.fetched_at + timedelta(days=1):
        warnings.append("published_in_future")
    if published is not None and published.at.year < 1990:
        warnings.append("published_long_ago")
    if modified is not None and published is not None and modified.at < published.at - timedelta(days=1):
        warnings.append("modified_before_published")
    if published is not None:
        provenance.append(Provenance(field="published_at", source=source, detail=detail))

    own_names = (*site_names, *(texts(node.get("publisher"), "name") if node else ()))
    authorship = read_authorship(soup, text, node, nodes, meta, own_names)
    if authorship.names:
        provenance.append(Provenance(field="authors", source=authorship.source, detail=authorship.detail))
    credit = ", ".join(name for name in authorship.names if is_agency(name)) or None

    is_article_page = (node is not None and bool(node.get("datePublished") or node.get("articleBody") or node.get("author"))) or (
        (meta.get("og:type") or ("",))[0].casefold() in ("article", "news", "newsarticle") and (published is not None and source != "url")
    )
    description = first_value(meta, DESCRIPTIONS)
    return Metadata(
        headline=text, headlines=tuple(title for _, title in headline.others) if headline else (),
        subheadline=first_text(node.get("alternativeHeadline")) if node else None,
        description=tidy(description[1]) if description else None,
        article_body=first_text(node.get("articleBody")) if node else None,
        authors=authorship.names, has_person=authorship.has_person, byline=authorship.byline, credit=credit,
        published_at=published.at if published else None, published_at_source=source if published else None,
        published_at_precision=published.precision if published else None,
        published_at_zone=published.zone if published else None, modified_at=modified.at if modified else None,
        canonical_url=canonical, language=language, section=tidy(section) if section else None,
        subjects=_subjects(node, meta), image_url=_image(node, meta, canonical or document.url),
        is_paywalled=_paywall(node, nodes, meta), links=_relations(links, meta, canonical),
        page_types=tuple(name for each in nodes[:50] for name in types_of(each)) + meta.get("og:type", ()),
        thing_type=next(iter(types_of(other)), None) if (other := other_thing(nodes)) else None,
        is_article=is_article_page, genre=_genre(node, nodes, meta), word_count=_word_count(node),
        provenance=tuple(provenance), warnings=tuple(warnings),
    )  # fmt: skip


def _canonical(links: Mapping[str, str], meta: Mapping[str, tuple[str, ...]], url: str | None) -> str | None:
    """The canonical address, absolute; a home page given as canonical of everything is not believed."""
    for given in (links.get("canonical"), (meta.get("og:url") or (None,))[0]):
        if not given:
            continue
        try:
            address = urljoin(url or "", given)
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return address
    return None


def _language(
    soup: BeautifulSoup, meta: Mapping[str, tuple[str, ...]], node: Node | None, publisher: Publisher | None
) -> str | None:
    root = soup.html
    values = [str(root.get("lang") or "") if root is not None else "", first_text(node.get("inLanguage"), "alternateName", "name") if node else ""]
    values += [value for name in LANGUAGES for value in meta.get(name, ())[:1]]
    for value in values:
        if value and (match := _LANGUAGE.match(value)):
            return match[1].lower()
    return publisher.language if publisher else None


def _subjects(node: Node | None, meta: Mapping[str, tuple[str, ...]]) -> tuple[Subject, ...]:
    names: list[str] = []
    values = list(texts(node.get("keywords"), "name")) if node else []
    if not values:
        values = [value for key in KEYWORDS for value in meta.get(key, ())]
    for value in values:
        for part in re.split(r"[,;]", value) if len(values) < 3 else [value]:
            name = tidy(part)
            if name and len(name) <= 80 and name not in names:
                names.append(name)
    return tuple(Subject(scheme="keyword", name=name) for name in names[:SUBJECT_LIMIT])


def _image(node: Node | None, meta: Mapping[str, tuple[str, ...]], url: str | None) -> str | None:
    given = (meta.get("og:image") or meta.get("twitter:image") or (None,))[0]
    if not given and node is not None:
        given = first_text(node.get("image"), "url", "contentUrl", "@id")
    if not given:
        return None
    try:
        return urljoin(url or "", given)
    except ValueError:
        return None


def _paywall(node: Node | None, nodes: tuple[Node, ...], meta: Mapping[str, tuple[str, ...]]) -> bool | None:
    for each in (node, *nodes[:30]):
        if each is not None and "isAccessibleForFree" in each:
            return str(each["isAccessibleForFree"]).strip().rsplit("/", 1)[-1].casefold() in ("false", "0", "no")
    tier = (meta.get("article:content_tier") or ("",))[0].casefold()
    return {"free": False, "metered": True, "locked": True}.get(tier)


def _genre(node: Node | None, nodes: tuple[Node, ...], meta: Mapping[str, tuple[str, ...]]) -> str | None:
    """`live_blog`, `gallery`, `video`, `audio`, `opinion`, `review` … where the page says so."""
    own = types_of(node) if node is not None else ()
    everything = {name for each in nodes[:50] for name in types_of(each)}
    if "LiveBlogPosting" in everything:
        return "live_blog"
    for name in own:
        if name in _GENRES:
            return _GENRES[name]
    kind = (meta.get("og:type") or ("",))[0].casefold()
    if kind.startswith("video"):
        return "video"
    if node is None and everything & {"ImageGallery", "MediaGallery"}:
        return "gallery"
    if node is None and everything & {"VideoObject", "AudioObject"}:
        return "video" if "VideoObject" in everything else "audio"
    return None


_GENRES = {
    "OpinionNewsArticle": "opinion", "AnalysisNewsArticle": "analysis", "ReviewNewsArticle": "review", "Review": "review",
    "BackgroundNewsArticle": "background", "AdvertiserContentArticle": "advertising", "SatiricalArticle": "satire",
    "AskPublicNewsArticle": "ask_public", "ImageGallery": "gallery", "MediaGallery": "gallery",
}  # fmt: skip


def _word_count(node: Node | None) -> int | None:
    given = first_text(node.get("wordCount")) if node else None
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 7 else None


def _relations(links: Mapping[str, str], meta: Mapping[str, tuple[str, ...]], canonical: str | None) -> tuple[Link, ...]:
    found: list[Link] = []
    for name in SYNDICATION:
        address = (meta.get(name) or (links.get(name),))[0]
        if address and address.startswith("http") and address != canonical:
            found.append(Link(relation="original" if name == "original-source" else "syndicated_from", url=address))
    if amp := links.get("amphtml"):
        found.append(Link(relation="related", url=amp))
    return tuple(found)



