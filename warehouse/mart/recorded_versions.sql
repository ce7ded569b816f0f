-- inherits: core.article_versions, core.articles, core.publishers
CREATE VIEW mart.recorded_versions AS
SELECT
    v.article_id,
    v.article_version_id,
    p.publisher_code,
    v.valid_from,
    v.recorded_at,
    v.superseded_at,
    v.headline,
    CASE WHEN p.is_full_text_shown THEN v.body END AS body,
    v.language,
    v.pub_status,
    v.change_kind,
    v.published_at,
    v.url
FROM core.article_versions v
JOIN core.articles a ON a.article_id = v.article_id
JOIN core.publishers p ON p.publisher_id = a.publisher_id;

COMMENT ON VIEW mart.recorded_versions IS
    'Grain: one row per version of an article that this warehouse ever took for one, also where it knows better now.'
    ' What mart.articles_as_of looks through.';
COMMENT ON COLUMN mart.recorded_versions.body IS
    'The text, paragraphs separated by a blank line; null where the licence forbids to show it.';
