-- Which people, organizations and countries were named in most articles, wire copies left out, and in how many in the week before?
WITH named AS (
    SELECT DISTINCT kind, entity_id, article_id, (published_at AT TIME ZONE :zone)::date - (:day - 7) AS day_number
    FROM mart.mentions
    WHERE published_at >= :week_since AND published_at < :until
        AND kind IN ('person', 'organization', 'country') AND entity_id IS NOT NULL AND NOT is_wire_copy
), counted AS (
    SELECT kind, entity_id, day_number, count(*) AS article_count
    FROM named
    GROUP BY kind, entity_id, day_number
), ranked AS (
    SELECT kind, entity_id, jsonb_object_agg(day_number, article_count) AS counts,
        row_number() OVER (
            PARTITION BY kind ORDER BY sum(article_count) FILTER (WHERE day_number = 7) DESC, entity_id
        ) AS place
    FROM counted
    GROUP BY kind, entity_id
    HAVING sum(article_count) FILTER (WHERE day_number = 7) > 0
)
SELECT r.kind, e.name, e.country_code, e.office,
    (SELECT array_agg(coalesce((r.counts ->> n::text)::integer, 0) ORDER BY n) FROM generate_series(0, 7) AS n) AS counts
FROM ranked r
JOIN mart.entities e ON e.entity_id = r.entity_id
WHERE r.place <= 12
ORDER BY r.kind, r.place
