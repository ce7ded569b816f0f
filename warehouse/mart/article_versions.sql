-- inherits: core.article_versions, core.articles, core.publishers
CREATE VIEW mart.article_versions AS
SELECT
    v.article_id,
    v.article_version_id,
    -- Counted for each row and not by a window over all, so that asking for one day reads one day.
    (
        SELECT count(*)
        FROM core.article_versions x
        WHERE x.article_id = v.article_id AND x.superseded_at IS NULL
          AND (x.valid_from, x.recorded_at, x.article_version_id) <= (v.valid_from, v.recorded_at, v.article_version_id)
    ) AS version_number,
    v.article_version_id = a.current_version_id AS is_current,
    p.publisher_code,
    v.change_kind,
    v.change_summary,
    v.valid_from,
    v.valid_to,
    v.recorded_at,
    v.headline,
    v.subheadline,
    v.byline,
    CASE WHEN p.is_full_text_shown THEN v.body END AS body,
    v.language,
    v.ed_note,
    v.pub_status,
    v.published_at,
    v.published_at_source,
    v.published_at_precision,
    v.modified_at,
    v.wire_version,
    v.url,
    v.format,
    v.warnings,
    v.parser_version,
    v.capture_id
FROM core.article_versions v
JOIN core.articles a ON a.article_id = v.article_id
JOIN core.publishers p ON p.publisher_id = a.publisher_id
WHERE v.superseded_at IS NULL;

COMMENT ON VIEW mart.article_versions IS
    'Grain: one row per version of an article: its history, kills included.';
COMMENT ON COLUMN mart.article_versions.version_number IS 'Place in the article''s history by the wire''s clock, from 1.';
COMMENT ON COLUMN mart.article_versions.is_current IS 'Whether it is the article''s latest version.';
COMMENT ON COLUMN mart.article_versions.body IS
    'The text, paragraphs separated by a blank line; null where the licence forbids to show it.';
