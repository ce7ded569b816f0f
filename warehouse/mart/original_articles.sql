-- after: articles
-- inherits: mart.all_articles
CREATE VIEW mart.original_articles AS
SELECT a.*
FROM mart.articles a
WHERE NOT a.is_wire_copy;

COMMENT ON VIEW mart.original_articles IS
    'Grain: one row per article that does not repeat what another publisher wrote. For counting what a publisher wrote.';
