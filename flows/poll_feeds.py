"""Poll the feeds that are due: each answer becomes a row in raw.feed_polls, its items rows in raw.feed_items."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine

from flows.feeds.polling import (
    Ask,
    FeedVisit,
    Heard,
    begin_visit,
    hear,
    job_of,
    next_asks,
    note_child,
    pace_of,
    with_pace,
    write_cursor,
)
from flows.feeds.reading import FeedReader
from flows.web.exchange import Exchange
from flows.web.fetcher import Fetcher
from flows.web.jobs import Fetched, Job
from transforms.publishers import Publisher
from warehouse.core.feeds import FeedPoll, FeedState, claim_due_feeds, keep_feed_state, keep_polls, load_feeds
from warehouse.core.publishers import load_publishers
from warehouse.raw.feed_items import ListedCounts, keep_items

READERS = 2
"""Threads that read feeds, so that a large one holds up no request."""
FEEDS_MAXIMUM = 500
"""Feeds taken in one run: a lease must outlast them all."""


@dataclass(slots=True)
class PollReport:
    """What polling came to: answers by outcome, and the items that were listed for the first time or anew."""

    outcomes: Counter[str] = field(default_factory=Counter)
    touched_ids: set[UUID] = field(default_factory=set)
    byte_count: int = 0


def poll_feeds(engine: Engine, fetcher: Fetcher, publishers: Mapping[str, Publisher], *, run_id: UUID | None = None,
               is_forced: bool = False, seconds: float = 1800.0) -> PollReport:
    """Poll every feed of `publishers` whose time has come (with `is_forced`: every feed), within `seconds`.

    A feed that fails is a row with its reason and stops no other. Each answer is committed by itself.
    """
    report = PollReport()
    now = datetime.now(UTC)
    with engine.begin() as connection:
        load_publishers(connection, publishers.values())
        load_feeds(connection, publishers.values(), today=now.date())
        due = claim_due_feeds(connection, list(publishers), limit=FEEDS_MAXIMUM, lease_seconds=int(seconds) + 120,
                              is_forced=is_forced)
    visits = [visit for one in due if (visit := begin_visit(publishers[one.publisher_code], one))]
    waiting = [job_of(Ask(visit=visit, url=visit.due.url)) for visit in visits]

    def more(count: int) -> list[Job]:
        drawn = waiting[:]
        waiting.clear()
        return drawn

    end = time.monotonic() + seconds
    with FeedReader() as reader, ThreadPoolExecutor(READERS, thread_name_prefix="read feeds") as readers:
        reading: list[tuple[Fetched, Future[Heard]]] = []
        while waiting or reading:
            if time.monotonic() >= end:
                for job in waiting:
                    _postpone(engine, Fetched(job=job), report)
                waiting.clear()
            for group in fetcher.run([], more=more, seconds=max(end - time.monotonic(), 0.0)):
                for fetched in group:
                    if fetched.exchanges:
                        reading.append((fetched, readers.submit(hear, fetched.job.subject, fetched.exchanges[-1], reader)))
                    else:
                        _postpone(engine, fetched, report)
                waiting += _keep_read(engine, reading, report, run_id)
            if reading:
                wait([heard for _, heard in reading], return_when=FIRST_COMPLETED)
                waiting += _keep_read(engine, reading, report, run_id)
    return report


def _keep_read(engine: Engine, reading: list[tuple[Fetched, Future[Heard]]], report: PollReport,
               run_id: UUID | None) -> list[Job]:
    """Keep the answers that have been read, and take them off the list; what else they make worth asking for."""
    done = [entry for entry in reading if entry[1].done()]
    reading[:] = [entry for entry in reading if not entry[1].done()]
    return [job_of(ask) for fetched, heard in done for ask in _treat(engine, fetched, heard.result(), report, run_id)]


def _postpone(engine: Engine, fetched: Fetched, report: PollReport) -> None:
    """A feed whose host may not be asked now is due again when it may."""
    ask: Ask = fetched.job.subject
    report.outcomes["postponed"] += 1
    if ask.depth == 0 and not ask.is_page:
        with engine.begin() as connection:
            keep_feed_state(connection, FeedState(
                feed_id=ask.visit.due.feed_id, pace=ask.visit.due.pace, is_success=False,
                rest_seconds=max(fetched.postponed_seconds, 60.0)))


def _treat(engine: Engine, fetched: Fetched, heard: Heard, report: PollReport, run_id: UUID | None) -> list[Ask]:
    """Keep one answer; what else it makes worth asking for."""
    ask: Ask = fetched.job.subject
    exchange = fetched.exchanges[-1]
    report.outcomes[heard.outcome] += 1
    report.byte_count += exchange.wire_bytes
    visit = ask.visit
    with engine.begin() as connection:
        counts = ListedCounts()
        if heard.listed:
            counts = keep_items(connection, visit.due.feed_id, visit.publisher.code, heard.listed,
                                seen_at=exchange.requested_at)
        keep_polls(connection, [_poll(ask, fetched.exchanges, heard, counts)], run_id=run_id)
        asks = list(next_asks(ask, heard, new_item_count=len(counts.new_ids)))
        if ask.depth > 0 and heard.is_success:
            note_child(ask, exchange)
        keep_feed_state(connection, _state(ask, exchange, heard, counts, visit))
    report.touched_ids.update(counts.new_ids, counts.changed_ids)
    return asks


def _poll(ask: Ask, exchanges: Sequence[Exchange], heard: Heard, counts: ListedCounts) -> FeedPoll:
    *earlier_ones, exchange = exchanges
    detail = heard.detail if ask.depth == 0 and not ask.is_page else f"{ask.url}: {heard.detail or 'listed by the feed'}"
    if any(earlier.status_code in (301, 308) for earlier in earlier_ones):
        detail = f"{f'{detail}; ' if detail else ''}moved for good to {exchange.url}"
    return FeedPoll(
        feed_id=ask.visit.due.feed_id, polled_at=exchange.requested_at, outcome=heard.outcome, detail=detail,
        status_code=exchange.status_code, item_count=len(heard.listed), new_item_count=len(counts.new_ids),
        byte_count=exchange.wire_bytes, elapsed_milliseconds=round(exchange.duration_seconds * 1000),
        # Bytes are kept also of what was no feed, so that it can be looked at.
        content=exchange.content if exchange.outcome == "ok" and exchange.content else None)


def _state(ask: Ask, exchange: Exchange, heard: Heard, counts: ListedCounts, visit: FeedVisit) -> FeedState:
    """Only the feed's own answer moves its pace and validators; pages and children move the cursor."""
    if ask.depth == 0 and not ask.is_page:
        pace = pace_of(visit, heard, new_item_count=len(counts.new_ids))
        with_pace(visit, pace)
        reading = heard.reading
        return FeedState(
            feed_id=visit.due.feed_id, pace=pace, is_success=heard.is_success, kind=reading.kind if reading else None,
            etag=exchange.header("ETag"), last_modified=exchange.header("Last-Modified"),
            rest_seconds=exchange.retry_after_seconds or 0.0, cursor=write_cursor(visit))
    if counts.new_ids:
        # News in a child are news of the feed.
        with_pace(visit, pace_of(visit, heard, new_item_count=len(counts.new_ids)))
    return FeedState(feed_id=visit.due.feed_id, pace=visit.due.pace, is_success=True, cursor=write_cursor(visit))
