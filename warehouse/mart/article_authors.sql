-- after: articles
-- inherits: core.version_authors, mart.all_articles
CREATE VIEW mart.article_authors AS
SELECT a.article_id, a.publisher_code, a.published_at, a.is_wire_copy, x.position, x.name
FROM core.version_authors x
JOIN mart.articles a ON a.article_version_id = x.article_version_id;

COMMENT ON VIEW mart.article_authors IS 'Grain: one row per author of an article in its current version.';
