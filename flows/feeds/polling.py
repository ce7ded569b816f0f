"""What one answer of a feed means: what to list, what to ask next, and how soon to come back. No I/O."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flows.feeds.reading import FeedReader
from flows.web.exchange import Exchange
from flows.web.jobs import Job
from flows.web.settings import FEED_LIMITS
from transforms.feeds.feed_item import ChildFeed, FeedItem, FeedReading, FeedRejection
from transforms.feeds.polling import Pace, pace_after_failure, pace_after_success
from transforms.publishers import Feed, Publisher
from warehouse.core.feeds import DueFeed
from warehouse.raw.feed_items import ListedItem, unusable_item

PAGES_MAXIMUM = 5
"""How many older pages of a feed are asked for when everything on the newer ones was new."""
CHILDREN_MAXIMUM = 20
"""How many sitemaps of an index are asked for in one poll; the others follow in the next ones."""
DEPTH_MAXIMUM = 2
OLD = timedelta(days=30)
"""Sitemaps list whole archives: what is older is left to a backfill."""


@dataclass(slots=True)
class FeedVisit:
    """One feed being polled: its file's entry, its row, and what this poll has seen so far."""

    publisher: Publisher
    feed: Feed
    due: DueFeed
    cursor: dict[str, dict[str, str | None]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request of a visit: the feed itself (depth 0), an older page of it, or a sitemap that it names."""

    visit: FeedVisit
    url: str
    depth: int = 0
    is_page: bool = False
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an answer comes to. `outcome` is `content`, `not_modified` or the reason of a failure."""

    outcome: str
    detail: str | None = None
    listed: tuple[ListedItem, ...] = ()
    reading: FeedReading | None = None

    @property
    def is_success(self) -> bool:
        """Whether the feed answered as a feed does."""
        return self.outcome in ("content", "not_modified")


def begin_visit(publisher: Publisher, due: DueFeed) -> FeedVisit | None:
    """A visit of a due feed; None where the publisher's file no longer lists it."""
    feed = next((feed for feed in publisher.feeds if feed.url == due.url), None)
    if feed is None:
        return None
    return FeedVisit(publisher=publisher, feed=feed, due=due, cursor=_read_cursor(due.cursor))


def job_of(ask: Ask) -> Job:
    """The request, conditional where the last answer left validators and they are believed."""
    visit = ask.visit
    headers = {"Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
                         "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"}
    if ask.depth == 0 and not ask.is_page:
        etag, modified = visit.due.etag, visit.due.last_modified
    else:
        known = visit.cursor.get(ask.url, {})
        etag, modified = known.get("etag"), known.get("last_modified")
    if not visit.due.is_validator_distrusted:
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
    visit.asked.add(ask.url)
    return Job(subject=ask, url=ask.url, pause_seconds=visit.publisher.request_interval_seconds, headers=headers,
               limits=FEED_LIMITS)


def hear(ask: Ask, exchange: Exchange, reader: FeedReader) -> Heard:
    """Read an answer."""
    if exchange.outcome == "not_modified":
        return Heard(outcome="not_modified")
    if exchange.outcome != "ok":
        return Heard(outcome=exchange.outcome, detail=exchange.detail)
    visit = ask.visit
    content_type = exchange.header("Content-Type")
    charset = re.search(r"""charset=["']?([\w.:-]+)""", content_type or "", re.I)
    reading = reader.read(
        exchange.content, url=exchange.url, content_type=content_type, charset=charset[1] if charset else None,
        link_selector=visit.feed.link_selector, link_pattern=visit.feed.link_pattern,
        time_zone=visit.publisher.time_zone, known_by=exchange.requested_at)
    if isinstance(reading, FeedRejection):
        return Heard(outcome=reading.reason, detail=reading.detail)
    listed = [ListedItem(item=item, refusal=refusal_of(item, visit.publisher, reading, exchange.requested_at))
              for item in reading.items]
    listed += [unusable_item(entry) for entry in reading.unusable]
    return Heard(outcome="content", detail=None if reading.is_complete else "ends too early", reading=reading,
                 listed=tuple(listed))


def refusal_of(item: FeedItem, publisher: Publisher, reading: FeedReading, now: datetime) -> str | None:
    """Why an item will not be fetched; None where it will."""
    if item.url is None:
        return "no_address"
    if not publisher.owns_host((urlsplit(item.url).hostname or "").rstrip(".")):
        return "foreign_host"
    if any(re.search(pattern, item.url) for pattern in publisher.excluded_patterns):
        return "excluded"
    if publisher.article_pattern is not None and not re.search(publisher.article_pattern, item.url):
        return "no_article"
    dated = item.published_at or item.updated_at
    if reading.kind == "sitemap" and dated is not None and dated < now - OLD:
        return "too_old"
    return None


def next_asks(ask: Ask, heard: Heard, *, new_item_count: int) -> Iterator[Ask]:
    """What else to ask for: an older page when all of this one was new, the sitemaps of an index that changed."""
    visit, reading = ask.visit, heard.reading
    if heard.outcome == "not_modified" and ask.depth == 0:
        # An index may stand still while the sitemaps that it names without a date go on.
        for url, known in list(visit.cursor.items()):
            if known.get("modified_at") is None and url not in visit.asked:
                yield Ask(visit=visit, url=url, depth=1)
        return
    if reading is None:
        return
    is_all_new = reading.items and new_item_count == len(heard.listed)
    if reading.next_url and is_all_new and not visit.due.is_first and visit.pages < PAGES_MAXIMUM and (
            reading.next_url not in visit.asked and _is_own(reading.next_url, visit)):
        visit.pages += 1
        yield Ask(visit=visit, url=reading.next_url, depth=ask.depth, is_page=True)
    if ask.depth < DEPTH_MAXIMUM:
        for child in _children_due(visit, reading.children):
            yield Ask(visit=visit, url=child.url, depth=ask.depth + 1, modified_at=child.modified_at)


def note_child(ask: Ask, exchange: Exchange) -> None:
    """Remember a child's validators, for the visit's cursor."""
    known = ask.visit.cursor.get(ask.url, {})
    if exchange.outcome == "ok":
        known = {"etag": exchange.header("ETag"), "last_modified": exchange.header("Last-Modified")}
    ask.visit.cursor[ask.url] = known | {"modified_at": ask.modified_at.isoformat() if ask.modified_at else None}


def write_cursor(visit: FeedVisit) -> str | None:
    """The cursor as text, the newest 500 children; None where the feed has none."""
    if not visit.cursor:
        return None
    newest = sorted(visit.cursor.items(), key=lambda entry: entry[1].get("modified_at") or "~", reverse=True)[:500]
    return json.dumps({"children": dict(newest)}, separators=(",", ":"), sort_keys=True)


def pace_of(visit: FeedVisit, heard: Heard, *, new_item_count: int) -> Pace:
    """The pace after this answer."""
    if not heard.is_success:
        return pace_after_failure(visit.due.pace)
    reading = heard.reading
    return pace_after_success(
        visit.due.pace, item_count=len(heard.listed), new_item_count=new_item_count,
        minimum=visit.feed.interval_minimum_seconds, maximum=visit.feed.interval_maximum_seconds,
        asked_pause=reading.pause_seconds if reading else None)


def _children_due(visit: FeedVisit, children: tuple[ChildFeed, ...]) -> list[ChildFeed]:
    due = []
    for child in children:
        known = visit.cursor.get(child.url)
        is_changed = known is None or child.modified_at is None or known.get("modified_at") != child.modified_at.isoformat()
        if is_changed and child.url not in visit.asked and _is_own(child.url, visit):
            due.append(child)
    # The newest first; those without a date may be the news sitemaps, so they come before all.
    due.sort(key=lambda child: (child.modified_at is not None,
                                -child.modified_at.timestamp() if child.modified_at else 0.0))
    return due[:max(CHILDREN_MAXIMUM - len(visit.asked) + 1, 0)]


def _is_own(url: str, visit: FeedVisit) -> bool:
    return visit.publisher.owns_host((urlsplit(url).hostname or "").rstrip("."))


def _read_cursor(text: str | None) -> dict[str, dict[str, str | None]]:
    try:
        children: Any = json.loads(text or "{}").get("children", {})
    except (ValueError, AttributeError):
        return {}
    return {str(url): dict(known) for url, known in children.items() if isinstance(known, dict)}


def with_pace(visit: FeedVisit, pace: Pace) -> None:
    """Let later answers of the same visit start from the pace that the feed itself was given."""
    visit.due = replace(visit.due, pace=pace)
