-- severity: error
-- An article whose current version is not the latest one by the wire's clock.
SELECT a.article_id, a.current_version_id
FROM core.articles a
WHERE a.article_id IN (
        SELECT n.article_id FROM core.article_versions n
        JOIN ops.work w ON w.stage = 'extract' AND w.subject_id = n.capture_id AND w.run_id = :run_id
    )
  AND NOT EXISTS (
      SELECT FROM core.article_versions v
      WHERE v.article_version_id = a.current_version_id AND v.superseded_at IS NULL AND v.valid_to IS NULL
  )
