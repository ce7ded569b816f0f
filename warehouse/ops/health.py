"""How the warehouse is: publishers, stages, runs, storage. Reads only; every age is measured by the server's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

# A publisher is silent when nothing new came for this many times the longest pause that is usual for it.
SILENCE_FACTOR = 3.0
SILENCE_MINIMUM = timedelta(hours=6)
# Fewer pauses than these say nothing about what is usual.
PAUSES_NEEDED = 20
# A layout has changed when a day's documents are much worse than those of four weeks before.
LAYOUT_DOCUMENTS_NEEDED = 10
LAYOUT_REJECTED_RATIO = 0.3
LAYOUT_BODY_RATIO = 0.5
LAYOUT_MISSED_RATIO = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherHealth:
    """One publisher. Ratios compare the last day with the four weeks before; None where there is too little to say.

    `usual_pause_seconds` is the pause between two new articles that 99 of 100 stay under.
    """

    code: str
    is_active: bool
    article_count: int
    articles_last_day: int
    last_article_at: datetime | None
    silence_seconds: float | None
    usual_pause_seconds: float | None
    expected_daily_minimum: float | None
    rejected_ratio: float | None
    rejected_ratio_before: float | None
    body_ratio: float | None
    layout_missed_ratio: float | None
    layout_missed_ratio_before: float | None

    @property
    def is_silent(self) -> bool:
        """Whether nothing came for much longer than ever, or less than expected within a day."""
        if not self.is_active or self.silence_seconds is None:
            return False
        if self.expected_daily_minimum and self.articles_last_day < self.expected_daily_minimum:
            return self.silence_seconds > timedelta(days=1).total_seconds() / self.expected_daily_minimum
        if self.usual_pause_seconds is None:
            return False
        limit = max(SILENCE_FACTOR * self.usual_pause_seconds, SILENCE_MINIMUM.total_seconds())
        return self.silence_seconds > limit

    @property
    def is_layout_missed(self) -> bool:
        """Whether its layout's selectors suddenly find nothing for some field on many pages; what they never found says nothing."""
        return self.layout_missed_ratio is not None and self.layout_missed_ratio >= max(
            LAYOUT_MISSED_RATIO, 3 * (self.layout_missed_ratio_before or 0)
        )

    @property
    def is_layout_changed(self) -> bool:
        """Whether its documents suddenly read much worse: many refused, bodies half as long, or its layout finds nothing."""
        if self.rejected_ratio is not None and self.rejected_ratio >= max(
            LAYOUT_REJECTED_RATIO, 3 * (self.rejected_ratio_before or 0)
        ):
            return True
        if self.is_layout_missed:
            return True
        return self.body_ratio is not None and self.body_ratio < LAYOUT_BODY_RATIO


@dataclass(frozen=True, slots=True, kw_only=True)
class StageHealth:
    """One stage of the ledger, in rows. `lapsed` claims are those of dead workers, waiting for `dateline reap`."""

    stage: str
    pending: int
    claimed: int
    lapsed: int
    quarantined: int
    settled_last_hour: int
    oldest_pending_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHealth:
    """One run, with how long it took (or has taken so far) and since when it has been silent."""

    run_id: UUID
    kind: str
    state: str
    started_at: datetime
    elapsed_seconds: float
    silence_seconds: float
    worker: str
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Bytes on disk, with indexes, by schema and in the whole database."""

    raw_bytes: int
    core_bytes: int
    ops_bytes: int
    database_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Everything at one moment."""

    measured_at: datetime
    publishers: tuple[PublisherHealth, ...]
    stages: tuple[StageHealth, ...]
    runs: tuple[RunHealth, ...]
    storage: Storage
    quarantined: int
    rejected_last_day: int
    lapsed_windows: int
    active_backfills: int
    last_success_seconds: float | None


def measure(connection: Connection, *, run_limit: int = 8) -> Health:
    """Ask for all of it; some tenths of a second on millions of articles."""
    one = connection.execute(_TOTALS).one()
    stages = connection.execute(_STAGES).mappings()
    runs = connection.execute(_RUNS, {"limit": run_limit}).mappings()
    return Health(
        measured_at=one.measured_at,
        publishers=tuple(PublisherHealth(**row) for row in connection.execute(_PUBLISHERS, _LIMITS).mappings()),
        stages=tuple(StageHealth(**row) for row in stages),
        runs=tuple(RunHealth(**row) for row in runs),
        storage=Storage(**connection.execute(_STORAGE).mappings().one()),
        quarantined=one.quarantined,
        rejected_last_day=one.rejected_last_day,
        lapsed_windows=one.lapsed_windows,
        active_backfills=one.active_backfills,
        last_success_seconds=one.last_success_seconds,
    )


_LIMITS = {"pauses_needed": PAUSES_NEEDED, "documents_needed": LAYOUT_DOCUMENTS_NEEDED}

_TOTALS = text(
    """
    SELECT now() AS measured_at,
        (SELECT count(*) FROM ops.quarantine WHERE released_at IS NULL) AS quarantined,
        (SELECT count(*) FROM ops.rejections WHERE rejected_at > now() - interval '1 day') AS rejected_last_day,
        (SELECT count(*) FROM ops.windows WHERE state = 'claimed' AND lease_until < now()) AS lapsed_windows,
        (SELECT count(*) FROM ops.backfills WHERE state IN ('planned', 'running', 'paused')) AS active_backfills,
        (SELECT CAST(extract(epoch FROM now() - max(finished_at)) AS double precision)
           FROM ops.runs WHERE state = 'succeeded') AS last_success_seconds
    """
)

