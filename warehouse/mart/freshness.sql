-- inherits: core.publishers
CREATE VIEW mart.freshness AS
SELECT
    p.publisher_code,
    p.name,
    p.is_active,
    c.last_captured_at,
    a.last_seen_at,
    d.last_published_date,
    extract(epoch FROM now() - a.last_seen_at)::double precision / 3600 AS hours_silent,
    coalesce(d.article_count, 0) AS article_count,
    coalesce(d.article_count_7_days, 0) AS article_count_7_days,
    p.expected_daily_minimum,
    p.expected_daily_maximum,
    coalesce(d.article_count_7_days, 0) < 7 * p.expected_daily_minimum AS is_silent
FROM core.publishers p
LEFT JOIN LATERAL (
    SELECT max(x.fetched_at) AS last_captured_at FROM raw.captures x WHERE x.publisher_id = p.publisher_id
) c ON true
LEFT JOIN LATERAL (
    SELECT max(x.last_seen_at) AS last_seen_at FROM core.articles x WHERE x.publisher_id = p.publisher_id
) a ON true
LEFT JOIN (
    SELECT x.publisher_id, max(x.day) FILTER (WHERE x.article_count > 0) AS last_published_date,
        sum(x.article_count) AS article_count,
        sum(x.article_count) FILTER (WHERE x.day > current_date - 7) AS article_count_7_days
    FROM core.article_days x
    GROUP BY x.publisher_id
) d ON d.publisher_id = p.publisher_id;

COMMENT ON VIEW mart.freshness IS 'Grain: one row per publisher: when it was last heard of, against what is expected.';
COMMENT ON COLUMN mart.freshness.last_captured_at IS 'Latest capture.';
COMMENT ON COLUMN mart.freshness.last_seen_at IS 'Latest capture that showed an article.';
COMMENT ON COLUMN mart.freshness.last_published_date IS 'Latest day of publication (UTC) of an article.';
COMMENT ON COLUMN mart.freshness.hours_silent IS 'Hours since an article was seen.';
COMMENT ON COLUMN mart.freshness.article_count IS 'Articles in all, killed ones left out.';
COMMENT ON COLUMN mart.freshness.article_count_7_days IS 'Articles published on the last seven days.';
COMMENT ON COLUMN mart.freshness.is_silent IS 'Whether these are fewer than expected; null: nothing is expected.';
