-- inherits: core.entities
CREATE VIEW mart.entities AS
SELECT
    e.entity_id,
    e.name,
    e.kind,
    e.country_code,
    (
        SELECT o.title FROM core.offices o JOIN core.entities x ON x.entity_id = o.person_id
        WHERE x.resolved_id = e.entity_id
        ORDER BY o.started_date DESC NULLS LAST, o.rank, o.office_id LIMIT 1
    ) AS office,
    e.sector,
    e.wikidata_id,
    e.geonames_id,
    e.latitude,
    e.longitude,
    e.is_known,
    (
        SELECT coalesce(array_agg(DISTINCT n.alias ORDER BY n.alias), '{}')
        FROM core.entity_aliases n JOIN core.entities x ON x.entity_id = n.entity_id
        WHERE x.resolved_id = e.entity_id
    ) AS aliases,
    e.entity_key
FROM core.entities e
WHERE e.merged_into_id IS NULL;

COMMENT ON VIEW mart.entities IS 'Grain: one row per person, organization or place; those found to be the same are one.';
COMMENT ON COLUMN mart.entities.office IS 'For people: the latest office that the reference tables know.';
COMMENT ON COLUMN mart.entities.aliases IS 'Every name that it goes by.';
