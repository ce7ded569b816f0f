-- after: article_versions
-- inherits: mart.article_versions
CREATE VIEW mart.corrections AS
SELECT
    v.article_id,
    v.article_version_id,
    v.version_number,
    v.publisher_code,
    v.change_kind,
    v.change_summary,
    v.valid_from AS corrected_at,
    v.headline,
    b.headline AS previous_headline,
    v.body,
    b.body AS previous_body,
    v.ed_note,
    v.url
FROM mart.article_versions v
JOIN mart.article_versions b ON b.article_id = v.article_id AND b.version_number = v.version_number - 1
WHERE v.change_kind IN ('correction', 'kill', 'revival');

COMMENT ON VIEW mart.corrections IS
    'Grain: one row per correction, kill or revival of an article, beside the version before it.';
COMMENT ON COLUMN mart.corrections.corrected_at IS 'When the wire corrected it.';
COMMENT ON COLUMN mart.corrections.previous_headline IS 'Headline of the version before.';
COMMENT ON COLUMN mart.corrections.previous_body IS 'Text of the version before.';
