-- severity: error
-- A capture with bytes that no stage was ever asked to read: it fell on the floor.
SELECT c.capture_id, c.url, c.path
FROM raw.captures c
WHERE c.run_id = :run_id AND c.outcome = 'content'
  AND NOT EXISTS (SELECT FROM ops.work w WHERE w.stage = 'extract' AND w.subject_id = c.capture_id)
