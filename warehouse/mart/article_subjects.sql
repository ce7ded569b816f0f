-- after: articles
-- inherits: core.version_subjects, core.subjects, mart.all_articles
CREATE VIEW mart.article_subjects AS
SELECT a.article_id, a.publisher_code, a.published_at, a.is_wire_copy, x.position, s.scheme, s.code, s.name
FROM core.version_subjects x
JOIN core.subjects s ON s.subject_id = x.subject_id
JOIN mart.articles a ON a.article_version_id = x.article_version_id;

COMMENT ON VIEW mart.article_subjects IS 'Grain: one row per subject that an article in its current version was filed under.';
