-- inherits: core.clusters, core.cluster_members, mart.all_articles
CREATE VIEW mart.clusters AS
SELECT
    c.cluster_id,
    c.canonical_article_id,
    c.origin_article_id,
    c.origin_agency,
    c.member_count,
    c.publisher_count,
    c.first_published_at,
    c.last_published_at,
    c.clusterer_version
FROM core.clusters c;

COMMENT ON VIEW mart.clusters IS 'Grain: one row per group of articles whose texts are the same or nearly so.';
