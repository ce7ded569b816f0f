-- inherits: core.entity_days, core.entities
CREATE VIEW mart.entity_days AS
SELECT d.day, d.entity_id, e.name, e.kind, e.country_code, d.article_count, d.unique_count, d.mention_count
FROM core.entity_days d
JOIN core.entities e ON e.entity_id = d.entity_id;

COMMENT ON VIEW mart.entity_days IS 'Grain: one row per day of publication (UTC) and entity that was named on it, other than in datelines.';
