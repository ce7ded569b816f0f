-- after: all_articles
-- inherits: core.cluster_members, mart.all_articles
CREATE VIEW mart.cluster_members AS
SELECT
    m.cluster_id,
    m.article_id,
    a.publisher_code,
    a.display_title,
    a.published_at,
    a.pub_status,
    m.relation,
    m.similarity_ratio,
    m.is_canonical,
    m.is_wire_copy,
    a.url
FROM core.cluster_members m
JOIN mart.all_articles a ON a.article_id = m.article_id;

COMMENT ON VIEW mart.cluster_members IS 'Grain: one row per article that belongs to a group of nearly equal texts.';
