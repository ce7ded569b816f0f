-- after: article_versions
-- inherits: mart.article_versions
CREATE VIEW mart.version_changes AS
SELECT
    v.article_id,
    v.publisher_code,
    v.article_version_id,
    v.version_number,
    v.change_kind,
    v.change_summary,
    v.valid_from AS changed_at,
    v.recorded_at,
    b.article_version_id AS previous_version_id,
    b.headline AS previous_headline,
    v.headline,
    b.body AS previous_body,
    v.body,
    b.pub_status AS previous_pub_status,
    v.pub_status,
    v.url
FROM mart.article_versions v
JOIN mart.article_versions b ON b.article_id = v.article_id AND b.version_number = v.version_number - 1;

COMMENT ON VIEW mart.version_changes IS
    'Grain: one row per change of an article, of whatever kind: a version and the one before it side by side.';
COMMENT ON COLUMN mart.version_changes.changed_at IS 'When the wire changed it.';
COMMENT ON COLUMN mart.version_changes.previous_version_id IS 'The version before.';
COMMENT ON COLUMN mart.version_changes.previous_headline IS 'Headline of the version before.';
COMMENT ON COLUMN mart.version_changes.previous_body IS 'Text of the version before.';
COMMENT ON COLUMN mart.version_changes.previous_pub_status IS 'Status of the version before.';
