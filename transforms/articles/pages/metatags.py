"""The `<meta>` and `<link>` elements of a page: OpenGraph, and the names that the big content systems use."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

HEADLINES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "cxenseparse:title", "headline")
DESCRIPTIONS = ("description", "og:description", "twitter:description", "sailthru.description", "dc.description")
PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "article.published", "article_date_original", "originalpublicationdate",
    "last-published", "date", "iso-8601-publish-date", "ptime", "rnews:datepublished", "citation_publication_date",
    "article:post_date", "published_at", "datecreated", "shareaholic:article_published_time", "vr:published_time",
)  # fmt: skip
VAGUE = frozenset({"date", "dc.date", "dcterms.date", "datecreated"})
"""Of `PUBLISHED` those that hold, on some sites, when the page was made or changed."""
MODIFIED = (
    "article:modified_time", "og:updated_time", "article:updated_time", "og:article:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "article.updated", "cxenseparse:recs:modifiedtime",
    "utime", "iso-8601-update-date", "og:modified_time",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "byl", "cxenseparse:author", "article.author", "citation_author", "article_author", "authors", "dc.contributor",
    "article:author_name", "byline", "mediator_author", "cse_author", "shareaholic:article_author_name",
)  # fmt: skip
LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
"""Names of meta elements of which one says what the other tells: "Written by", "Ana Velk"."""
SECTIONS = ("article:section", "og:article:section", "parsely-section", "section", "cxenseparse:category", "category")
KEYWORDS = ("news_keywords", "keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "dc.subject")
LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "inlanguage")
SITE_NAMES = ("og:site_name", "application-name", "twitter:site", "apple-mobile-web-app-title", "publisher", "al:ios:app_name", "cre")
SYNDICATION = ("syndication-source", "original-source")
WANTED = frozenset((
    *HEADLINES, *DESCRIPTIONS, *PUBLISHED, *MODIFIED, *AUTHORS, *SECTIONS, *KEYWORDS, *LANGUAGES, *SITE_NAMES, *SYNDICATION, *(name for pair in LABELS for name in pair),
    "og:type", "og:url", "og:image", "twitter:image", "article:content_tier", "robots", "refresh", "generator", "page-type",
))  # fmt: skip
"""All names that are read anywhere: the rest of a head is not looked at."""
VALUE_LIMIT = 100
"""Values kept under one name."""


def read_meta_tags(soup: BeautifulSoup) -> dict[str, tuple[str, ...]]:
    """Values by folded name (`property`, `name`, `itemprop` or `http-equiv`), in the order of the page."""
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        if not isinstance(tag, Tag):
            continue
        value = _text(tag.get("content"))
        if not value:
            continue
        names = {_text(tag.get(key)).casefold() for key in ("property", "name", "itemprop", "http-equiv")} - {""}
        for name in names:
            for single in name.split():
                values = found.setdefault(single, [])
                if len(values) < VALUE_LIMIT and value not in values:
                    values.append(value)
    return {name: tuple(values) for name, values in found.items()}


def read_links(soup: BeautifulSoup) -> dict[str, str]:
    """The first address of each kind of `<link>`: `canonical`, `amphtml`, `original-source` …"""
    found: dict[str, str] = {}
    for tag in soup.find_all("link"):
        if isinstance(tag, Tag) and (address := _text(tag.get("href"))):
            found.setdefault(_text(tag.get("rel")).casefold(), address)
    return found


def first_value(meta: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> tuple[str, str] | None:
    """(name, value) of the first of `names` that the page gives, or None."""
    for name in names:
        if values := meta.get(name):
            return name, values[0]
    return None


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value).strip()
    return str(value).strip() if value is not None else ""
