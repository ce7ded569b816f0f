CREATE VIEW mart.drop_reasons AS
SELECT 'rejected' AS outcome, p.publisher_code, r.stage, r.reason, count(*) AS document_count,
    min(r.rejected_at) AS first_at, max(r.rejected_at) AS last_at, min(r.detail) AS example
FROM ops.rejections r
JOIN raw.captures c ON c.capture_id = r.capture_id
LEFT JOIN core.publishers p ON p.publisher_id = c.publisher_id
GROUP BY p.publisher_code, r.stage, r.reason
UNION ALL
SELECT 'quarantined', p.publisher_code, q.stage, q.reason, count(*), min(q.quarantined_at), max(q.quarantined_at),
    min(q.detail)
FROM ops.quarantine q
LEFT JOIN raw.captures c ON c.capture_id = q.capture_id
LEFT JOIN core.publishers p ON p.publisher_id = c.publisher_id
WHERE q.released_at IS NULL
GROUP BY p.publisher_code, q.stage, q.reason;

COMMENT ON VIEW mart.drop_reasons IS 'Grain: one row per publisher, stage and reason for which documents were not loaded.';
COMMENT ON COLUMN mart.drop_reasons.outcome IS 'rejected: no article; quarantined: Dateline failed on it.';
COMMENT ON COLUMN mart.drop_reasons.publisher_code IS 'Publisher of the capture, where known.';
COMMENT ON COLUMN mart.drop_reasons.stage IS 'Stage that refused it or failed on it.';
COMMENT ON COLUMN mart.drop_reasons.reason IS 'Stable code.';
COMMENT ON COLUMN mart.drop_reasons.document_count IS 'How many.';
COMMENT ON COLUMN mart.drop_reasons.first_at IS 'First time.';
COMMENT ON COLUMN mart.drop_reasons.last_at IS 'Last time.';
COMMENT ON COLUMN mart.drop_reasons.example IS 'What was said of one of them.';
