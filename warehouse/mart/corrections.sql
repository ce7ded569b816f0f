-- inherits: core.article_versions, core.publishers
CREATE VIEW mart.corrections AS
SELECT
    v.article_id,
    v.article_version_id,
    p.publisher_code,
    v.change_kind,
    v.change_summary,
    v.valid_from AS corrected_at,
    v.headline,
    b.headline AS previous_headline,
    CASE WHEN p.is_full_text_shown THEN v.body END AS body,
    CASE WHEN p.is_full_text_shown THEN b.body END AS previous_body,
    v.ed_note,
    v.url,
    b.article_version_id AS previous_version_id
FROM core.article_versions v
JOIN core.articles a ON a.article_id = v.article_id
JOIN core.publishers p ON p.publisher_id = a.publisher_id
LEFT JOIN LATERAL (
    SELECT x.article_version_id, x.headline, x.body
    FROM core.article_versions x
    WHERE x.article_id = v.article_id AND x.superseded_at IS NULL
      AND (x.valid_from, x.recorded_at, x.article_version_id) < (v.valid_from, v.recorded_at, v.article_version_id)
    ORDER BY x.valid_from DESC, x.recorded_at DESC, x.article_version_id DESC
    LIMIT 1
) b ON true
WHERE v.change_kind IN ('correction', 'kill', 'revival') AND v.superseded_at IS NULL;

COMMENT ON VIEW mart.corrections IS
    'Grain: one row per correction, kill or revival of an article, beside the version before it.';
COMMENT ON COLUMN mart.corrections.corrected_at IS 'When the wire corrected it.';
COMMENT ON COLUMN mart.corrections.previous_headline IS 'Headline of the version before; null where that was never seen.';
COMMENT ON COLUMN mart.corrections.body IS 'The text; null where the licence forbids to show it.';
COMMENT ON COLUMN mart.corrections.previous_body IS 'Text of the version before; null where the licence forbids to show it.';
COMMENT ON COLUMN mart.corrections.previous_version_id IS 'The version before; null where it was never seen.';
