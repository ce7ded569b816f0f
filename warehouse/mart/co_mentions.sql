-- after: articles
-- inherits: mart.all_articles, core.mentions
CREATE VIEW mart.co_mentions AS
SELECT
    a.article_id,
    a.publisher_code,
    a.published_at,
    a.is_wire_copy,
    i.resolved_id AS entity_id,
    o.entity_id AS other_entity_id,
    o.name AS other_name,
    o.kind AS other_kind,
    o.country_code AS other_country_code,
    x.field = y.field AND x.sentence_number = y.sentence_number AS is_same_sentence
FROM core.mentions x
JOIN core.entities i ON i.entity_id = x.entity_id
JOIN core.mentions y ON y.article_version_id = x.article_version_id AND y.entity_id <> x.entity_id
JOIN core.entities j ON j.entity_id = y.entity_id
JOIN core.entities o ON o.entity_id = j.resolved_id AND o.entity_id <> i.resolved_id
JOIN mart.articles a ON a.article_version_id = x.article_version_id
WHERE x.field <> 'dateline' AND y.field <> 'dateline';

COMMENT ON VIEW mart.co_mentions IS
    'Grain: one row per two mentions of different entities in a current text, datelines left out. Ask for one entity_id, or for days.';
COMMENT ON COLUMN mart.co_mentions.entity_id IS 'The entity that is asked about.';
COMMENT ON COLUMN mart.co_mentions.other_entity_id IS 'The other entity.';
COMMENT ON COLUMN mart.co_mentions.other_name IS 'Its preferred name.';
COMMENT ON COLUMN mart.co_mentions.other_kind IS 'What it is.';
COMMENT ON COLUMN mart.co_mentions.other_country_code IS 'Its country, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.co_mentions.is_same_sentence IS 'Whether both are in one sentence.';
