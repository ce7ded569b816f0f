-- severity: error
-- A group of nearly equal texts in which not exactly one stands for all, or whose members are miscounted.
SELECT c.cluster_id, c.member_count, count(m.article_id) AS found_count,
    count(m.article_id) FILTER (WHERE m.is_canonical) AS canonical_count
FROM core.clusters c
LEFT JOIN core.cluster_members m ON m.cluster_id = c.cluster_id
WHERE c.cluster_id IN (
    SELECT x.cluster_id FROM core.cluster_members x
    JOIN ops.work w ON w.stage = 'cluster' AND w.subject_id = x.article_version_id AND w.run_id = :run_id
)
GROUP BY c.cluster_id
HAVING count(m.article_id) <> c.member_count OR count(m.article_id) FILTER (WHERE m.is_canonical) <> 1
