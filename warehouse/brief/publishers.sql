-- How many articles did each publisher bring, how many of them copies of another's text, and who fell silent?
WITH counted AS (
    SELECT publisher_code, (published_at AT TIME ZONE :zone)::date AS day, count(*) AS article_count,
        count(*) FILTER (WHERE is_wire_copy) AS copy_count, max(published_at) AS last_published_at
    FROM mart.articles
    WHERE published_at >= :week_since AND published_at < :until
    GROUP BY 1, 2
), weeks AS (
    SELECT publisher_code, jsonb_object_agg(day - (:day - 7), article_count) AS counts,
        coalesce(sum(article_count) FILTER (WHERE day = :day), 0) AS article_count,
        coalesce(sum(article_count) FILTER (WHERE day < :day), 0) AS week_count,
        coalesce(sum(copy_count) FILTER (WHERE day = :day), 0) AS copy_count,
        max(last_published_at) AS last_published_at
    FROM counted
    GROUP BY publisher_code
)
SELECT f.name AS publisher_name, f.expected_daily_minimum, f.expected_daily_maximum,
    f.last_published_date, w.last_published_at, coalesce(w.copy_count, 0)::bigint AS copy_count,
    (
        SELECT array_agg(coalesce((w.counts ->> n::text)::integer, 0) ORDER BY n) FROM generate_series(0, 7) AS n
    ) AS counts,
    count(*) OVER () AS publisher_count
FROM mart.freshness f
LEFT JOIN weeks w ON w.publisher_code = f.publisher_code
WHERE w.publisher_code IS NOT NULL OR f.is_active
ORDER BY coalesce(w.article_count, 0) = 0 DESC, coalesce(w.article_count, 0) < f.expected_daily_minimum DESC,
    coalesce(w.article_count, 0) DESC, f.name
LIMIT 60
