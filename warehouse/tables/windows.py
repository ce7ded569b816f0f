"""ops: stretches of time to read, by schedule or by backfill."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from warehouse.tables.columns import (
    big,
    choice,
    flag,
    identifier,
    integer,
    key,
    metadata,
    moment,
    reference,
    string,
)

WINDOW_STATES = ("pending", "claimed", "done", "failed", "canceled")
BACKFILL_STATES = ("planned", "running", "paused", "done", "failed", "canceled")

backfills = Table(
    "backfills",
    metadata,
    key("backfill_id", "Derived from publisher, bounds, interval and requested_at."),
    reference("publisher_id", "core.publishers.publisher_id", "Whose windows.", required=True, index=False),
    moment("since", "First moment.", required=True),
    moment("until", "Moment behind the last.", required=True),
    string("window_interval", "Length of a window: hour, day, week or month.", required=True),
    string(
        "reprocess",
        "Which windows that are done are done again: none, failed or all.",
        required=True,
        default="none",
    ),
    integer("active_maximum", "Windows at work at once.", required=True, default="1"),
    big("request_maximum", "Requests that it may make; null: any number."),
    big("request_count", "Requests that it made.", required=True, default="0"),
    flag("is_backwards", "Whether the newest window goes first."),
    string("state", "planned, running, paused, done, failed or canceled.", required=True, default="planned"),
    string("requested_by", "Who asked.", required=True),
    moment("requested_at", "When.", required=True, is_now=True),
    moment("finished_at", "When it ended."),
    CheckConstraint("until > since", name="bounds"),
    CheckConstraint("active_maximum > 0", name="active_maximum"),
    choice("window_interval", ("hour", "day", "week", "month")),
    choice("reprocess", ("none", "failed", "all")),
    choice("state", BACKFILL_STATES),
    ExcludeConstraint(
        ("publisher_id", "="),
        (literal_column("tstzrange(since, until)"), "&&"),
        where=text("state IN ('planned', 'running', 'paused')"),
        using="gist",
        name="backfills_active_excl",
    ),
    Index("backfills_publisher_index", "publisher_id", "requested_at"),
    schema="ops",
    comment="Grain: one row per backfill that someone asked for. Two at work never overlap.",
)

windows = Table(
    "windows",
    metadata,
    key("window_id", "Derived from publisher, series and window_start."),
    reference("publisher_id", "core.publishers.publisher_id", "Whose window.", required=True, index=False),
    Column(
        "series_id", Uuid, nullable=False, comment="The backfill, or the publisher for scheduled windows."
    ),
    reference(
        "backfill_id", "ops.backfills.backfill_id", "The backfill; null: scheduled.", deletes="CASCADE"
    ),
    moment("window_start", "First moment.", required=True),
    moment("window_end", "Moment behind the last.", required=True),
    moment("previous_end", "End of the window before, which is this start; null: the first of its series."),
    string("state", "pending, claimed, done, failed or canceled.", required=True, default="pending"),
    integer("attempts", "Claims so far that did not settle.", required=True, default="0"),
    string("worker", "Who holds the claim."),
    moment("lease_until", "When the claim lapses."),
    big("fence", "Counts the claims: only the newest may settle.", required=True, default="0"),
    string("reason", "Why the last attempt failed."),
    identifier("run_id", "The run that read it last."),
    big("item_count", "Items found."),
    moment("settled_at", "When it was settled."),
    CheckConstraint("window_end > window_start", name="bounds"),
    CheckConstraint("previous_end = window_start", name="previous_end"),
    CheckConstraint("series_id = coalesce(backfill_id, publisher_id)", name="series_id"),
    CheckConstraint("(state = 'claimed') = (lease_until IS NOT NULL)", name="lease"),
    choice("state", WINDOW_STATES),
    UniqueConstraint("series_id", "window_end"),
    UniqueConstraint("series_id", "previous_end", postgresql_nulls_not_distinct=True),
    ForeignKeyConstraint(
        ["series_id", "previous_end"],
        ["ops.windows.series_id", "ops.windows.window_end"],
        deferrable=True,
        initially="DEFERRED",
    ),
    ExcludeConstraint(
        ("series_id", "="),
        (literal_column("tstzrange(window_start, window_end)"), "&&"),
        using="gist",
        name="windows_overlap_excl",
    ),
    Index("windows_publisher_index", "publisher_id", "window_start"),
    Index("windows_pending_index", "series_id", "window_start", postgresql_where="state = 'pending'"),
    schema="ops",
    comment="Grain: one row per publisher and stretch of time. A series has neither gaps nor overlaps: each window"
    " but the first points at the end of the one before.",
)
