"""The two steps of a run that touch the web, for the pipeline: poll what is due, then capture what is pending."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine

from flows.capture_pages import PageCapturer
from flows.poll_feeds import poll_feeds
from flows.web.client import WebClient
from flows.web.courtesy import WarehouseCourtesy
from flows.web.fetcher import Fetcher
from flows.web.settings import PAGE_LIMITS, WebSettings
from transforms.publishers import Publisher
from warehouse.ops import runs
from warehouse.raw.feed_items import count_states

POLL_STAGE = "poll-feeds"
CAPTURE_STAGE = "capture-pages"
THREADS = 64
LEASE_SECONDS = PAGE_LIMITS.seconds + 30
"""Longer than any request may take: a turn whose holder is alive is never taken from it."""

Unit = Callable[[UUID], Mapping[str, int]]


@contextmanager
def open_fetcher(engine: Engine, settings: WebSettings) -> Iterator[Fetcher]:
    """A fetcher whose turns are in the warehouse; at the end its requests are done and its turns given back."""
    client = WebClient(settings)
    holder = f"{socket.gethostname()}:{os.getpid()}"
    fetcher = Fetcher(client, WarehouseCourtesy(engine, holder=holder, lease_seconds=LEASE_SECONDS),
                      thread_count=THREADS)
    try:
        yield fetcher
    finally:
        fetcher.close()
        client.close()


def fetch_units(engine: Engine, publishers: Mapping[str, Publisher], settings: WebSettings, *,
                extract_version: str | None, seconds: float = 1800.0,
                is_forced: bool = False) -> tuple[tuple[str, Unit], tuple[str, Unit]]:
    """The steps by name; each takes the run's id and returns what came of its requests, by outcome.

    `publishers` are those to read, active ones in a scheduled run. Each step lasts `seconds` at most. New
    captures become pending for extraction by `extract_version`. The second step closes the account of the
    run's feed items: fetched, not modified, refused, failed and pending add up to those seen.
    """
    touched: set[UUID] = set()

    def poll(run_id: UUID) -> Mapping[str, int]:
        with open_fetcher(engine, settings) as fetcher:
            report = poll_feeds(engine, fetcher, publishers, run_id=run_id, is_forced=is_forced, seconds=seconds)
        touched.update(report.touched_ids)
        return dict(report.outcomes)

    def capture(run_id: UUID) -> Mapping[str, int]:
        with open_fetcher(engine, settings) as fetcher:
            capturer = PageCapturer(engine, fetcher, publishers, run_id=run_id, extract_version=extract_version)
            report = capturer.run(seconds=seconds)
        touched.update(report.touched_ids)
        with engine.begin() as connection:
            states = count_states(connection, sorted(touched))
            runs.add_counts(connection, run_id, "feed_item", {"seen": sum(states.values()), **states})
        return dict(report.outcomes)

    return (POLL_STAGE, poll), (CAPTURE_STAGE, capture)
