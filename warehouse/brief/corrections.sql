-- What was corrected, killed or brought back, and what changed?
SELECT c.change_kind, c.corrected_at, p.name AS publisher_name, c.headline, c.previous_headline,
    left(c.body, 20000) AS body, left(c.previous_body, 20000) AS previous_body, c.ed_note, c.change_summary, c.url,
    count(*) OVER () AS correction_count,
    count(*) FILTER (WHERE c.change_kind = 'kill') OVER () AS kill_count
FROM mart.corrections c
JOIN mart.publishers p ON p.publisher_code = c.publisher_code
WHERE c.corrected_at >= :since AND c.corrected_at < :until
ORDER BY c.change_kind = 'kill' DESC, c.corrected_at DESC, c.article_version_id
LIMIT 20
