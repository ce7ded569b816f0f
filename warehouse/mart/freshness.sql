-- inherits: core.publishers
CREATE VIEW mart.freshness AS
SELECT
    p.publisher_code,
    p.name,
    p.is_active,
    c.last_captured_at,
    a.last_published_at,
    a.last_seen_at,
    extract(epoch FROM now() - a.last_seen_at)::double precision / 3600 AS hours_silent,
    a.article_count,
    a.article_count_7_days,
    p.expected_daily_minimum,
    p.expected_daily_maximum,
    a.article_count_7_days < 7 * p.expected_daily_minimum AS is_silent
FROM core.publishers p
LEFT JOIN LATERAL (
    SELECT max(x.fetched_at) AS last_captured_at FROM raw.captures x WHERE x.publisher_id = p.publisher_id
) c ON true
LEFT JOIN LATERAL (
    SELECT max(v.published_at) AS last_published_at, max(x.last_seen_at) AS last_seen_at,
        count(*) AS article_count,
        count(*) FILTER (WHERE v.published_at >= now() - interval '7 days') AS article_count_7_days
    FROM core.articles x
    JOIN core.article_versions v ON v.article_version_id = x.current_version_id
    WHERE x.publisher_id = p.publisher_id
) a ON true;

COMMENT ON VIEW mart.freshness IS 'Grain: one row per publisher: when it was last heard of, against what is expected.';
COMMENT ON COLUMN mart.freshness.last_captured_at IS 'Latest capture.';
COMMENT ON COLUMN mart.freshness.last_published_at IS 'Latest publication time of an article.';
COMMENT ON COLUMN mart.freshness.last_seen_at IS 'Latest capture that showed an article.';
COMMENT ON COLUMN mart.freshness.hours_silent IS 'Hours since then.';
COMMENT ON COLUMN mart.freshness.article_count IS 'Articles in all.';
COMMENT ON COLUMN mart.freshness.article_count_7_days IS 'Articles published in the last seven days.';
COMMENT ON COLUMN mart.freshness.is_silent IS 'Whether these are fewer than expected; null: nothing is expected.';