_STAGES = text(
    """
    SELECT stage,
        count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'claimed') AS claimed,
        count(*) FILTER (WHERE state = 'claimed' AND lease_until < now()) AS lapsed,
        count(*) FILTER (WHERE state = 'quarantined') AS quarantined,
        count(*) FILTER (WHERE state = 'done' AND settled_at > now() - interval '1 hour') AS settled_last_hour,
        CAST(extract(epoch FROM now() - min(enqueued_at) FILTER (WHERE state = 'pending')) AS double precision)
            AS oldest_pending_seconds
    FROM ops.work GROUP BY stage ORDER BY stage
    """
)

_RUNS = text(
    """
    SELECT run_id, kind, state, started_at, worker, detail,
        CAST(extract(epoch FROM coalesce(finished_at, now()) - started_at) AS double precision) AS elapsed_seconds,
        CAST(extract(epoch FROM coalesce(finished_at, now()) - heartbeat_at) AS double precision) AS silence_seconds
    FROM ops.runs ORDER BY started_at DESC, run_id LIMIT :limit
    """
)

_STORAGE = text(
    """
    SELECT CAST(coalesce(sum(size) FILTER (WHERE nspname = 'raw'), 0) AS bigint) AS raw_bytes,
        CAST(coalesce(sum(size) FILTER (WHERE nspname = 'core'), 0) AS bigint) AS core_bytes,
        CAST(coalesce(sum(size) FILTER (WHERE nspname = 'ops'), 0) AS bigint) AS ops_bytes,
        pg_database_size(current_database()) AS database_bytes
    FROM (SELECT nspname, pg_total_relation_size(c.oid) AS size FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')) relations
    """
)

_PUBLISHERS = text(
    """
    WITH recent AS (
        SELECT a.publisher_id, a.first_seen_at,
            extract(epoch FROM a.first_seen_at - lag(a.first_seen_at)
                OVER (PARTITION BY a.publisher_id ORDER BY a.first_seen_at)) AS pause,
            length(v.body) AS characters,
            EXISTS (SELECT 1 FROM unnest(v.warnings) AS warning WHERE warning LIKE 'layout_missed:%') AS is_layout_missed
        FROM core.articles a LEFT JOIN core.article_versions v ON v.article_version_id = a.current_version_id
        WHERE a.first_seen_at > now() - interval '29 days'
    ), pace AS (
        SELECT publisher_id,
            count(*) FILTER (WHERE first_seen_at > now() - interval '1 day') AS articles_last_day,
            CASE WHEN count(pause) >= :pauses_needed
                THEN percentile_cont(0.99) WITHIN GROUP (ORDER BY pause) END AS usual_pause_seconds,
            count(*) FILTER (WHERE first_seen_at <= now() - interval '1 day') AS articles_before,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY characters)
                FILTER (WHERE first_seen_at > now() - interval '1 day') AS characters_last_day,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY characters)
                FILTER (WHERE first_seen_at <= now() - interval '1 day') AS characters_before,
            avg(is_layout_missed::int) FILTER (WHERE first_seen_at > now() - interval '1 day') AS missed_last_day,
            avg(is_layout_missed::int) FILTER (WHERE first_seen_at <= now() - interval '1 day') AS missed_before
        FROM recent GROUP BY publisher_id
    ), refused AS (
        SELECT c.publisher_id,
            count(*) FILTER (WHERE c.fetched_at > now() - interval '1 day') AS seen_last_day,
            count(*) FILTER (WHERE c.fetched_at <= now() - interval '1 day') AS seen_before,
            count(r.capture_id) FILTER (WHERE c.fetched_at > now() - interval '1 day') AS refused_last_day,
            count(r.capture_id) FILTER (WHERE c.fetched_at <= now() - interval '1 day') AS refused_before
        FROM raw.captures c
        LEFT JOIN (SELECT DISTINCT capture_id FROM ops.rejections) r ON r.capture_id = c.capture_id
        WHERE c.outcome = 'content' AND c.fetched_at > now() - interval '29 days'
        GROUP BY c.publisher_id
    ), ever AS (
        SELECT publisher_id, count(*) AS article_count, max(first_seen_at) AS last_article_at
        FROM core.articles GROUP BY publisher_id
    )
    SELECT p.publisher_code AS code, p.is_active, p.expected_daily_minimum,
        coalesce(e.article_count, 0) AS article_count, coalesce(pace.articles_last_day, 0) AS articles_last_day,
        e.last_article_at,
        CAST(extract(epoch FROM now() - e.last_article_at) AS double precision) AS silence_seconds,
        CAST(pace.usual_pause_seconds AS double precision) AS usual_pause_seconds,
        CAST(CASE WHEN r.seen_last_day >= :documents_needed
            THEN r.refused_last_day::double precision / r.seen_last_day END AS double precision) AS rejected_ratio,
        CAST(CASE WHEN r.seen_before >= :documents_needed
            THEN r.refused_before::double precision / r.seen_before END AS double precision) AS rejected_ratio_before,
        CAST(CASE WHEN pace.articles_last_day >= :documents_needed AND pace.articles_before >= :documents_needed
            THEN pace.characters_last_day / nullif(pace.characters_before, 0) END AS double precision) AS body_ratio,
        CAST(CASE WHEN pace.articles_last_day >= :documents_needed THEN pace.missed_last_day END AS double precision) AS layout_missed_ratio,
        CAST(CASE WHEN pace.articles_before >= :documents_needed THEN pace.missed_before END AS double precision) AS layout_missed_ratio_before
    FROM core.publishers p
    LEFT JOIN ever e USING (publisher_id) LEFT JOIN pace USING (publisher_id) LEFT JOIN refused r USING (publisher_id)
    WHERE p.is_active OR e.article_count > 0
    ORDER BY p.publisher_code
    """
)
