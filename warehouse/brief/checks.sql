-- Which checks did the runs of this day fail?
SELECT k.check_name, k.severity, max(k.offending_count)::bigint AS offending_count
FROM mart.check_results k
WHERE k.checked_at >= :since AND k.checked_at < :until AND NOT k.is_passed
GROUP BY k.check_name, k.severity
ORDER BY k.severity, k.check_name
LIMIT 20
