-- after: articles
-- inherits: core.quotes, mart.all_articles
CREATE VIEW mart.quotes AS
SELECT
    q.quote_id,
    a.article_id,
    q.article_version_id,
    a.publisher_code,
    a.published_at,
    a.is_wire_copy,
    q.field,
    q.start_offset,
    q.end_offset,
    q.quote_text,
    q.is_direct,
    q.verb,
    -- Looked up for each row: a join would read every mention there is to count quotes by speaker.
    (SELECT s.surface FROM core.mentions s WHERE s.mention_id = q.speaker_mention_id) AS speaker_surface,
    g.entity_id AS speaker_id,
    coalesce(g.name, (SELECT s.surface FROM core.mentions s WHERE s.mention_id = q.speaker_mention_id)) AS speaker_name,
    g.country_code AS speaker_country_code,
    (SELECT s.office FROM core.mentions s WHERE s.mention_id = q.speaker_mention_id) AS speaker_office,
    q.confidence
FROM core.quotes q
JOIN mart.articles a ON a.article_version_id = q.article_version_id
LEFT JOIN core.entities e ON e.entity_id = q.speaker_entity_id
LEFT JOIN core.entities g ON g.entity_id = e.resolved_id;

COMMENT ON VIEW mart.quotes IS 'Grain: one row per quotation in a current text.';
COMMENT ON COLUMN mart.quotes.speaker_surface IS 'How the text names the speaker.';
COMMENT ON COLUMN mart.quotes.speaker_id IS 'The speaker, where resolved.';
COMMENT ON COLUMN mart.quotes.speaker_name IS 'Preferred name of the speaker, else as the text names the speaker.';
COMMENT ON COLUMN mart.quotes.speaker_country_code IS 'Country of the speaker, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.quotes.speaker_office IS 'Office of the speaker on that date.';
