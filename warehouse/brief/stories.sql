-- Which texts went furthest: carried by most publishers, then told in most articles? (copies joined into one story)
WITH told AS (
    SELECT coalesce(cluster_id, article_id) AS story_id, article_id, publisher_code, publisher_name, published_at,
        is_canonical, is_wire_copy, urgency
    FROM mart.articles
    WHERE published_at >= :since AND published_at < :until
), stories AS (
    SELECT
        story_id,
        count(*) AS article_count,
        count(DISTINCT publisher_code) AS publisher_count,
        count(DISTINCT publisher_code) FILTER (WHERE NOT is_wire_copy) AS source_count,
        min(published_at) AS first_published_at,
        (array_agg(article_id ORDER BY is_canonical DESC, published_at, article_id))[1] AS article_id,
        (array_agg(DISTINCT publisher_name))[1:6] AS publishers,
        count(*) OVER () AS story_count
    FROM told
    GROUP BY story_id
    ORDER BY publisher_count DESC, article_count DESC, min(urgency) NULLS LAST, first_published_at DESC, story_id
    LIMIT 13
)
SELECT a.display_title AS title, a.url, a.language, a.publisher_name, s.publishers, a.dateline_place AS place,
    s.first_published_at, s.article_count, s.publisher_count, s.source_count, s.story_count
FROM stories s
JOIN mart.articles a ON a.article_id = s.article_id
ORDER BY s.publisher_count DESC, s.article_count DESC, a.urgency NULLS LAST, s.first_published_at DESC, s.story_id
