-- Of which stretches of this day may articles be missing?
SELECT p.name AS publisher_name, g.gap_kind, g.gap_start, g.gap_end, g.reason, count(*) OVER () AS gap_count
FROM mart.known_gaps g
JOIN mart.publishers p ON p.publisher_code = g.publisher_code
WHERE g.gap_start < :until AND g.gap_end > :since
ORDER BY g.gap_start, p.name
LIMIT 12
