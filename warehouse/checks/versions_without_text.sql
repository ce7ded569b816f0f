-- severity: error
-- A usable version without text: an empty article passed off as read.
SELECT v.article_version_id, v.format, v.url
FROM core.article_versions v
JOIN ops.runs r ON r.run_id = :run_id AND v.recorded_at >= r.started_at
WHERE v.body = '' AND v.pub_status = 'usable' AND v.superseded_at IS NULL
