-- inherits: ops.rejections, raw.captures
CREATE VIEW mart.rejections AS
SELECT
    r.rejection_id,
    p.publisher_code,
    coalesce(c.url, c.path) AS source,
    r.document_number,
    r.stage,
    r.reason,
    r.detail,
    r.format,
    r.byte_offset,
    r.rejected_at,
    r.capture_id,
    r.run_id
FROM ops.rejections r
JOIN raw.captures c ON c.capture_id = r.capture_id
LEFT JOIN core.publishers p ON p.publisher_id = c.publisher_id;

COMMENT ON VIEW mart.rejections IS 'Grain: one row per document that is no article, with the reason.';
COMMENT ON COLUMN mart.rejections.publisher_code IS 'Publisher of the capture, where known.';
COMMENT ON COLUMN mart.rejections.source IS 'Address or path of the capture.';
