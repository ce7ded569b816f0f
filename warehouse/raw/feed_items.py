"""raw.feed_items: what feeds listed, and what became of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, or_, text
from sqlalchemy.dialects.postgresql import insert

from transforms.feeds.feed_item import FeedItem, Unusable
from transforms.identity import derived_id, publisher_id
from warehouse.ops.tombstones import forgotten_urls
from warehouse.storable import storable_value
from warehouse.tables.raw import feed_items

ItemState: TypeAlias = Literal["pending", "fetched", "not_modified", "refused", "failed"]
ATTEMPTS_MAXIMUM = 6
"""After so many failures of the passing kind an item is failed for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """An item to keep; `refusal` is the reason why it will not be fetched, None where it will."""

    item: FeedItem
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingItem:
    """An item that this process may fetch now. `etag` and `last_modified` are of its latest capture, if any."""

    feed_item_id: UUID
    publisher_code: str
    url: str
    attempts: int
    published_at: datetime | None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of an item. With `state` pending it is tried again after `rest_seconds`."""

    item: PendingItem
    state: ItemState
    reason: str | None = None
    rest_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCounts:
    """What listing did: ids of items that were not known, and of those that came back changed."""

    new_ids: tuple[UUID, ...] = ()
    changed_ids: tuple[UUID, ...] = ()


def unusable_item(entry: Unusable) -> ListedItem:
    """A feed's entry that is no item, as a refused item, so that it is seen."""
    key = f"unusable:{entry.reason}:{hashlib.sha256(entry.detail.encode('utf-8', 'replace')).hexdigest()[:32]}"
    return ListedItem(item=FeedItem(key=key, title=entry.detail[:200] or None), refusal=entry.reason)


def keep_items(connection: Connection, feed_id: UUID, publisher_code: str, listed: Iterable[ListedItem], *,
               seen_at: datetime) -> ListedCounts:
    """Keep a feed's items. One that is known and says nothing new is not written.

    An item whose address, title or time of change is new goes back to pending. Addresses that were taken
    down (ops.tombstones) are refused.
    """
    rows: dict[UUID, dict[str, Any]] = {}
    for one in listed:
        row = _row(feed_id, publisher_code, one, seen_at)
        rows.setdefault(row["feed_item_id"], row)
    if not rows:
        return ListedCounts()
    forgotten = forgotten_urls(connection, [row["url"] for row in rows.values() if row["url"]])
    for row in rows.values():
        if row["url"] in forgotten:
            row |= {"state": "refused", "reason": "forgotten", "title": None, "summary": None, "item": {}, "url": None,
                    "updated_at": None, "published_at": None, "item_key": f"forgotten:{row['feed_item_id']}"}
    statement = insert(feed_items)
    new = statement.excluded
    told = ("url", "title", "updated_at")
    returned = connection.execute(
        statement.on_conflict_do_update(
            index_elements=[feed_items.c.feed_item_id],
            set_={name: new[name] for name in ("url", "title", "summary", "published_at", "updated_at", "item",
                                               "last_seen_at", "state", "reason")}
            | {"attempts": 0, "next_attempt_at": None},
            where=or_(*(feed_items.c[name].is_distinct_from(new[name]) for name in told)),
        ).returning(feed_items.c.feed_item_id, text("(xmax = 0) AS is_new")),
        [rows[key] for key in sorted(rows)]).all()
    new_ids = tuple(row.feed_item_id for row in returned if row.is_new)
    _settle_like_siblings(connection, new_ids)
    return ListedCounts(new_ids=new_ids, changed_ids=tuple(row.feed_item_id for row in returned if not row.is_new))


def _settle_like_siblings(connection: Connection, item_ids: Sequence[UUID]) -> None:
    """An item whose address another feed of the publisher listed before is what that one is, and not fetched again."""
    connection.execute(
        text("""
            UPDATE raw.feed_items AS items SET state = sibling.state, reason = 'listed_before'
            FROM raw.feed_items AS sibling
            WHERE items.feed_item_id = ANY (:ids) AND items.state = 'pending' AND sibling.url = items.url
              AND sibling.publisher_id = items.publisher_id AND sibling.feed_id <> items.feed_id
              AND sibling.state IN ('fetched', 'not_modified')
        """), {"ids": list(item_ids)})


def _row(feed_id: UUID, publisher_code: str, listed: ListedItem, seen_at: datetime) -> dict[str, Any]:
    item = listed.item
    refusal = listed.refusal or (None if item.url else "no_address")
    more = {"zone_assumed": item.zone_assumed, "language": item.language, "authors": list(item.authors),
            "keywords": list(item.keywords), "warnings": list(item.warnings)}
    row: dict[str, Any] = storable_value({
        "feed_item_id": derived_id("feed_item", feed_id, item.key), "feed_id": feed_id,
        "publisher_id": publisher_id(publisher_code), "item_key": item.key, "url": item.url, "title": item.title,
        "summary": item.summary, "published_at": item.published_at, "updated_at": item.updated_at,
        "item": {name: value for name, value in more.items() if value}, "first_seen_at": seen_at,
        "last_seen_at": seen_at, "state": "refused" if refusal else "pending", "reason": refusal})
    return row


