-- after: articles, event_participants
-- inherits: core.events, mart.all_articles
CREATE VIEW mart.events AS
SELECT
    e.event_id,
    a.article_id,
    e.article_version_id,
    a.publisher_code,
    a.published_at,
    a.is_wire_copy,
    e.event_date,
    e.date_precision,
    e.date_source,
    coalesce(e.event_date, e.published_date) AS day,
    e.status,
    (
        SELECT coalesce(array_agg(coalesce(p.entity_name, p.surface) ORDER BY p.position), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'actor'
    ) AS actors,
    (
        SELECT coalesce(array_agg(DISTINCT p.country_code) FILTER (WHERE p.country_code IS NOT NULL), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'actor'
    ) AS actor_countries,
    (
        SELECT coalesce(array_agg(DISTINCT p.sector) FILTER (WHERE p.sector IS NOT NULL), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'actor'
    ) AS actor_sectors,
    e.event_type,
    (SELECT coalesce(array_agg(m.mode ORDER BY m.mode), '{}') FROM core.event_modes m WHERE m.event_id = e.event_id)
        AS modes,
    (
        SELECT coalesce(array_agg(coalesce(p.entity_name, p.surface) ORDER BY p.position), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'recipient'
    ) AS recipients,
    (
        SELECT coalesce(array_agg(DISTINCT p.country_code) FILTER (WHERE p.country_code IS NOT NULL), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'recipient'
    ) AS recipient_countries,
    (
        SELECT coalesce(array_agg(DISTINCT p.sector) FILTER (WHERE p.sector IS NOT NULL), '{}')
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'recipient'
    ) AS recipient_sectors,
    (
        SELECT coalesce(min(p.entity_name), min(p.surface))
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'claimant'
    ) AS claimed_by,
    (
        SELECT coalesce(array_agg(c.context ORDER BY c.context), '{}')
        FROM core.event_contexts c WHERE c.event_id = e.event_id
    ) AS contexts,
    e.cameo_code,
    e.cameo_edition,
    e.quad_class,
    e.goldstein,
    e.plover_score,
    e.place_text,
    e.place_country_code,
    e.place_entity_id,
    e.place_source,
    (
        SELECT jsonb_object_agg(s.kind, jsonb_build_array(s.minimum, s.maximum))
        FROM core.event_sizes s WHERE s.event_id = e.event_id
    ) AS sizes,
    e.field,
    e.sentence_number,
    e.start_offset,
    e.end_offset,
    e.trigger_start_offset,
    e.trigger_end_offset,
    substr(
        CASE e.field WHEN 'headline' THEN a.headline WHEN 'dateline' THEN a.dateline_text ELSE a.body END,
        e.start_offset + 1, e.end_offset - e.start_offset
    ) AS sentence,
    e.confidence,
    e.coder,
    e.coder_version,
    m.event_cluster_id
FROM core.events e
JOIN mart.articles a ON a.article_version_id = e.article_version_id
LEFT JOIN core.event_cluster_members m ON m.event_id = e.event_id;

COMMENT ON VIEW mart.events IS
    'Grain: one row per coded statement in a sentence of a current text: who did what to whom, when and where.';
COMMENT ON COLUMN mart.events.day IS 'Day of the event where the text gives one, else of publication (UTC).';
COMMENT ON COLUMN mart.events.actors IS 'Who did it, by preferred name where resolved.';
COMMENT ON COLUMN mart.events.actor_countries IS 'Countries of the actors, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.events.actor_sectors IS 'PLOVER sectors of the actors.';
COMMENT ON COLUMN mart.events.modes IS 'PLOVER modes of the event''s type.';
COMMENT ON COLUMN mart.events.recipients IS 'To whom, by preferred name where resolved.';
COMMENT ON COLUMN mart.events.recipient_countries IS 'Countries of the recipients, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.events.recipient_sectors IS 'PLOVER sectors of the recipients.';
COMMENT ON COLUMN mart.events.claimed_by IS 'Who says so, where the statement is reported speech.';
COMMENT ON COLUMN mart.events.contexts IS 'PLOVER contexts.';
COMMENT ON COLUMN mart.events.sizes IS 'Counts that the sentence gives: dead, injured and arrested, each with [minimum, maximum].';
COMMENT ON COLUMN mart.events.sentence IS 'The sentence; null where the licence forbids to show the text.';
COMMENT ON COLUMN mart.events.event_cluster_id IS
    'The event of the world that it states; null: it states none (negated, historical), or names no side.';
