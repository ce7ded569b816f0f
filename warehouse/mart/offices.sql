-- inherits: core.offices, core.entities
CREATE VIEW mart.offices AS
SELECT
    e.resolved_id AS entity_id,
    e.name,
    o.title,
    o.country_code,
    o.sector,
    o.started_date,
    o.ended_date,
    o.source
FROM core.offices o
JOIN core.entities e ON e.entity_id = o.person_id;

COMMENT ON VIEW mart.offices IS 'Grain: one row per person, office and stretch of time in it.';
COMMENT ON COLUMN mart.offices.entity_id IS 'Who held it.';
COMMENT ON COLUMN mart.offices.country_code IS 'Country of the office, ISO 3166-1 alpha-3.';
