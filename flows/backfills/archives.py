"""Old articles on the web, by window: a publisher's dated archive pages and its sitemaps.

Addresses that were captured before are not asked for again, so a window that is read a second time costs its
lists alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, text

from flows.backfills.sources import BACKFILL_PRIORITY, WindowCapture
from flows.capture_pages import media_type_of, plain_headers
from flows.fetching import open_fetcher
from flows.web.exchange import Exchange
from flows.web.fetcher import Fetcher
from flows.web.jobs import Fetched, Job
from flows.web.settings import FEED_LIMITS, read_web_settings
from transforms.failures import PermanentError, TransientError
from transforms.feeds.feed_item import FeedItem, FeedReading
from transforms.feeds.impostors import impostor_kind
from transforms.feeds.reader import read_feed
from transforms.publishers import Feed, Publisher
from transforms.windows import Window
from warehouse.core import publishers as publisher_rows
from warehouse.crash_points import crash_point
from warehouse.ops import work
from warehouse.ops.tombstones import forgotten_urls
from warehouse.raw.captures import Capture, load_captures

COMMIT_COUNT = 50
# Archive lists have further pages; a list that never ends is cut here.
PAGES_MAXIMUM = 50
SITEMAPS_MAXIMUM = 500
SECONDS_MAXIMUM = 6 * 3600.0


class OutOfRequests(TransientError):
    """The requests that the backfill may make are made."""


@dataclass(slots=True)
class _Purse:
    """Requests made, and how many may be."""

    maximum: int | None
    spent: int = 0

    @property
    def left(self) -> int:
        return 1 << 30 if self.maximum is None else max(0, self.maximum - self.spent)


@dataclass(slots=True)
class ArchivesSource:
    """Archive pages and sitemaps of one publisher. Sitemaps are read once in the life of this value."""

    engine: Engine
    fetcher: Fetcher
    publisher: Publisher
    zone: ZoneInfo
    stage_version: str
    priority: int = BACKFILL_PRIORITY
    _readings: dict[str, FeedReading] = field(default_factory=dict)

    def capture(self, window: Window, run_id: UUID, *, request_maximum: int | None) -> WindowCapture:
        """See `flows.backfills.sources.WindowSource.capture`.

        Raises TransientError where a list does not answer, PermanentError where it cannot be read: a window is
        never taken for empty because its list was not there.
        """
        purse = _Purse(maximum=request_maximum)
        ids: list[UUID] = []
        new = 0
        try:
            items = self._listed(window, purse)
            with self.engine.begin() as connection:
                publisher_rows.load_publishers(connection, [self.publisher])
                known = _known(connection, list(items))
            ids += known.values()
            for group in self._pages([item for url, item in items.items() if url not in known], purse):
                loaded = self._keep(group, run_id)
                ids += loaded
                new += len(loaded)
        except OutOfRequests:
            return WindowCapture(capture_ids=tuple(ids), new_count=new, request_count=purse.spent, is_out_of_requests=True)
        return WindowCapture(capture_ids=tuple(ids), new_count=new, request_count=purse.spent)

    def _listed(self, window: Window, purse: _Purse) -> dict[str, FeedItem]:
        """The items of a window by address, those of other hosts and of no article left out."""
        found: dict[str, FeedItem] = {}
        for feed in self.publisher.feeds:
            if feed.kind == "archive":
                for url in archive_urls(feed, window, self.zone):
                    for item in self._archive_items(feed, url, purse):
                        found.setdefault(item.url or "", item)
            elif feed.kind == "sitemap":
                for item in self._sitemap_items(feed, window, purse):
                    found.setdefault(item.url or "", item)
        return {url: item for url, item in found.items() if url and self._is_article(url)}

    def _archive_items(self, feed: Feed, url: str, purse: _Purse) -> Iterator[FeedItem]:
        asked: set[str] = set()
        following: str | None = url
        while following is not None and following not in asked and len(asked) < PAGES_MAXIMUM:
            asked.add(following)
            reading = self._read(feed, following, purse)
            yield from reading.items
            following = reading.next_url

    def _sitemap_items(self, feed: Feed, window: Window, purse: _Purse) -> Iterator[FeedItem]:
        waiting, asked = [feed.url], set[str]()
        while waiting and len(asked) < SITEMAPS_MAXIMUM:
            url = waiting.pop()
            if url in asked:
                continue
            asked.add(url)
            if url not in self._readings:
                self._readings[url] = self._read(feed, url, purse)
            reading = self._readings[url]
            # What was changed last before the window holds nothing of it.
            waiting += [child.url for child in reading.children if child.modified_at is None or child.modified_at >= window.start]
            for item in reading.items:
                moment = item.published_at or item.updated_at
                if moment is not None and window.start <= moment < window.end:
                    yield item

    def _read(self, feed: Feed, url: str, purse: _Purse) -> FeedReading:
        (exchange,) = self._ask([url], purse)
        if exchange.outcome in ("not_found", "gone"):
            # A day on which nothing was published often has no page at all.
            return FeedReading(kind="section")
        if exchange.outcome != "ok":
            kind = TransientError if exchange.is_transient else PermanentError
            raise kind(f"{url}: {exchange.outcome}{f' ({exchange.detail})' if exchange.detail else ''}")
        reading = read_feed(
            exchange.content, url=exchange.url, content_type=exchange.header("Content-Type"), link_selector=feed.link_selector,
            link_pattern=feed.link_pattern, time_zone=self.publisher.time_zone, known_by=exchange.requested_at,
        )
        if not isinstance(reading, FeedReading):
            raise PermanentError(f"{url}: {reading.reason} ({reading.detail})")
        return reading

    def _pages(self, items: Sequence[FeedItem], purse: _Purse) -> Iterator[list[tuple[FeedItem, tuple[Exchange, ...]]]]:
        """Fetch articles, in groups to be committed. Raises OutOfRequests behind the last that may be asked for."""
        with self.engine.begin() as connection:
            forgotten = forgotten_urls(connection, [item.url or "" for item in items])
        wanted = [item for item in items if item.url not in forgotten]
        allowed = wanted[: purse.left]
        group: list[tuple[FeedItem, tuple[Exchange, ...]]] = []
        jobs = [Job(subject=item, url=item.url or "", pause_seconds=self.publisher.request_interval_seconds) for item in allowed]
        for fetched in self._run(jobs):
            purse.spent += len(fetched.exchanges)
            group.append((fetched.job.subject, fetched.exchanges))
            if len(group) >= COMMIT_COUNT:
                yield group
                group = []
        if group:
            yield group
        if len(allowed) < len(wanted):
            raise OutOfRequests("no requests are left")

    def _ask(self, urls: Sequence[str], purse: _Purse) -> list[Exchange]:
        if purse.left < len(urls):
            raise OutOfRequests("no requests are left")
        jobs = [Job(subject=None, url=url, pause_seconds=self.publisher.request_interval_seconds, limits=FEED_LIMITS) for url in urls]
        answers = []
        for fetched in self._run(jobs):
            purse.spent += len(fetched.exchanges)
            answers.append(fetched.exchanges[-1])
        return answers

    def _run(self, jobs: Iterable[Job]) -> Iterator[Fetched]:
        for group in self.fetcher.run(jobs, seconds=SECONDS_MAXIMUM):
            for fetched in group:
                if not fetched.exchanges:
                    raise TransientError(f"{fetched.job.url}: its host asks to be left alone for {fetched.postponed_seconds:.0f} s.")
                yield fetched

    def _keep(self, group: Sequence[tuple[FeedItem, tuple[Exchange, ...]]], run_id: UUID) -> tuple[UUID, ...]:
        captures = [_capture_of(item, exchanges, self.publisher) for item, exchanges in group]
        with self.engine.begin() as connection:
            loaded = load_captures(connection, captures, run_id=run_id)
            contents = {capture.capture_id for capture in captures if capture.outcome == "content"}
            read = [one for one in loaded.new_ids if one in contents]
            if read:
                work.enqueue(connection, "extract", self.stage_version, read, priority=self.priority)
            crash_point("capturing")
        crash_point("captured")
        return tuple(read)

    def _is_article(self, url: str) -> bool:
        publisher = self.publisher
        return (
            publisher.owns_host((urlsplit(url).hostname or "").rstrip("."))
            and not any(re.search(pattern, url) for pattern in publisher.excluded_patterns)
            and (publisher.article_pattern is None or re.search(publisher.article_pattern, url) is not None)
        )


@contextmanager
def open_archives(engine: Engine, publisher: Publisher, zone: ZoneInfo, *, stage_version: str) -> Iterator[ArchivesSource]:
    """The archives of a publisher, asked through the client and the politeness that scheduled runs share."""
    with open_fetcher(engine, read_web_settings()) as fetcher:
        yield ArchivesSource(engine=engine, fetcher=fetcher, publisher=publisher, zone=zone, stage_version=stage_version)


def archive_urls(feed: Feed, window: Window, zone: ZoneInfo) -> tuple[str, ...]:
    """The archive pages of the publisher's days in a window, each once, in order; days out of validity left out."""
    day = window.start.astimezone(zone).date()
    last = (window.end - timedelta(microseconds=1)).astimezone(zone).date()
    urls: dict[str, None] = {}
    while day <= last:
        if (feed.valid_from is None or feed.valid_from <= day) and (feed.valid_until is None or day < feed.valid_until):
            urls[feed.url.format(year=f"{day.year:04}", month=f"{day.month:02}", day=f"{day.day:02}")] = None
        day += timedelta(days=1)
    return tuple(urls)


