-- severity: warning
-- A day whose counted articles are not those that it has, with no recount asked for.
SELECT f.day, f.article_count AS found_count, coalesce(d.article_count, 0) AS stored_count
FROM (
    SELECT (coalesce(v.published_at, v.valid_from) AT TIME ZONE 'UTC')::date AS day, count(*) AS article_count
    FROM core.article_versions v
    JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
    WHERE (coalesce(v.published_at, v.valid_from) AT TIME ZONE 'UTC')::date IN (
        SELECT (coalesce(n.published_at, n.valid_from) AT TIME ZONE 'UTC')::date
        FROM core.article_versions n
        JOIN ops.work w ON w.stage = 'extract' AND w.subject_id = n.capture_id AND w.run_id = :run_id
    )
    GROUP BY 1
) f
LEFT JOIN (SELECT day, sum(article_count) AS article_count FROM core.article_days GROUP BY day) d ON d.day = f.day
WHERE f.article_count <> coalesce(d.article_count, 0) AND f.day NOT IN (SELECT s.day FROM ops.stale_days s)
