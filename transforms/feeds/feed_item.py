"""What a feed says: items, further feeds, and what in it could not be used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

FoundKind: TypeAlias = Literal["rss", "atom", "json", "news_sitemap", "sitemap", "sitemap_index", "section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of a feed. `key` tells it from the feed's other items for good: its guid, else its address.

    `url` is absolute, http or https. Times are aware, UTC; None where the feed gives none that can be
    believed. `zone_assumed` is the IANA zone that was lent to a time printed without one.
    """

    key: str
    url: str | None = None
    title: str | None = None
    summary: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    zone_assumed: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFeed:
    """A sitemap that a sitemap index names."""

    url: str
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """An entry that is no item, and why: `javascript`, `too_long`, `unparsable`, `foreign`, `no_address` ..."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """A feed that was read. Items come in the feed's order, each key once.

    `next_url` is the next older page, where the feed is paged; `pause_seconds` what the feed asks for
    between polls (RSS ttl, sy:updatePeriod); `is_complete` false when the document ends too early.
    """

    kind: FoundKind
    title: str | None = None
    items: tuple[FeedItem, ...] = ()
    children: tuple[ChildFeed, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    next_url: str | None = None
    pause_seconds: int | None = None
    is_complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRejection:
    """A document that is no feed: `empty`, `html`, `unknown_format`, `malformed`, `too_large`, `too_slow`."""

    reason: str
    detail: str
