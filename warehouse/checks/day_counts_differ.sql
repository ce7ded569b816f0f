-- severity: warning
-- A day whose counted articles are not those that it has, with no recount asked for.
WITH days AS (
    -- Those of what the run brought.
    SELECT DISTINCT (coalesce(n.published_at, n.valid_from) AT TIME ZONE 'UTC')::date AS day
    FROM ops.work w
    JOIN core.article_versions n ON n.capture_id = w.subject_id
    WHERE w.stage = 'extract' AND w.run_id = :run_id
)
SELECT d.day, f.article_count AS found_count, s.article_count AS stored_count
FROM days d
CROSS JOIN LATERAL (
    -- Each day is a range of an index: no other day is read.
    SELECT count(*) AS article_count
    FROM (
        SELECT v.article_version_id FROM core.article_versions v
        WHERE v.published_at >= d.day::timestamp AT TIME ZONE 'UTC'
            AND v.published_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
        UNION ALL
        SELECT v.article_version_id FROM core.article_versions v
        WHERE v.published_at IS NULL AND v.valid_from >= d.day::timestamp AT TIME ZONE 'UTC'
            AND v.valid_from < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
    ) v
    JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
) f
CROSS JOIN LATERAL (
    SELECT coalesce(sum(c.article_count), 0) AS article_count FROM core.article_days c WHERE c.day = d.day
) s
WHERE f.article_count <> s.article_count AND d.day NOT IN (SELECT m.day FROM ops.stale_days m)
