-- inherits: core.event_participants
CREATE VIEW mart.event_participants AS
SELECT
    p.event_id,
    p.role,
    p.position,
    p.surface,
    g.entity_id AS entity_id,
    g.name AS entity_name,
    coalesce(p.country_code, g.country_code) AS country_code,
    coalesce(p.sector, g.sector) AS sector,
    p.start_offset,
    p.end_offset
FROM core.event_participants p
JOIN core.events v ON v.event_id = p.event_id
JOIN core.articles a ON a.current_version_id = v.article_version_id AND a.pub_status = 'usable'
LEFT JOIN core.entities e ON e.entity_id = p.entity_id
LEFT JOIN core.entities g ON g.entity_id = e.resolved_id;

COMMENT ON VIEW mart.event_participants IS
    'Grain: one row per actor, recipient or claimant (who says that it happened) of an event; lists, never pairs.';
COMMENT ON COLUMN mart.event_participants.entity_name IS 'Preferred name of the participant, where resolved.';
