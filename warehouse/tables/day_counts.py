"""core: counts by day, kept beside the rows they count, so that a year is a thousand rows and not a million."""

from sqlalchemy import BigInteger, Column, Date, Identity, Index, PrimaryKeyConstraint, Table, Text

from warehouse.tables.columns import integer, metadata, number, reference

stale_days = Table(
    "stale_days",
    metadata,
    Column("stale_day_id", BigInteger, Identity(always=True), primary_key=True, comment="Running number."),
    Column("day", Date, nullable=False, comment="The day (UTC)."),
    schema="ops",
    comment="Grain: one row per day and batch that changed something of it: its counts have to be made anew.",
)

day_changes = Table(
    "day_changes",
    metadata,
    Column("day", Date, nullable=False, primary_key=True, comment="The day (UTC)."),
    Column("change_number", BigInteger, nullable=False, comment="Higher than that of every change known before it."),
    schema="ops",
    comment="Grain: one row per day that ever changed, with its last change: what an export has to write again.",
)

article_days = Table(
    "article_days",
    metadata,
    Column("day", Date, nullable=False, comment="Day of publication (UTC)."),
    reference("publisher_id", "core.publishers.publisher_id", "The publisher.", required=True, index=False),
    Column("language", Text, nullable=False, comment="ISO 639-1 code; empty: not known."),
    integer("article_count", "Articles.", required=True),
    integer("unique_count", "Articles that stand for their group: without copies.", required=True),
    integer("wire_copy_count", "Articles that repeat a text that another publisher wrote.", required=True),
    integer("word_count", "Words of these articles.", required=True),
    integer("correction_count", "Versions of that day that correct.", required=True),
    integer("kill_count", "Versions of that day that kill.", required=True),
    PrimaryKeyConstraint("day", "publisher_id", "language"),
    schema="core",
    comment="Grain: one row per day, publisher and language.",
)

entity_days = Table(
    "entity_days",
    metadata,
    Column("day", Date, nullable=False, comment="Day of publication (UTC)."),
    reference("entity_id", "core.entities.entity_id", "The entity.", required=True, index=False, deletes="CASCADE"),
    integer("article_count", "Articles that name it.", required=True),
    integer("unique_count", "Of these, without copies.", required=True),
    integer("mention_count", "Mentions in them.", required=True),
    PrimaryKeyConstraint("day", "entity_id"),
    Index("entity_days_entity_index", "entity_id", "day"),
    schema="core",
    comment="Grain: one row per day and entity that was named on it.",
)

event_days = Table(
    "event_days",
    metadata,
    Column("day", Date, nullable=False, comment="Day of publication (UTC)."),
    Column("actor_country_code", Text, nullable=False, comment="Country of an actor; empty: not known."),
    Column("recipient_country_code", Text, nullable=False, comment="Country of a recipient; empty: none or not known."),
    Column("event_type", Text, nullable=False, comment="PLOVER type."),
    Column("status", Text, nullable=False, comment="actual, future, negated, hypothetical or historical."),
    integer("quad_class", "Quad class of the type.", required=True),
    integer("event_count", "Coded statements.", required=True),
    integer("unique_count", "Of these, in articles that are no copies.", required=True),
    number("goldstein_sum", "Sum of their Goldstein values.", required=True),
    integer("goldstein_count", "Statements that have one.", required=True),
    PrimaryKeyConstraint("day", "actor_country_code", "recipient_country_code", "event_type", "status", "quad_class"),
    Index("event_days_pair_index", "actor_country_code", "recipient_country_code", "day"),
    schema="core",
    comment="Grain: one row per day, pair of countries, type and status of events.",
)
