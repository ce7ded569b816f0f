"""RSS 0.9 to 2.0, RDF, Atom and CDF, by way of feedparser, which knows their dialects."""

import io
import re
from datetime import datetime
from typing import Any
from xml.sax import SAXException

import feedparser

from transforms.feeds.dates import read_date
from transforms.feeds.feed_item import FeedItem, FeedReading, FeedRejection, FoundKind, Unusable
from transforms.feeds.links import absolute_link
from transforms.feeds.plain_text import plain_text

TITLE_CHARACTERS = 1000
SUMMARY_CHARACTERS = 10_000
KEY_CHARACTERS = 1000
SYNDICATION_BYTES_MAXIMUM = 8_000_000
"""Of news feeds none is near it; feedparser takes a second for each megabyte."""
DEPTH_MAXIMUM = 50_000
TAG = re.compile(rb"<(/?)[A-Za-z][^<>]{0,2000}?(/?)>")
PERIOD_SECONDS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def read_syndication(content: bytes, *, url: str | None, content_type: str | None, time_zone: str | None,
                     known_by: datetime | None, fallback: FoundKind) -> FeedReading | FeedRejection:
    """Read an RSS, RDF or Atom document. `content_type` is the header as the server sent it, if any.

    A document that ends too early yields the items before the end.
    """
    if len(content) > SYNDICATION_BYTES_MAXIMUM:
        return FeedRejection(reason="too_large", detail=f"{len(content)} bytes")
    if _is_too_deep(content):
        return FeedRejection(reason="malformed", detail=f"more than {DEPTH_MAXIMUM} elements left open")
    headers = {"content-location": url or ""}
    # text/* without charset would mean US-ASCII to feedparser, as RFC 3023 wanted; the XML itself knows better.
    if content_type and "charset" in content_type.lower():
        headers["content-type"] = content_type
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False,
                              resolve_relative_uris=False)
    failure = parsed.get("bozo_exception") if parsed.get("bozo") else None
    if isinstance(failure, SAXException) and not parsed.get("version") and not parsed.entries:
        return FeedRejection(reason="malformed", detail=str(failure or "no feed in it")[:200])
    base = _base(parsed.feed, url)
    items: dict[str, FeedItem] = {}
    unusable: list[Unusable] = []
    for entry in parsed.entries:
        read = _item(entry, base, time_zone, known_by)
        if isinstance(read, Unusable):
            unusable.append(read)
        else:
            items.setdefault(read.key, read)
    following = absolute_link(next((link.get("href") for link in parsed.feed.get("links", ())
                                    if link.get("rel") in ("next", "prev-archive")), None), base)
    version = str(parsed.get("version") or "")
    return FeedReading(
        kind="atom" if version.startswith("atom") else "rss" if version.startswith("rss") else fallback,
        title=plain_text(parsed.feed.get("title"), TITLE_CHARACTERS), items=tuple(items.values()),
        unusable=tuple(unusable), next_url=following if isinstance(following, str) else None,
        pause_seconds=_pause(parsed.feed), is_complete=_is_complete(content),
    )


def _is_too_deep(content: bytes) -> bool:
    """Whether so many elements are left open that feedparser, whose time grows with the square, would stand still."""
    opened = content.count(b"<") - 2 * content.count(b"</")
    if opened < DEPTH_MAXIMUM:
        return False
    depth = 0
    for tag in TAG.finditer(content):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth > DEPTH_MAXIMUM:
            return True
    return False


def _item(entry: Any, base: str | None, time_zone: str | None, known_by: datetime | None) -> FeedItem | Unusable:
    key = str(entry.get("id") or "").strip()
    printed = _link(entry)
    link = absolute_link(printed or (entry.get("id") if entry.get("guidislink") else None), base)
    if isinstance(link, Unusable) and (printed is None or printed.strip() == key):
        # An id that stands in for the link, and is none, such as tag: and urn:.
        link = Unusable(reason="no_address", detail=key[:200])
    # An address that may not be followed is refused; an item that never had one is kept by its guid.
    if isinstance(link, Unusable) and (link.reason != "no_address" or not key):
        return link
    warnings = []
    dates = {}
    for name, fields in (("published", ("published", "created")), ("updated", ("updated",))):
        # feedparser answers `published` for a missing `updated` with a warning; `dict.get` does not.
        found = read_date(next((text for field in fields if (text := dict.get(entry, field))), None),
                          time_zone=time_zone, known_by=known_by)
        parsed = next((value for field in fields if (value := dict.get(entry, field + "_parsed"))), None)
        if found == "unreadable_date" and parsed:
            # feedparser knows a few more forms: Greek, Hungarian, Korean.
            found = read_date("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6]), time_zone=None,
                              known_by=known_by)
        if isinstance(found, str):
            warnings.append(f"{name}: {found}")
        elif found is not None:
            dates[name] = found
    published = dates.get("published") or dates.get("updated")
    updated = dates.get("updated") if "published" in dates else None
    url = link if isinstance(link, str) else None
    return FeedItem(
        key=(key or url or "")[:KEY_CHARACTERS], url=url,
        title=plain_text(entry.get("title"), TITLE_CHARACTERS),
        summary=plain_text(entry.get("summary"), SUMMARY_CHARACTERS),
        published_at=published.moment if published else None, updated_at=updated.moment if updated else None,
        zone_assumed=published.zone_assumed if published else None,
        language=_language(entry), warnings=tuple(warnings),
        authors=tuple(person for author in entry.get("authors", ())[:20]
                      if (person := plain_text(author.get("name") or author.get("email"), 200))),
        keywords=tuple(term for tag in entry.get("tags", ())[:50]
                       if (term := plain_text(tag.get("label") or tag.get("term"), 200))),
    )


def _link(entry: Any) -> str | None:
    """The article's own address: FeedBurner's note of the original first, then links to HTML."""
    if original := entry.get("feedburner_origlink"):
        return str(original)
    links = [link for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate" and link.get("href")]
    links.sort(key=lambda link: "html" not in link.get("type", "text/html"))
    return str(links[0]["href"]) if links else dict.get(entry, "link")


def _base(feed: Any, url: str | None) -> str | None:
    """What relative links lean on: where the feed came from, else the page that it says it belongs to."""
    if url:
        return url
    link = absolute_link(feed.get("link"), None)
    return link if isinstance(link, str) else None


def _language(entry: Any) -> str | None:
    given = str(entry.get("language") or entry.get("title_detail", {}).get("language") or "")
    return given[:2].lower() if given[:2].isascii() and given[:2].isalpha() else None


def _pause(feed: Any) -> int | None:
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isdigit() and 0 < int(ttl[:9]) <= 10_080:
        return int(ttl) * 60
    period = PERIOD_SECONDS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    if period is None or not frequency.isdigit() or not 0 < int(frequency[:6]) <= 3600:
        return None
    return max(period // int(frequency), 60)


def _is_complete(content: bytes) -> bool:
    ending = content[-4096:].replace(b"\0", b"")  # UTF-16 and UTF-32 too
    return re.search(rb"</(?:[\w.-]+:)?(?:rss|rdf|feed|channel|entry)\s*>", ending, re.I) is not None
