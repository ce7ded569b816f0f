-- Which stories went furthest: carried by most publishers, then told in most articles? (one story: copies of a text, and texts that open with the same event)
WITH opened AS (
    -- What the headline, or else the first sentence, says: who did what to whom, with both sides named.
    SELECT DISTINCT ON (e.article_id) e.article_id, e.event_cluster_id
    FROM mart.events e
    WHERE e.published_at >= :since AND e.published_at < :until
        AND e.event_cluster_id IS NOT NULL AND e.sentence_number = 0 AND e.field IN ('headline', 'body')
        AND EXISTS (SELECT FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'actor')
        AND EXISTS (SELECT FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'recipient')
    ORDER BY e.article_id, e.field DESC, e.start_offset, e.confidence DESC, e.event_id
), told AS (
    SELECT a.article_id, a.publisher_code, a.publisher_name, a.published_at, a.is_canonical, a.is_wire_copy, a.urgency,
        -- Copies of a text stay together, whatever was changed in one of them.
        coalesce(
            first_value(o.event_cluster_id) OVER (
                PARTITION BY coalesce(a.cluster_id, a.article_id)
                ORDER BY o.event_cluster_id IS NULL, a.is_canonical DESC, a.published_at, a.article_id
            ),
            a.cluster_id, a.article_id
        ) AS story_id
    FROM mart.articles a
    LEFT JOIN opened o ON o.article_id = a.article_id
    WHERE a.published_at >= :since AND a.published_at < :until
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
