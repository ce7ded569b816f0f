-- severity: error
-- A mention in the body whose offsets do not cut out its surface.
SELECT m.mention_id, m.surface, substr(v.body, m.start_offset + 1, m.end_offset - m.start_offset) AS found
FROM core.mentions m
JOIN core.article_versions v ON v.article_version_id = m.article_version_id
JOIN ops.work w ON w.stage = 'annotate' AND w.subject_id = v.article_version_id AND w.run_id = :run_id
WHERE m.field = 'body' AND substr(v.body, m.start_offset + 1, m.end_offset - m.start_offset) <> m.surface
