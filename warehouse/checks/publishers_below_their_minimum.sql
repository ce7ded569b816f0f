-- severity: error
-- A publisher of whose last full day fewer articles came than its file expects at least.
SELECT p.publisher_code, p.expected_daily_minimum, coalesce(sum(d.article_count), 0) AS article_count
FROM core.publishers p
JOIN ops.runs r ON r.run_id = :run_id AND r.kind = 'run'
LEFT JOIN core.article_days d
    ON d.publisher_id = p.publisher_id AND d.day = (r.started_at AT TIME ZONE 'UTC')::date - 1
WHERE p.is_active AND p.expected_daily_minimum IS NOT NULL
  -- A publisher that was first read today has no full day yet.
  AND EXISTS (
      SELECT FROM core.articles a
      WHERE a.publisher_id = p.publisher_id AND a.first_seen_at < date_trunc('day', r.started_at, 'UTC') - interval '1 day'
  )
GROUP BY p.publisher_id
HAVING coalesce(sum(d.article_count), 0) < p.expected_daily_minimum
