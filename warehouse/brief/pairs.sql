-- Which pairs of countries had to do with each other, and in what tone? (Goldstein values lie between -10 and 10)
WITH sides AS (
    SELECT DISTINCT e.event_id, e.goldstein, e.quad_class, x.country_code AS actor_country_code,
        y.country_code AS recipient_country_code
    FROM mart.events e
    JOIN mart.event_participants x ON x.event_id = e.event_id AND x.role = 'actor'
    JOIN mart.event_participants y ON y.event_id = e.event_id AND y.role = 'recipient'
    WHERE e.published_at >= :since AND e.published_at < :until AND e.status = 'actual' AND NOT e.is_wire_copy
        AND x.country_code <> y.country_code
)
SELECT
    actor_country_code,
    recipient_country_code,
    count(*) AS event_count,
    count(*) FILTER (WHERE quad_class >= 3) AS conflict_count,
    avg(goldstein)::double precision AS goldstein_mean
FROM sides
GROUP BY actor_country_code, recipient_country_code
ORDER BY event_count DESC, actor_country_code, recipient_country_code
LIMIT 200
