"""core.feeds and raw.feed_polls: which feeds are due, and what came of asking them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, insert, text

from transforms.feeds.polling import Pace, pause_seconds
from transforms.identity import derived_id, publisher_id
from transforms.publishers import Feed, Publisher
from warehouse.raw.captures import store_contents
from warehouse.raw.partitions import month_of
from warehouse.storable import storable_value
from warehouse.tables.feeds import feeds
from warehouse.tables.raw import feed_polls
from warehouse.upserts import Changes, upsert

FIRST_KINDS = {"feed": "rss", "sitemap": "sitemap", "section": "section", "archive": "archive"}
"""What a feed is called until its first answer says what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeed:
    """A feed that this process may poll now, with what the last poll left."""

    feed_id: UUID
    publisher_code: str
    url: str
    kind: str
    etag: str | None
    last_modified: str | None
    is_validator_distrusted: bool
    cursor: str | None
    pace: Pace
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One request to a feed, or to a page or child of it, and what came of it.

    `content` are the decoded bytes, None where none came. `outcome` is `content`, `not_modified`, or the
    reason why there was neither.
    """

    feed_id: UUID
    polled_at: datetime
    outcome: str
    detail: str | None = None
    status_code: int | None = None
    item_count: int = 0
    new_item_count: int = 0
    byte_count: int = 0
    elapsed_milliseconds: int | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What a poll leaves for the next one. `rest_seconds` is what the server or its host asked for beyond
    the pace; `is_success` an answer with a feed, or 304."""

    feed_id: UUID
    pace: Pace
    is_success: bool
    kind: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    cursor: str | None = None
    rest_seconds: float = 0.0


def feed_id(publisher_code: str, url: str) -> UUID:
    """The id of a feed's row."""
    return derived_id("feed", publisher_code, url)


def load_feeds(connection: Connection, publishers: Iterable[Publisher], *, today: date) -> Changes:
    """Insert the feeds of publishers, or change those whose file changed; feeds that are listed no more, or
    not valid `today`, become inactive. The publishers must have been loaded."""
    given = list(publishers)
    rows = [_row(publisher, feed, today) for publisher in given for feed in publisher.feeds]
    changes = upsert(connection, feeds, rows, keep=("kind", "interval_seconds"))
    connection.execute(
        text("""
            UPDATE core.feeds SET is_active = false
            WHERE is_active AND publisher_id = ANY (:publisher_ids) AND NOT feed_id = ANY (:feed_ids)
        """),
        {"publisher_ids": [publisher_id(publisher.code) for publisher in given],
         "feed_ids": [row["feed_id"] for row in rows]})
    return changes


def _row(publisher: Publisher, feed: Feed, today: date) -> dict[str, object]:
    is_valid = (feed.valid_from is None or feed.valid_from <= today) and (
        feed.valid_until is None or today < feed.valid_until)
    return {
        "feed_id": feed_id(publisher.code, feed.url), "publisher_id": publisher_id(publisher.code), "url": feed.url,
        "kind": FIRST_KINDS[feed.kind], "is_active": is_valid and feed.kind != "archive",
        "is_validator_distrusted": not feed.has_honest_validators, "interval_seconds": feed.interval_seconds,
    }


def claim_due_feeds(connection: Connection, codes: Sequence[str], *, limit: int, lease_seconds: int,
                    is_forced: bool = False) -> tuple[DueFeed, ...]:
    """Feeds of these publishers whose time has come, at most `limit`, longest due first.

    No other process gets them for `lease_seconds`; `keep_feed_state` says when they are due next. With
    `is_forced` feeds are taken before their time.
    """
    rows = connection.execute(
        text("""
            WITH due AS (
                SELECT feed_id, publishers.publisher_code
                FROM core.feeds JOIN core.publishers USING (publisher_id)
                WHERE feeds.is_active AND publisher_code = ANY (:codes)
                  AND (next_poll_at IS NULL OR next_poll_at <= clock_timestamp() OR :is_forced)
                ORDER BY next_poll_at NULLS FIRST, feed_id
                LIMIT :limit
                FOR UPDATE OF feeds SKIP LOCKED
            )
            UPDATE core.feeds AS claimed
            SET next_poll_at = clock_timestamp() + make_interval(secs => :lease)
            FROM due WHERE claimed.feed_id = due.feed_id
            RETURNING claimed.*, due.publisher_code
        """),
        {"codes": list(codes), "limit": limit, "lease": lease_seconds, "is_forced": is_forced})
    claimed = [
        DueFeed(feed_id=row.feed_id, publisher_code=row.publisher_code, url=row.url, kind=row.kind, etag=row.etag,
                last_modified=row.last_modified, is_validator_distrusted=row.is_validator_distrusted,
                cursor=row.cursor, is_first=row.succeeded_at is None,
                pace=Pace(interval_seconds=row.interval_seconds, weight=row.weight, failure_count=row.failure_count))
        for row in rows]
    return tuple(sorted(claimed, key=lambda feed: (feed.publisher_code, feed.url)))


def keep_polls(connection: Connection, polls: Sequence[FeedPoll], *, run_id: UUID | None) -> None:
    """Keep polls with their bytes."""
    if not polls:
        return
    store_contents(connection, ((poll.polled_at, poll.content) for poll in polls if poll.content is not None))
    connection.execute(insert(feed_polls), [storable_value({
        "feed_poll_id": derived_id("feed_poll", poll.feed_id, poll.polled_at.isoformat()), "feed_id": poll.feed_id,
        "run_id": run_id, "polled_at": poll.polled_at, "outcome": poll.outcome, "detail": poll.detail,
        "status_code": poll.status_code, "item_count": poll.item_count, "new_item_count": poll.new_item_count,
        "byte_count": poll.byte_count, "elapsed_milliseconds": poll.elapsed_milliseconds,
        "content_sha256": None if poll.content is None else hashlib.sha256(poll.content).digest(),
        "content_month": None if poll.content is None else month_of(poll.polled_at),
    }) for poll in polls])


def keep_feed_state(connection: Connection, state: FeedState) -> None:
    """Keep what a poll leaves, and say when the feed is due next. Validators and kind stay where None is given."""
    connection.execute(
        text("""
            UPDATE core.feeds SET
                kind = coalesce(:kind, kind), etag = CASE WHEN :is_changed THEN :etag ELSE etag END,
                last_modified = CASE WHEN :is_changed THEN :last_modified ELSE last_modified END,
                cursor = coalesce(:cursor, cursor), interval_seconds = :interval_seconds, weight = :weight,
                failure_count = :failure_count, polled_at = clock_timestamp(),
                succeeded_at = CASE WHEN :is_success THEN clock_timestamp() ELSE succeeded_at END,
                next_poll_at = clock_timestamp() + make_interval(secs => :pause)
            WHERE feed_id = :feed_id
        """),
        {"feed_id": state.feed_id, "kind": state.kind, "is_changed": state.is_success and state.kind is not None,
         "etag": state.etag, "last_modified": state.last_modified, "cursor": state.cursor,
         "interval_seconds": state.pace.interval_seconds, "weight": state.pace.weight,
         "failure_count": state.pace.failure_count, "is_success": state.is_success,
         "pause": max(float(pause_seconds(state.pace)), state.rest_seconds)})
