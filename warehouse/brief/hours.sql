-- At which hours of the day did the articles come?
SELECT
    extract(hour FROM published_at AT TIME ZONE :zone)::integer AS hour,
    count(*) FILTER (WHERE NOT is_wire_copy) AS own_count,
    count(*) FILTER (WHERE is_wire_copy) AS copy_count
FROM mart.articles
WHERE published_at >= :since AND published_at < :until AND published_at_precision IN ('second', 'minute', 'hour')
GROUP BY 1
ORDER BY 1
