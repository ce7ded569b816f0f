-- Who copied from whom?
SELECT a.publisher_name, o.publisher_name AS origin_name, count(*) AS copy_count
FROM mart.articles a
JOIN mart.clusters c ON c.cluster_id = a.cluster_id
JOIN mart.all_articles o ON o.article_id = c.origin_article_id
WHERE a.published_at >= :since AND a.published_at < :until AND a.is_wire_copy
GROUP BY a.publisher_name, o.publisher_name
ORDER BY copy_count DESC, a.publisher_name, o.publisher_name
LIMIT 12
