-- Who was named in most articles, wire copies left out, and who more or less than in the week before?
WITH named AS (
    SELECT DISTINCT kind, entity_id, article_id, (published_at AT TIME ZONE :zone)::date - (:day - 7) AS day_number
    FROM mart.mentions
    WHERE published_at >= :week_since AND published_at < :until
        AND kind IN ('person', 'organization', 'country') AND entity_id IS NOT NULL AND field <> 'dateline' AND NOT is_wire_copy
), counted AS (
    SELECT kind, entity_id, day_number, count(*) AS article_count
    FROM named
    GROUP BY kind, entity_id, day_number
), weeks AS (
    SELECT kind, entity_id, jsonb_object_agg(day_number, article_count) AS counts,
        coalesce(sum(article_count) FILTER (WHERE day_number = 7), 0) AS today,
        coalesce(sum(article_count) FILTER (WHERE day_number < 7), 0) / 7 AS mean_before
    FROM counted
    GROUP BY kind, entity_id
), ranked AS (
    SELECT *,
        row_number() OVER (PARTITION BY kind ORDER BY today DESC, mean_before DESC, entity_id) AS place,
        row_number() OVER (PARTITION BY kind = 'country' ORDER BY today - mean_before DESC, entity_id) AS rising_place,
        row_number() OVER (PARTITION BY kind = 'country' ORDER BY today - mean_before, entity_id) AS falling_place
    FROM weeks
)
SELECT r.kind, e.name, e.country_code, e.office, r.place, r.rising_place, r.falling_place,
    (SELECT array_agg(coalesce((r.counts ->> n::text)::integer, 0) ORDER BY n) FROM generate_series(0, 7) AS n) AS counts
FROM ranked r
JOIN mart.entities e ON e.entity_id = r.entity_id
WHERE (r.place <= 12 AND r.today > 0)
    OR (r.kind <> 'country' AND (
        (r.rising_place <= 6 AND r.today > r.mean_before) OR (r.falling_place <= 6 AND r.today < r.mean_before)
    ))
ORDER BY r.kind, r.place
