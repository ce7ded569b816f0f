-- after: articles
-- inherits: core.event_clusters, mart.all_articles
CREATE VIEW mart.event_clusters AS
SELECT
    c.event_cluster_id,
    c.event_type,
    c.event_date,
    n.event_count,
    n.article_count,
    n.source_count,
    n.first_published_at,
    n.event_ids,
    c.status,
    n.report_count,
    n.last_published_at,
    r.event_id AS representative_event_id,
    r.article_id AS representative_article_id,
    r.sentence
FROM core.event_clusters c
JOIN LATERAL (
    SELECT count(*) AS event_count,
        count(DISTINCT a.article_id) AS article_count,
        count(DISTINCT coalesce(o.publisher_code, a.publisher_code)) AS source_count,
        min(a.published_at) AS first_published_at,
        array_agg(m.event_id ORDER BY a.published_at, m.event_id) AS event_ids,
        count(DISTINCT coalesce(a.cluster_id, a.article_id)) AS report_count,
        max(a.published_at) AS last_published_at
    FROM core.event_cluster_members m
    JOIN core.events e ON e.event_id = m.event_id
    JOIN mart.articles a ON a.article_version_id = e.article_version_id
    LEFT JOIN core.clusters k ON k.cluster_id = a.cluster_id
    LEFT JOIN mart.all_articles o ON o.article_id = k.canonical_article_id
    WHERE m.event_cluster_id = c.event_cluster_id
) n ON n.event_count > 0
JOIN LATERAL (
    SELECT e.event_id, a.article_id,
        substr(
            CASE e.field WHEN 'headline' THEN a.headline WHEN 'dateline' THEN a.dateline_text ELSE a.body END,
            e.start_offset + 1, e.end_offset - e.start_offset
        ) AS sentence
    FROM core.event_cluster_members m
    JOIN core.events e ON e.event_id = m.event_id
    JOIN mart.articles a ON a.article_version_id = e.article_version_id
    WHERE m.event_cluster_id = c.event_cluster_id
    ORDER BY a.is_wire_copy, e.confidence DESC, a.published_at, e.event_id LIMIT 1
) r ON true;

COMMENT ON VIEW mart.event_clusters IS 'Grain: one row per event of the world that one or more current texts state.';
COMMENT ON COLUMN mart.event_clusters.event_count IS 'Coded statements of it.';
COMMENT ON COLUMN mart.event_clusters.article_count IS 'Articles that state it.';
COMMENT ON COLUMN mart.event_clusters.source_count IS
    'Publishers that state it in a text of their own: of copies, the publisher of the original alone.';
COMMENT ON COLUMN mart.event_clusters.first_published_at IS 'First publication.';
COMMENT ON COLUMN mart.event_clusters.event_ids IS 'The statements, in the order of publication.';
COMMENT ON COLUMN mart.event_clusters.report_count IS 'Independent texts that state it: near-duplicates count once.';
COMMENT ON COLUMN mart.event_clusters.last_published_at IS 'Last publication.';
COMMENT ON COLUMN mart.event_clusters.representative_event_id IS 'The surest statement, from an original where there is one.';
COMMENT ON COLUMN mart.event_clusters.representative_article_id IS 'The article of that statement.';
COMMENT ON COLUMN mart.event_clusters.sentence IS 'Its sentence; null where the licence forbids to show the text.';
