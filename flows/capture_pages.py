"""Fetch the pages of pending feed items into raw.captures. Whatever comes of a request is a row."""

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Engine

from flows.web.exchange import TRANSIENT, Exchange
from flows.web.fetcher import Fetcher
from flows.web.jobs import Fetched, Job
from transforms.feeds.impostors import impostor_kind
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops import work
from warehouse.ops.tombstones import forgotten_urls
from warehouse.raw.captures import Capture, load_captures
from warehouse.raw.feed_items import (
    ATTEMPTS_MAXIMUM,
    ItemState,
    PendingItem,
    Settlement,
    claim_pending_items,
    release_items,
    settle_items,
)

UNDER_WAY_MAXIMUM = 5000
PER_PUBLISHER = 20
"""Items of one publisher that are claimed at once: with its pause between them it would not get to more."""
CLAIM_AGAIN_SECONDS = 30.0
LEASE_SECONDS = 1800
COMMIT_COUNT = 50
COMMIT_SECONDS = 2.0
REST_SECONDS = 60.0
"""Rest after the first failure of the passing kind; doubled by each further one."""
REFUSALS = frozenset({"refused_address", "robots_disallowed", "unexpected_type"})


@dataclass(slots=True)
class CaptureReport:
    """What capturing came to: answers by outcome, the items that were claimed, the captures that are new."""

    outcomes: Counter[str] = field(default_factory=Counter)
    touched_ids: set[UUID] = field(default_factory=set)
    new_capture_ids: list[UUID] = field(default_factory=list)
    byte_count: int = 0


