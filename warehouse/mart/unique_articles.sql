-- after: articles
-- inherits: mart.all_articles
CREATE VIEW mart.unique_articles AS
SELECT a.*
FROM mart.articles a
WHERE a.is_canonical;

COMMENT ON VIEW mart.unique_articles IS
    'Grain: one row per text: of articles that are nearly the same, the one that stands for all. For counting news.';