def claim_pending_items(connection: Connection, publisher_code: str, *, limit: int,
                        lease_seconds: int) -> tuple[PendingItem, ...]:
    """Items of a publisher that may be fetched now, the newest first, each address once.

    No other process gets them for `lease_seconds`; `settle_items` says what became of them.
    """
    rows = connection.execute(
        text("""
            WITH due AS (
                SELECT feed_item_id FROM raw.feed_items
                WHERE publisher_id = :publisher_id AND state = 'pending'
                  AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
                ORDER BY first_seen_at DESC, feed_item_id
                LIMIT :limit
                FOR UPDATE SKIP LOCKED
            )
            UPDATE raw.feed_items AS claimed
            SET next_attempt_at = clock_timestamp() + make_interval(secs => :lease), attempts = claimed.attempts + 1
            FROM due WHERE claimed.feed_item_id = due.feed_item_id
            RETURNING claimed.feed_item_id, claimed.url, claimed.attempts, claimed.published_at
        """),
        {"publisher_id": publisher_id(publisher_code), "limit": limit, "lease": lease_seconds}).all()
    first = {row.url: row for row in sorted(rows, key=lambda row: row.feed_item_id, reverse=True)}
    validators = _validators(connection, list(first)) if first else {}
    return tuple(
        PendingItem(feed_item_id=row.feed_item_id, publisher_code=publisher_code, url=url, attempts=row.attempts,
                    published_at=row.published_at, etag=validators.get(url, (None, None))[0],
                    last_modified=validators.get(url, (None, None))[1])
        for url, row in sorted(first.items(), key=lambda entry: entry[1].feed_item_id))


def _validators(connection: Connection, urls: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    rows = connection.execute(
        text("""
            SELECT DISTINCT ON (url) url, response_headers ->> 'etag' AS etag,
                response_headers ->> 'last-modified' AS last_modified
            FROM raw.captures WHERE url = ANY (:urls) AND outcome = 'content'
            ORDER BY url, fetched_at DESC
        """), {"urls": list(urls)})
    return {row.url: (row.etag, row.last_modified) for row in rows}


def settle_items(connection: Connection, settlements: Sequence[Settlement]) -> None:
    """Keep what became of items, also of those that other feeds of the publisher listed with the same address."""
    ordered = sorted(settlements, key=lambda one: one.item.url)
    connection.execute(
        text("""
            WITH settled AS (
                SELECT * FROM unnest(
                    CAST(:publishers AS uuid[]), CAST(:urls AS text[]), CAST(:states AS text[]),
                    CAST(:reasons AS text[]), CAST(:rests AS double precision[])
                ) AS given (publisher_id, url, state, reason, rest)
            ), locked AS (
                SELECT items.feed_item_id, settled.state, settled.reason, settled.rest
                FROM raw.feed_items AS items JOIN settled USING (publisher_id, url)
                WHERE items.state = 'pending'
                ORDER BY items.feed_item_id
                FOR UPDATE OF items
            )
            UPDATE raw.feed_items AS items
            SET state = locked.state, reason = locked.reason,
                next_attempt_at = CASE WHEN locked.state = 'pending'
                    THEN clock_timestamp() + make_interval(secs => locked.rest) END
            FROM locked WHERE items.feed_item_id = locked.feed_item_id
        """),
        {"publishers": [publisher_id(one.item.publisher_code) for one in ordered],
         "urls": [one.item.url for one in ordered], "states": [one.state for one in ordered],
         "reasons": [one.reason for one in ordered], "rests": [one.rest_seconds for one in ordered]})


def count_states(connection: Connection, item_ids: Sequence[UUID]) -> dict[str, int]:
    """How many of these items are in which state."""
    rows = connection.execute(
        text("SELECT state, count(*) AS state_count FROM raw.feed_items WHERE feed_item_id = ANY (:ids) GROUP BY state"),
        {"ids": list(item_ids)})
    return {row.state: row.state_count for row in rows}


def release_items(connection: Connection, items: Sequence[PendingItem], *, rest_seconds: float = 0.0) -> None:
    """Give items back that were claimed and never asked for: the attempt does not count."""
    connection.execute(
        text("""
            UPDATE raw.feed_items SET attempts = greatest(attempts - 1, 0),
                next_attempt_at = clock_timestamp() + make_interval(secs => :rest)
            WHERE state = 'pending' AND publisher_id = ANY (:publishers) AND url = ANY (:urls)
        """),
        {"publishers": sorted({publisher_id(item.publisher_code) for item in items}),
         "urls": sorted({item.url for item in items}), "rest": rest_seconds})
