-- after: articles
-- inherits: core.event_clusters
CREATE VIEW mart.event_clusters AS
SELECT
    c.event_cluster_id,
    c.event_type,
    c.event_date,
    n.event_count,
    n.article_count,
    n.source_count,
    n.first_published_at,
    n.event_ids
FROM core.event_clusters c
JOIN LATERAL (
    SELECT count(*) AS event_count,
        count(DISTINCT a.article_id) AS article_count,
        count(DISTINCT a.publisher_code) FILTER (WHERE NOT a.is_wire_copy) AS source_count,
        min(a.published_at) AS first_published_at,
        array_agg(m.event_id ORDER BY a.published_at, m.event_id) AS event_ids
    FROM core.event_cluster_members m
    JOIN core.events e ON e.event_id = m.event_id
    JOIN mart.articles a ON a.article_version_id = e.article_version_id
    WHERE m.event_cluster_id = c.event_cluster_id
) n ON n.event_count > 0;

COMMENT ON VIEW mart.event_clusters IS 'Grain: one row per event of the world that one or more current texts state.';
COMMENT ON COLUMN mart.event_clusters.event_count IS 'Coded statements of it.';
COMMENT ON COLUMN mart.event_clusters.article_count IS 'Articles that state it.';
COMMENT ON COLUMN mart.event_clusters.source_count IS 'Publishers that state it in a text of their own: copies do not count.';
COMMENT ON COLUMN mart.event_clusters.first_published_at IS 'First publication.';
COMMENT ON COLUMN mart.event_clusters.event_ids IS 'The statements, in the order of publication.';
