-- severity: warning
-- A publisher of whose last full day more articles came than its file expects at most.
SELECT p.publisher_code, p.expected_daily_maximum, sum(d.article_count) AS article_count
FROM core.publishers p
JOIN ops.runs r ON r.run_id = :run_id AND r.kind = 'run'
JOIN core.article_days d ON d.publisher_id = p.publisher_id AND d.day = (r.started_at AT TIME ZONE 'UTC')::date - 1
WHERE p.expected_daily_maximum IS NOT NULL
GROUP BY p.publisher_id
HAVING sum(d.article_count) > p.expected_daily_maximum
