-- severity: error
-- A version that does not end where the next one of its article begins, or ends with none behind it.
SELECT v.article_version_id, v.valid_from, v.valid_to, v.next_from
FROM (
    SELECT s.article_version_id, s.valid_from, s.valid_to,
        lead(s.valid_from) OVER (PARTITION BY s.article_id ORDER BY s.valid_from, s.valid_to NULLS LAST) AS next_from
    FROM core.article_versions s
    WHERE s.superseded_at IS NULL AND s.article_id IN (
        SELECT n.article_id FROM core.article_versions n
        JOIN ops.work w ON w.stage = 'extract' AND w.subject_id = n.capture_id AND w.run_id = :run_id
    )
) v
WHERE v.valid_to IS DISTINCT FROM v.next_from
