"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from datetime import datetime
from typing import Any

from transforms.feeds.dates import FeedDate, read_date
from transforms.feeds.feed_item import FeedItem, FeedReading, FeedRejection, Unusable
from transforms.feeds.links import absolute_link
from transforms.feeds.plain_text import plain_text


def read_json_feed(content: bytes, *, url: str | None, time_zone: str | None,
                   known_by: datetime | None) -> FeedReading | FeedRejection:
    """Read a JSON Feed. Items that are no objects are unusable; a document that ends too early is malformed."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as error:
        return FeedRejection(reason="malformed", detail=f"not JSON: {error}"[:200])
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return FeedRejection(reason="unknown_format", detail="JSON without a list of items")
    items: dict[str, FeedItem] = {}
    unusable: list[Unusable] = []
    for entry in feed["items"]:
        read = _item(entry, url, time_zone, known_by)
        if isinstance(read, Unusable):
            unusable.append(read)
        else:
            items.setdefault(read.key, read)
    following = absolute_link(_text(feed.get("next_url")), url)
    return FeedReading(kind="json", title=plain_text(_text(feed.get("title")), 1000), items=tuple(items.values()),
                       unusable=tuple(unusable), next_url=following if isinstance(following, str) else None)


def _item(entry: Any, base: str | None, time_zone: str | None, known_by: datetime | None) -> FeedItem | Unusable:
    if not isinstance(entry, dict):
        return Unusable(reason="unparsable", detail=repr(entry)[:200])
    link = absolute_link(_text(entry.get("url")) or _text(entry.get("external_url")), base)
    key = _text(entry.get("id")) or ""
    if isinstance(link, Unusable) and (link.reason != "no_address" or not key):
        return link
    published = read_date(_text(entry.get("date_published")), time_zone=time_zone, known_by=known_by)
    updated = read_date(_text(entry.get("date_modified")), time_zone=time_zone, known_by=known_by)
    address = link if isinstance(link, str) else None
    authors = entry.get("authors") or [entry.get("author")]
    tags = entry.get("tags") or []
    return FeedItem(
        key=(key or address or "")[:1000], url=address, title=plain_text(_text(entry.get("title")), 1000),
        summary=plain_text(_text(entry.get("summary")) or _text(entry.get("content_text"))
                           or _text(entry.get("content_html")), 10_000),
        published_at=published.moment if isinstance(published, FeedDate) else None,
        updated_at=updated.moment if isinstance(updated, FeedDate) else None,
        zone_assumed=published.zone_assumed if isinstance(published, FeedDate) else None,
        language=(_text(entry.get("language")) or "")[:2].lower() or None,
        authors=tuple(name for author in (authors if isinstance(authors, list) else [])[:20]
                      if isinstance(author, dict) and (name := plain_text(_text(author.get("name")), 200))),
        keywords=tuple(tag[:200] for tag in (tags if isinstance(tags, list) else [])[:50] if isinstance(tag, str)),
        warnings=tuple(f"{name}: {read}" for name, read in (("published", published), ("updated", updated))
                       if isinstance(read, str)),
    )


def _text(value: Any) -> str | None:
    """A string or number as text; anything else counts as missing."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
