"""ops: work, runs and their counts, what was refused, politeness, judgements."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from warehouse.tables.columns import (
    big,
    choice,
    digest,
    document,
    flag,
    identifier,
    integer,
    key,
    metadata,
    moment,
    reference,
    size,
    string,
)

WORK_STATES = ("pending", "claimed", "done", "quarantined")
RUN_STATES = ("running", "succeeded", "failed", "canceled", "crashed")
UNITS = ("feed_item", "capture", "document")
SEVERITIES = ("warning", "error")

work = Table(
    "work",
    metadata,
    Column("stage", Text, nullable=False, comment="extract, sign, cluster, annotate ..."),
    Column("subject_id", Uuid, nullable=False, comment="The capture or version to work on."),
    string("stage_version", "Version of the stage that the row asks for or was done with.", required=True),
    digest("input_sha256", "Hash of the input, where the stage depends on more than the subject."),
    string("state", "pending, claimed, done or quarantined.", required=True, default="pending"),
    integer("priority", "Lower goes first: 0 scheduled, 10 backfill, 20 replay.", required=True, default="0"),
    integer("attempts", "Claims so far that did not settle.", required=True, default="0"),
    string("worker", "Who holds the claim."),
    moment("lease_until", "When the claim lapses."),
    big("fence", "Counts the claims: only the newest claim may settle.", required=True, default="0"),
    string("outcome", "What came of it: new, changed, unchanged, rejected, item ..."),
    string("reason", "Why the last attempt failed."),
    identifier("run_id", "The run that settled it."),
    moment("enqueued_at", "When it became pending.", required=True, is_now=True),
    moment("settled_at", "When it was settled."),
    PrimaryKeyConstraint("stage", "subject_id"),
    choice("state", WORK_STATES),
    CheckConstraint("(state = 'claimed') = (lease_until IS NOT NULL)", name="lease"),
    Index(
        "work_pending_index",
        "stage",
        "priority",
        "enqueued_at",
        "subject_id",
        postgresql_where="state = 'pending'",
    ),
    Index("work_lease_index", "lease_until", postgresql_where="state = 'claimed'"),
    Index("work_subject_index", "subject_id"),
    schema="ops",
    comment="Grain: one row per stage and subject: the ledger of what is to do and what is done.",
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Uuid, primary_key=True, comment="Random."),
    string("kind", "What ran: run, ingest, backfill, replay, report ...", required=True),
    string("state", "running, succeeded, failed, canceled or crashed.", required=True, default="running"),
    moment("started_at", "When it began.", required=True, is_now=True),
    moment("heartbeat_at", "When it last said that it lives.", required=True, is_now=True),
    moment("finished_at", "When it ended."),
    string("worker", "Host and process.", required=True),
    string("code_version", "Version of Dateline.", required=True),
    string("flow_run_id", "Prefect's id of the flow run; null without Prefect."),
    document("parameters", "What it was asked to do."),
    flag("is_published", "Whether its checks let it be published."),
    string("detail", "Why it failed, for a person."),
    choice("state", RUN_STATES),
    CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="end"),
    Index("runs_started_at_index", "started_at"),
    schema="ops",
    comment="Grain: one row per run of a flow or command that loads.",
)

run_counts = Table(
    "run_counts",
    metadata,
    reference("run_id", "ops.runs.run_id", "The run.", required=True, deletes="CASCADE", index=False),
    Column("unit", Text, nullable=False, comment="What is counted: feed_item, capture or document."),
    Column(
        "outcome",
        Text,
        nullable=False,
        comment="What became of it; `seen` is the total that the rest must add up to.",
    ),
    big("unit_count", "How many.", required=True),
    flag("is_subset", "Whether it is an `of which` of another outcome, such as duplicate, and not added up."),
    PrimaryKeyConstraint("run_id", "unit", "outcome"),
    choice("unit", UNITS),
    CheckConstraint("unit_count >= 0", name="unit_count"),
    schema="ops",
    comment="Grain: one row per run, unit and outcome.",
)

workers = Table(
    "workers",
    metadata,
    Column("worker", Text, primary_key=True, comment="Host, process and start: unique."),
    string("host", "Host name.", required=True),
    integer("process_id", "Process id on that host.", required=True),
    string("stage", "What it works on; null: everything."),
    identifier("run_id", "The run that it works for."),
    string("code_version", "Version of Dateline.", required=True),
    moment("started_at", "When it began.", required=True, is_now=True),
    moment("heartbeat_at", "When it last said that it lives.", required=True, is_now=True),
    moment("stopped_at", "When it ended by itself or was found dead."),
    schema="ops",
    comment="Grain: one row per process that claims work.",
)

rejections = Table(
    "rejections",
    metadata,
    key("rejection_id", "Derived from capture, document number and stage."),
    reference(
        "capture_id", "raw.captures.capture_id", "The capture.", required=True, deletes="CASCADE", index=False
    ),
    integer(
        "document_number",
        "Which document of the capture, from 1; 0 is the whole.",
        required=True,
        default="1",
    ),
    string("stage", "Stage that refused it.", required=True),
    string("reason", "Stable code.", required=True),
    string("detail", "A sentence for a person.", required=True),
    string("format", "Format, where recognised."),
    big("byte_offset", "Byte at which a parser gave up."),
    string("stage_version", "Version of the stage that refused it.", required=True),
    identifier("run_id", "The run that refused it."),
    moment("rejected_at", "When.", required=True, is_now=True),
    UniqueConstraint("capture_id", "document_number", "stage"),
    Index("rejections_reason_index", "reason", "rejected_at"),
    schema="ops",
    comment="Grain: one row per document that is no article, with the reason.",
)

quarantine = Table(
    "quarantine",
    metadata,
    key("quarantine_id", "Derived from stage and subject."),
    string("stage", "Stage that failed.", required=True),
    identifier("subject_id", "What it failed on.", required=True),
    reference("capture_id", "raw.captures.capture_id", "The capture behind it.", deletes="CASCADE"),
    string("reason", "Stable code.", required=True),
    string("exception_type", "Class of the exception."),
    string("detail", "Text of the exception.", required=True),
    string("traceback", "Where it was raised."),
    integer("attempts", "How often it was tried.", required=True),
    string("stage_version", "Version of the stage that failed.", required=True),
    identifier("run_id", "The run in which it failed last."),
    moment("quarantined_at", "When.", required=True, is_now=True),
    moment("released_at", "When it was put back to work; null: it is in quarantine."),
    UniqueConstraint("stage", "subject_id"),
    Index("quarantine_open_index", "stage", "reason", postgresql_where="released_at IS NULL"),
    schema="ops",
    comment="Grain: one row per stage and subject that failed for good.",
)

check_results = Table(
    "check_results",
    metadata,
    reference(
        "run_id", "ops.runs.run_id", "The run that was judged.", required=True, deletes="CASCADE", index=False
    ),
    Column("check_name", Text, nullable=False, comment="Name of the file under warehouse/checks."),
    string("severity", "warning, or error: the run is not published.", required=True),
    flag("is_passed", "Whether no row offended."),
    big("offending_count", "Rows that offended.", required=True),
    document("sample", "Some of them."),
    integer("elapsed_milliseconds", "How long the check took.", required=True),
    moment("checked_at", "When.", required=True, is_now=True),
    PrimaryKeyConstraint("run_id", "check_name"),
    choice("severity", SEVERITIES),
    Index("check_results_name_index", "check_name", "checked_at"),
    schema="ops",
    comment="Grain: one row per check and run.",
)

hosts = Table(
    "hosts",
    metadata,
    Column(
        "host",
        Text,
        primary_key=True,
        comment="Host name, in lower case, with the port if not the usual one.",
    ),
    integer("interval_milliseconds", "Pause between two requests.", required=True, default="5000"),
    moment("next_request_at", "Not to be asked before.", required=True, is_now=True),
    moment("retry_after", "The host itself asked to be left alone until then."),
    string("holder", "The process whose request is under way."),
    moment("lease_until", "When that process is taken for dead."),
    big("fence", "Counts the holders.", required=True, default="0"),
    integer("failure_count", "Failures since the last answer.", required=True, default="0"),
    integer("status_code", "Last HTTP status."),
    moment("requested_at", "Last request."),
    big("request_count", "Requests ever.", required=True, default="0"),
    schema="ops",
    comment="Grain: one row per host that was asked: politeness shared by all processes.",
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True, comment="Scheme, host and port."),
    string(
        "outcome", "content, absent (4xx: all is allowed) or unreachable (5xx: nothing is).", required=True
    ),
    integer("status_code", "HTTP status, null where there was no answer."),
    string("body", "The rules, cut at the size that RFC 9309 asks for."),
    moment("fetched_at", "When.", required=True),
    moment("expires_at", "To be asked again after.", required=True),
    schema="ops",
    comment="Grain: one row per origin with its robots.txt.",
)

judgements = Table(
    "judgements",
    metadata,
    key("judgement_id", "Derived from kind, both sides and made_at."),
    string("kind", "cluster_join, cluster_split, entity_merge, entity_split, mention_link.", required=True),
    identifier("left_id", "One side: an article, entity or mention.", required=True),
    identifier("right_id", "The other side; null: of everything."),
    string("reason", "Why, in the words of who judged."),
    string("judge", "Who judged.", required=True),
    moment("made_at", "When.", required=True, is_now=True),
    moment("revoked_at", "When it was taken back; null: it stands."),
    choice("kind", ("cluster_join", "cluster_split", "entity_merge", "entity_split", "mention_link")),
    Index("judgements_left_index", "left_id", "kind"),
    Index("judgements_right_index", "right_id", "kind"),
    schema="ops",
    comment="Grain: one row per judgement of a person, which no rule overrides.",
)

tombstones = Table(
    "tombstones",
    metadata,
    key("tombstone_id", "Derived from kind and target_sha256."),
    string("kind", "What stays down: url, article or content.", required=True),
    digest(
        "target_sha256",
        "Hash of the address, of the article's key or of the bytes: nothing of it is kept.",
        required=True,
    ),
    identifier("article_id", "The id that it had."),
    string("reason", "Why it was taken down.", required=True),
    string("requested_by", "Who asked."),
    moment("forgotten_at", "When.", required=True, is_now=True),
    UniqueConstraint("kind", "target_sha256"),
    choice("kind", ("url", "article", "content")),
    size("target_sha256"),
    schema="ops",
    comment="Grain: one row per address, article or content that was taken down and stays down.",
)

mart_files = Table(
    "mart_files",
    metadata,
    Column("file_name", Text, primary_key=True, comment="Name of the file under warehouse/mart."),
    digest("content_sha256", "Hash of the file as it was applied.", required=True),
    moment("applied_at", "When.", required=True, is_now=True),
    size("content_sha256"),
    schema="ops",
    comment="Grain: one row per file of the mart, as the migration last applied it.",
)
