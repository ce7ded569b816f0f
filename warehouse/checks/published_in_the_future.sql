-- severity: warning
-- A version said to be published more than a day after it was captured: its clock is wrong.
SELECT v.article_version_id, coalesce(v.published_at, (v.provenance -> 'doubtful_published_at' ->> 'detail')::timestamptz) AS published_at, c.fetched_at
FROM core.article_versions v
JOIN ops.runs r ON r.run_id = :run_id AND v.recorded_at >= r.started_at
JOIN raw.captures c ON c.capture_id = v.capture_id
WHERE (v.published_at > c.fetched_at + interval '1 day' OR 'published_in_future' = ANY (v.warnings)) AND v.superseded_at IS NULL
