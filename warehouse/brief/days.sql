-- How many articles came on this day and on each of the seven before it, how many different texts, from how many publishers?
WITH counted AS (
    SELECT
        (published_at AT TIME ZONE :zone)::date AS day,
        count(*) AS article_count,
        count(*) FILTER (WHERE is_canonical AND NOT is_wire_copy) AS text_count,
        count(*) FILTER (WHERE is_wire_copy) AS copy_count,
        count(DISTINCT publisher_code) AS publisher_count
    FROM mart.articles
    WHERE published_at >= :week_since AND published_at < :until
    GROUP BY 1
)
SELECT
    d.day::date AS day,
    coalesce(c.article_count, 0) AS article_count,
    coalesce(c.text_count, 0) AS text_count,
    coalesce(c.copy_count, 0) AS copy_count,
    coalesce(c.publisher_count, 0) AS publisher_count
FROM generate_series(:day - 7, :day, interval '1 day') AS d (day)
LEFT JOIN counted c ON c.day = d.day::date
ORDER BY d.day
