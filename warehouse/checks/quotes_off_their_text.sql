-- severity: error
-- A quote in the body whose offsets do not cut out its words.
SELECT q.quote_id, q.quote_text, substr(v.body, q.start_offset + 1, q.end_offset - q.start_offset) AS found
FROM core.quotes q
JOIN core.article_versions v ON v.article_version_id = q.article_version_id
JOIN ops.work w ON w.stage = 'annotate' AND w.subject_id = v.article_version_id AND w.run_id = :run_id
WHERE q.field = 'body' AND substr(v.body, q.start_offset + 1, q.end_offset - q.start_offset) <> q.quote_text
