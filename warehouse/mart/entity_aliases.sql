-- inherits: core.entity_aliases, core.entities
CREATE VIEW mart.entity_aliases AS
SELECT
    e.resolved_id AS entity_id,
    n.alias,
    n.alias_folded,
    n.script,
    n.language,
    n.valid_from,
    n.valid_until,
    n.source
FROM core.entity_aliases n
JOIN core.entities e ON e.entity_id = n.entity_id;

COMMENT ON VIEW mart.entity_aliases IS 'Grain: one row per name of an entity, in one language and stretch of time.';
COMMENT ON COLUMN mart.entity_aliases.entity_id IS 'Who is called so.';
