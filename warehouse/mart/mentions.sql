-- after: articles
-- inherits: core.mentions, mart.all_articles, core.entities
CREATE VIEW mart.mentions AS
SELECT
    m.mention_id,
    a.article_id,
    m.article_version_id,
    a.publisher_code,
    a.published_at,
    a.is_wire_copy,
    m.field,
    m.sentence_number,
    m.start_offset,
    m.end_offset,
    m.surface,
    m.form,
    m.kind,
    g.entity_id AS entity_id,
    g.name AS entity_name,
    coalesce(g.country_code, m.country_code) AS country_code,
    coalesce(g.sector, m.sector) AS sector,
    m.office,
    m.confidence,
    m.annotator
FROM core.mentions m
JOIN mart.articles a ON a.article_version_id = m.article_version_id
LEFT JOIN core.entities e ON e.entity_id = m.entity_id
LEFT JOIN core.entities g ON g.entity_id = e.resolved_id;

COMMENT ON VIEW mart.mentions IS
    'Grain: one row per span of a current text that names someone or something. Offsets count code points from 0.';
COMMENT ON COLUMN mart.mentions.entity_id IS 'Whom or what the words name; null is left open.';
COMMENT ON COLUMN mart.mentions.entity_name IS 'Preferred name of the entity.';
COMMENT ON COLUMN mart.mentions.country_code IS 'Country of the entity, else the one that the words name, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.mentions.sector IS 'PLOVER sector of the entity, else the one that the words name.';