class PageCapturer:
    """Fetches the pending items of some publishers until there are none, or the time is over."""

    def __init__(self, engine: Engine, fetcher: Fetcher, publishers: Mapping[str, Publisher], *,
                 run_id: UUID | None = None, extract_version: str | None = None) -> None:
        self._engine = engine
        self._fetcher = fetcher
        self._publishers = publishers
        self._run_id = run_id
        self._extract_version = extract_version
        self._under_way: Counter[str] = Counter()
        self._empty_until: dict[str, float] = {}
        self._waiting: list[tuple[Capture, Settlement]] = []
        self._released: list[tuple[PendingItem, float]] = []
        self._writing: list[Future[tuple[UUID, ...]]] = []
        self._kept_at = time.monotonic()
        self.report = CaptureReport()

    def run(self, *, seconds: float) -> CaptureReport:
        """Fetch for at most `seconds`. Captures are committed in batches, with what became of their items."""
        with self._engine.begin() as connection:
            load_publishers(connection, self._publishers.values())
        with ThreadPoolExecutor(1, thread_name_prefix="keep captures") as writer:
            for group in self._fetcher.run([], more=self._claim, seconds=seconds):
                for fetched in group:
                    self._treat(fetched)
                if len(self._waiting) >= COMMIT_COUNT or time.monotonic() - self._kept_at > COMMIT_SECONDS:
                    self._keep(writer)
            self._keep(writer)
            self._await_writing(0)
        return self.report

    def _claim(self, count: int) -> Sequence[Job]:
        """More jobs, from those publishers that have few under way, in one transaction."""
        now = time.monotonic()
        # Many publishers share the room, so that all of them are read at once.
        share = max(min(PER_PUBLISHER, UNDER_WAY_MAXIMUM // max(len(self._publishers), 1)), 2)
        wanted = {code: share - self._under_way[code] for code in self._publishers
                  if share - self._under_way[code] >= share // 2 and self._empty_until.get(code, 0.0) <= now}
        if not wanted or count >= UNDER_WAY_MAXIMUM:
            return ()
        jobs: list[Job] = []
        with self._engine.begin() as connection:
            for code, room in wanted.items():
                items = claim_pending_items(connection, code, limit=room, lease_seconds=LEASE_SECONDS)
                if len(items) < room:
                    self._empty_until[code] = now + CLAIM_AGAIN_SECONDS
                forgotten = forgotten_urls(connection, [item.url for item in items])
                if forgotten:
                    settle_items(connection, [Settlement(item=item, state="refused", reason="forgotten")
                                              for item in items if item.url in forgotten])
                self.report.touched_ids.update(item.feed_item_id for item in items)
                jobs += [_job(item, self._publishers[code]) for item in items if item.url not in forgotten]
                self._under_way[code] += len(items) - len(forgotten)
        return jobs

    def _treat(self, fetched: Fetched) -> None:
        item: PendingItem = fetched.job.subject
        self._under_way[item.publisher_code] -= 1
        if not fetched.exchanges:
            self.report.outcomes["postponed"] += 1
            self._released.append((item, fetched.postponed_seconds))
            return
        capture = capture_of(item, fetched.exchanges)
        self.report.outcomes[capture.outcome] += 1
        self.report.byte_count += sum(exchange.wire_bytes for exchange in fetched.exchanges)
        self._waiting.append((capture, settlement_of(item, capture.outcome, fetched.exchanges[-1])))

    def _keep(self, writer: ThreadPoolExecutor) -> None:
        """Let the writer commit what is waiting while requests go on; at most two batches wait for it."""
        self._await_writing(1)
        self._writing.append(writer.submit(self._write, self._waiting, self._released))
        self._waiting, self._released = [], []
        self._kept_at = time.monotonic()

    def _await_writing(self, left: int) -> None:
        while len(self._writing) > left:
            self.report.new_capture_ids += self._writing.pop(0).result()

    def _write(self, waiting: Sequence[tuple[Capture, Settlement]],
               released: Sequence[tuple[PendingItem, float]]) -> tuple[UUID, ...]:
        """Commit captures and what became of their items; the ids of the captures that are new."""
        with self._engine.begin() as connection:
            loaded = load_captures(connection, [capture for capture, _ in waiting], run_id=self._run_id)
            if waiting:
                settle_items(connection, [settlement for _, settlement in waiting])
            if self._extract_version is not None and loaded.new_ids:
                work.enqueue(connection, "extract", self._extract_version, loaded.new_ids)
            for item, seconds in released:
                release_items(connection, [item], rest_seconds=seconds)
        return loaded.new_ids


def capture_of(item: PendingItem, exchanges: Sequence[Exchange]) -> Capture:
    """The capture that a chain of exchanges comes to. Bytes are kept of what may be an article."""
    last = exchanges[-1]
    outcome = "content" if last.outcome == "ok" else str(last.outcome)
    if last.outcome == "ok":
        outcome = impostor_kind(last.content, asked_url=item.url, final_url=last.url) or "content"
    media_type, charset = media_type_of(last.header("Content-Type"))
    return Capture(
        kind="fetch", url=item.url, final_url=last.url, publisher_code=item.publisher_code,
        feed_item_id=item.feed_item_id, fetched_at=last.requested_at, is_time_known=True, outcome=outcome,
        content=last.content if outcome == "content" else None, status_code=last.status_code, media_type=media_type,
        charset=charset, request_headers=plain_headers(last.request_headers), response_headers=plain_headers(last.response_headers),
        elapsed_milliseconds=round(sum(exchange.duration_seconds for exchange in exchanges) * 1000),
        published_hint=item.published_at, published_hint_source="feed" if item.published_at else None)


def settlement_of(item: PendingItem, outcome: str, last: Exchange) -> Settlement:
    """What becomes of an item: passing failures are tried again, ever later, until they are failures for good."""
    if outcome in ("content", "not_modified"):
        return Settlement(item=item, state="fetched" if outcome == "content" else "not_modified")
    if last.outcome in TRANSIENT and item.attempts < ATTEMPTS_MAXIMUM:
        rest = max(REST_SECONDS * 2 ** (item.attempts - 1), last.retry_after_seconds or 0.0)
        return Settlement(item=item, state="pending", reason=outcome, rest_seconds=rest)
    state: ItemState = "refused" if outcome in REFUSALS else "failed"
    return Settlement(item=item, state=state, reason=outcome)


def _job(item: PendingItem, publisher: Publisher) -> Job:
    headers = {"If-None-Match": item.etag} if item.etag else {}
    headers |= {"If-Modified-Since": item.last_modified} if item.last_modified else {}
    return Job(subject=item, url=item.url, pause_seconds=publisher.request_interval_seconds, headers=headers)


def plain_headers(headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Names in lower case, each once."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name.lower()] = f"{joined[name.lower()]}, {value}" if name.lower() in joined else value
    return tuple(joined.items())


def media_type_of(content_type: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, in lower case; None for what it does not say."""
    kind, _, parameters = (content_type or "").partition(";")
    charset = re.search(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", parameters, re.I)
    return kind.strip().lower()[:100] or None, charset[1].lower() if charset else None
