"""core: who publishes, and the feeds that point at what is new."""

from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint

from warehouse.tables.columns import (
    choice,
    country,
    flag,
    integer,
    key,
    metadata,
    moment,
    number,
    reference,
    string,
)

publishers = Table(
    "publishers",
    metadata,
    key("publisher_id", "Derived from publisher_code."),
    string("publisher_code", "Short stable name, that of the file under seeds/publishers.", required=True),
    string("name", "Name as the publisher writes it.", required=True),
    string("country_code", "Country of the publisher, ISO 3166-1 alpha-3."),
    string("language", "Main language, ISO 639-1."),
    string("time_zone", "IANA zone assumed where a document prints none."),
    string("agency", "The wire agency that the publisher is, as its datelines print it; null for others."),
    flag("is_active", "Whether scheduled runs read it."),
    flag(
        "is_full_text_shown",
        "Whether mart views may show bodies; false where the licence forbids it.",
        default="true",
    ),
    integer("retention_days", "Days that captures and texts are kept; null keeps them."),
    number(
        "expected_daily_minimum",
        "Articles a day below which the publisher counts as silent; null expects nothing.",
    ),
    number("expected_daily_maximum", "Articles a day above which something is wrong; null expects nothing."),
    UniqueConstraint("publisher_code"),
    CheckConstraint("publisher_code ~ '^[a-z0-9][a-z0-9_-]*$'", name="publisher_code"),
    country(),
    CheckConstraint("retention_days > 0", name="retention_days"),
    schema="core",
    comment="Grain: one row per publisher that documents were read from.",
)

feeds = Table(
    "feeds",
    metadata,
    key("feed_id", "Derived from publisher and url."),
    reference("publisher_id", "core.publishers.publisher_id", "Whose feed it is.", required=True),
    string("url", "Address of the feed.", required=True),
    string("kind", "Form of the feed.", required=True),
    flag("is_active", "Whether it is polled.", default="true"),
    flag(
        "is_validator_distrusted", "Whether ETag and Last-Modified of this server lie and are not sent back."
    ),
    string("etag", "ETag of the last answer with content."),
    string("last_modified", "Last-Modified of the last answer with content, as sent."),
    string("cursor", "Where to go on in a feed of many pages."),
    integer("interval_seconds", "Adaptive pause between two polls.", required=True, default="900"),
    number("weight", "1 is healthy; failures halve it, success restores it.", required=True, default="1"),
    integer("failure_count", "Failures since the last success.", required=True, default="0"),
    moment("next_poll_at", "Not to be polled before; null is at once."),
    moment("polled_at", "Last poll, whatever came of it."),
    moment("succeeded_at", "Last poll that was answered with a feed or with 304."),
    UniqueConstraint("publisher_id", "url"),
    choice("kind", ("rss", "atom", "json", "news_sitemap", "sitemap", "sitemap_index", "section", "archive")),
    CheckConstraint("interval_seconds > 0", name="interval_seconds"),
    CheckConstraint("weight > 0 AND weight <= 1", name="weight"),
    Index("feeds_due_index", "next_poll_at", postgresql_where="is_active"),
    schema="core",
    comment="Grain: one row per feed, sitemap or section page of a publisher, with the state of polling it.",
)
