-- What was not loaded on this day, and why?
SELECT coalesce(p.name, 'nobody known') AS publisher_name, r.reason, count(*) AS document_count, min(r.detail) AS example,
    sum(count(*)) OVER ()::bigint AS total_count
FROM mart.rejections r
LEFT JOIN mart.publishers p ON p.publisher_code = r.publisher_code
WHERE r.rejected_at >= :since AND r.rejected_at < :until
GROUP BY p.name, r.reason
ORDER BY document_count DESC, publisher_name, r.reason
LIMIT 12
