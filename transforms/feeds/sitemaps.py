"""Sitemaps (sitemaps.org), Google's news extension, sitemap indexes, and lists of addresses as plain text."""

import io
import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from transforms.feeds.dates import FeedDate, read_date
from transforms.feeds.feed_item import ChildFeed, FeedItem, FeedReading, FeedRejection, Unusable
from transforms.feeds.links import absolute_link
from transforms.feeds.plain_text import plain_text

ENTRIES_MAXIMUM = 50_000
"""What the protocol allows in one file."""
NEWS = "news:"


def read_sitemap(content: bytes, *, url: str | None, time_zone: str | None,
                 known_by: datetime | None) -> FeedReading | FeedRejection:
    """Read a urlset or a sitemapindex as a stream. One that ends too early yields what came before."""
    items: dict[str, FeedItem] = {}
    children: dict[str, ChildFeed] = {}
    unusable: list[Unusable] = []
    is_index = is_news = False
    entries = 0
    is_complete = True
    try:
        for name, fields in _entries(content):
            is_index = is_index or name == "sitemap"
            entries += 1
            if entries > ENTRIES_MAXIMUM:
                unusable.append(Unusable(reason="too_many", detail=f"more than {ENTRIES_MAXIMUM} entries"))
                break
            link = absolute_link(fields.get("loc"), url)
            if isinstance(link, Unusable):
                unusable.append(link)
                continue
            modified = read_date(fields.get("lastmod"), time_zone=time_zone, known_by=known_by)
            if name == "sitemap":
                children.setdefault(link, ChildFeed(
                    url=link, modified_at=modified.moment if isinstance(modified, FeedDate) else None))
                continue
            is_news = is_news or any(field.startswith(NEWS) for field in fields)
            items.setdefault(link, _item(link, fields, modified, time_zone, known_by))
    except etree.XMLSyntaxError as error:
        if not items and not children:
            return FeedRejection(reason="malformed", detail=str(error)[:200])
        is_complete = False
    tail = content[-200:].replace(b"\0", b"").rstrip().lower()
    return FeedReading(
        kind="sitemap_index" if is_index else "news_sitemap" if is_news else "sitemap",
        items=tuple(items.values()), children=tuple(children.values()), unusable=tuple(unusable),
        is_complete=is_complete and (b"urlset>" in tail or b"sitemapindex>" in tail
                                     or tail.endswith(b"/>")),
    )


def read_text_sitemap(content: bytes, *, url: str | None) -> FeedReading:
    """Read a list of addresses, one a line, UTF-8."""
    items: dict[str, FeedItem] = {}
    unusable = []
    for line in content.decode("utf-8", "replace").splitlines()[:ENTRIES_MAXIMUM]:
        link = absolute_link(line, None)
        if isinstance(link, str):
            items.setdefault(link, FeedItem(key=link, url=link))
        elif link.reason != "no_address":
            unusable.append(link)
    return FeedReading(kind="sitemap", items=tuple(items.values()), unusable=tuple(unusable))


def _entries(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each url or sitemap element as its name and the first text of every field, in any namespace."""
    stream = etree.iterparse(io.BytesIO(content), events=("end",), recover=True, resolve_entities=False,
                             no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    for _, element in stream:
        name = _name(element)[1]
        if name not in ("url", "sitemap"):
            continue
        fields: dict[str, str] = {}
        for part in element.iter():
            if part is not element:
                namespace, field = _name(part)
                extension = re.search("news|image|video|mobile", namespace.partition("/schemas/")[2])
                fields.setdefault((extension[0] + ":" if extension else "") + field,
                                  "".join(part.itertext()).strip())
        yield name, fields
        element.clear()
        while element.getprevious() is not None:
            parent = element.getparent()
            if parent is None:
                break
            del parent[0]


def _name(element: etree._Element) -> tuple[str, str]:
    """Namespace and local name in lower case; damaged documents hold names that lxml's own QName refuses."""
    tag = element.tag if isinstance(element.tag, str) else ""
    namespace, _, local = tag.rpartition("}")
    return namespace.removeprefix("{").lower(), local.lower()


def _item(link: str, fields: dict[str, str], modified: FeedDate | str | None, time_zone: str | None,
          known_by: datetime | None) -> FeedItem:
    published = read_date(fields.get("news:publication_date"), time_zone=time_zone, known_by=known_by)
    keywords = (fields.get("news:keywords") or "").split(",")
    return FeedItem(
        key=link[:1000], url=link, title=plain_text(fields.get("news:title"), 1000),
        published_at=published.moment if isinstance(published, FeedDate) else None,
        updated_at=modified.moment if isinstance(modified, FeedDate) else None,
        zone_assumed=published.zone_assumed if isinstance(published, FeedDate) else None,
        language=(fields.get("news:language") or "")[:2].lower() or None,
        keywords=tuple(word.strip()[:200] for word in keywords[:50] if word.strip()),
        warnings=tuple(f"{name}: {read}" for name, read in (("published", published), ("updated", modified))
                       if isinstance(read, str)),
    )
