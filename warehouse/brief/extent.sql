-- From when to when does the warehouse hold articles, and on which days around this one are there any?
SELECT
    (SELECT min(first_day) FROM mart.coverage) AS first_day,
    (SELECT max(last_day) FROM mart.coverage) AS last_day,
    (SELECT coalesce(sum(article_count), 0)::bigint FROM mart.coverage) AS article_count,
    (SELECT max(day) FROM mart.article_days WHERE day < :day AND article_count > 0) AS day_before,
    (SELECT min(day) FROM mart.article_days WHERE day > :day AND article_count > 0) AS day_after,
    (
        SELECT max(finished_at) FROM mart.runs WHERE state = 'succeeded' AND is_published
    ) AS last_run_at
