"""raw: what came in, as it came."""

from sqlalchemy import CheckConstraint, Column, Date, Index, LargeBinary, Table, text

from warehouse.tables.columns import (
    big,
    choice,
    day,
    digest,
    document,
    identifier,
    integer,
    key,
    metadata,
    moment,
    reference,
    size,
    string,
)

ITEM_STATES = ("pending", "fetched", "not_modified", "refused", "failed")

feed_polls = Table(
    "feed_polls",
    metadata,
    key("feed_poll_id", "Derived from feed and polled_at."),
    reference(
        "feed_id",
        "core.feeds.feed_id",
        "The feed that was asked.",
        required=True,
        deletes="CASCADE",
        index=False,
    ),
    identifier("run_id", "The run that asked."),
    moment("polled_at", "When the request was sent.", required=True),
    string("outcome", "What came of it: content, not_modified, refused, failed ...", required=True),
    string("detail", "A sentence for a person where it was not content."),
    integer("status_code", "HTTP status, null where there was no answer."),
    integer("item_count", "Items that the feed listed.", required=True, default="0"),
    integer("new_item_count", "Items of these that were not known.", required=True, default="0"),
    big("byte_count", "Bytes received.", required=True, default="0"),
    integer("elapsed_milliseconds", "From request to last byte."),
    digest("content_sha256", "Hash of the decoded bytes, kept in raw.contents."),
    day("content_month", "Month of raw.contents that holds the bytes."),
    Index("feed_polls_feed_index", "feed_id", "polled_at"),
    Index("feed_polls_polled_at_index", "polled_at"),
    schema="raw",
    comment="Grain: one row per request to a feed.",
)

feed_items = Table(
    "feed_items",
    metadata,
    key("feed_item_id", "Derived from feed and item_key."),
    reference(
        "feed_id",
        "core.feeds.feed_id",
        "The feed that listed it.",
        required=True,
        deletes="CASCADE",
        index=False,
    ),
    reference("publisher_id", "core.publishers.publisher_id", "Publisher of the feed.", required=True),
    string("item_key", "The item's guid, else its address.", required=True),
    string("url", "Address of the article, absolute; null where the item has none."),
    string("title", "Title as the feed gives it."),
    string("summary", "Summary as the feed gives it."),
    moment("published_at", "Time that the feed gives, in UTC."),
    moment("updated_at", "Time of change that the feed gives, in UTC."),
    document("item", "What else the feed says of the item."),
    moment("first_seen_at", "First poll that listed it.", required=True),
    moment("last_seen_at", "Latest poll that listed it in a changed form.", required=True),
    string("state", "What became of it.", required=True, default="pending"),
    string("reason", "Stable code of why it was refused or failed."),
    integer("attempts", "Requests made for it.", required=True, default="0"),
    moment("next_attempt_at", "Not to be asked for before; null is at once."),
    choice("state", ITEM_STATES),
    Index(
        "feed_items_pending_index", "next_attempt_at", "first_seen_at", postgresql_where="state = 'pending'"
    ),
    Index("feed_items_key_index", "feed_id", text("md5(item_key)"), unique=True),
    Index("feed_items_url_index", "url", postgresql_using="hash"),
    schema="raw",
    comment="Grain: one row per item of a feed, with what became of it.",
)

captures = Table(
    "captures",
    metadata,
    key(
        "capture_id",
        "Derived from url or path, content hash, publisher, and the time where the source gives one.",
    ),
    string("kind", "fetch (from the web), file (from disk) or record (from an archive).", required=True),
    reference(
        "publisher_id", "core.publishers.publisher_id", "Publisher, where known before reading.", index=False
    ),
    reference(
        "feed_item_id", "raw.feed_items.feed_item_id", "The feed item that led to it.", deletes="SET NULL"
    ),
    identifier("run_id", "The run that captured it."),
    string("url", "Address that was asked for; null for files."),
    string("final_url", "Address that answered, after redirects."),
    string("path", "Path of the file or name of the archive's member; null for fetches."),
    moment("fetched_at", "When it was fetched or read.", required=True),
    string(
        "outcome", "content, or what came instead: not_modified, gone, refused, too_large ...", required=True
    ),
    integer("status_code", "HTTP status, null for files."),
    string("media_type", "Media type that the server or the file name declares."),
    string("charset", "Character set that the server declares."),
    document("request_headers", "Headers sent, names in lower case."),
    document("response_headers", "Headers received, names in lower case."),
    integer("elapsed_milliseconds", "From request to last byte."),
    digest("content_sha256", "Hash of the decoded bytes; null where there were none."),
    day("content_month", "Month of raw.contents that holds the bytes."),
    big("byte_count", "Bytes of the decoded content.", required=True, default="0"),
    string("archive_url", "WARC file that the bytes were moved to; null while they are in raw.contents."),
    big("archive_offset", "Byte at which the record begins in that file."),
    big("archive_byte_count", "Bytes of the record in that file."),
    moment("published_hint", "Publication time known from outside the document."),
    string("published_hint_source", "Where that came from: feed, crawl_record ..."),
    choice("kind", ("fetch", "file", "record")),
    size("content_sha256"),
    CheckConstraint("url IS NOT NULL OR path IS NOT NULL", name="source"),
    CheckConstraint("outcome <> 'content' OR content_sha256 IS NOT NULL", name="content"),
    CheckConstraint("content_month = date_trunc('month', content_month)", name="content_month"),
    Index("captures_url_index", "url", postgresql_using="hash"),
    Index("captures_content_index", "content_sha256", postgresql_using="hash"),
    Index("captures_fetched_at_index", "fetched_at"),
    Index("captures_publisher_index", "publisher_id", "fetched_at"),
    Index("captures_run_index", "run_id"),
    schema="raw",
    comment="Grain: one row per fetch, file or archive record that was captured.",
)

contents = Table(
    "contents",
    metadata,
    Column(
        "content_month", Date, primary_key=True, comment="First day of the month of capture: the partition."
    ),
    Column("content_sha256", LargeBinary, primary_key=True, comment="Hash of the bytes before compression."),
    string(
        "coding", "How `content` is compressed: zstd, or identity where that does not pay.", required=True
    ),
    big("byte_count", "Bytes before compression.", required=True),
    Column("content", LargeBinary, nullable=False, comment="The bytes, compressed as `coding` says."),
    choice("coding", ("zstd", "identity")),
    size("content_sha256"),
    schema="raw",
    comment="Grain: one row per distinct content and month. Partitioned by month; nothing references it.",
    postgresql_partition_by="RANGE (content_month)",
)
