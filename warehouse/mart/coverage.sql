-- inherits: core.publishers
CREATE VIEW mart.coverage AS
SELECT
    p.publisher_code,
    p.language,
    sum(d.article_count) AS article_count,
    count(*) FILTER (WHERE d.article_count > 0) AS day_count,
    min(d.day) FILTER (WHERE d.article_count > 0) AS first_day,
    max(d.day) FILTER (WHERE d.article_count > 0) AS last_day,
    sum(d.article_count)::double precision / nullif(count(*) FILTER (WHERE d.article_count > 0), 0) AS daily_mean
FROM core.publishers p
JOIN (
    SELECT publisher_id, day, sum(article_count) AS article_count FROM core.article_days GROUP BY publisher_id, day
) d ON d.publisher_id = p.publisher_id
GROUP BY p.publisher_id;

COMMENT ON VIEW mart.coverage IS 'Grain: one row per publisher with articles: from when to when there are any, and how many.';
COMMENT ON COLUMN mart.coverage.article_count IS 'Articles in all.';
COMMENT ON COLUMN mart.coverage.day_count IS 'Days with at least one.';
COMMENT ON COLUMN mart.coverage.first_day IS 'First day with one (UTC).';
COMMENT ON COLUMN mart.coverage.last_day IS 'Last day with one (UTC).';
COMMENT ON COLUMN mart.coverage.daily_mean IS 'Articles on such a day, on average.';