def _known(connection: Connection, urls: Sequence[str]) -> dict[str, UUID]:
    """Captures with content of these addresses, the newest of each."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT ON (url) url, capture_id FROM raw.captures WHERE url = ANY(:urls) AND outcome = 'content'"
            " ORDER BY url, fetched_at DESC"
        ),
        {"urls": list(urls)},
    )
    return {row.url: row.capture_id for row in rows}


def _capture_of(item: FeedItem, exchanges: tuple[Exchange, ...], publisher: Publisher) -> Capture:
    last = exchanges[-1]
    outcome = "content" if last.outcome == "ok" else str(last.outcome)
    if last.outcome == "ok":
        outcome = impostor_kind(last.content, asked_url=item.url or "", final_url=last.url) or "content"
    media_type, charset = media_type_of(last.header("Content-Type"))
    hint: datetime | None = item.published_at
    return Capture(
        kind="fetch", url=item.url, final_url=last.url, publisher_code=publisher.code, fetched_at=last.requested_at,
        is_time_known=True, outcome=outcome, content=last.content if outcome == "content" else None,
        status_code=last.status_code, media_type=media_type, charset=charset,
        request_headers=plain_headers(last.request_headers), response_headers=plain_headers(last.response_headers),
        elapsed_milliseconds=round(sum(one.duration_seconds for one in exchanges) * 1000),
        published_hint=hint, published_hint_source="sitemap" if hint else None,
    )
