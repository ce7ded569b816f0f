-- after: events, mentions
-- Columns, their spelling and order: the first line of the yearly files of POLECAT ("Political Event Classification,
-- Attributes, and Types", Harvard Dataverse, doi:10.7910/DVN/AJGVIT), 40 columns.
CREATE VIEW mart.events_polecat AS
SELECT
    e.event_id AS "Event ID",
    e.day AS "Event Date",
    e.event_type AS "Event Type",
    array_to_string(e.modes, '; ') AS "Event Mode",
    e.plover_score AS "Intensity",
    (ARRAY['VERBAL COOPERATION', 'MATERIAL COOPERATION', 'VERBAL CONFLICT', 'MATERIAL CONFLICT'])[e.quad_class] AS "Quad Code",
    array_to_string(e.contexts, '; ') AS "Contexts",
    array_to_string(e.actors, '; ') AS "Actor Name",
    array_to_string(e.actor_countries, '; ') AS "Actor Country",
    NULL::integer AS "Actor COW",
    s.actor_sector AS "Primary Actor Sector",
    array_to_string(e.actor_sectors, '; ') AS "Actor Sectors",
    s.actor_titles AS "Actor Title",
    s.actor_surfaces AS "Actor Name Raw",
    s.actor_items AS "Wikipedia Actor ID",
    array_to_string(e.recipients, '; ') AS "Recipient Name",
    array_to_string(e.recipient_countries, '; ') AS "Recipient Country",
    NULL::integer AS "Recipient COW",
    s.recipient_sector AS "Primary Recipient Sector",
    array_to_string(e.recipient_sectors, '; ') AS "Recipient Sectors",
    s.recipient_titles AS "Recipient Title",
    s.recipient_surfaces AS "Recipient Name Raw",
    s.recipient_items AS "Wikipedia Recipient ID",
    coalesce(g.name, e.place_text) AS "Placename",
    CASE WHEN g.kind = 'city' THEN g.name END AS "City",
    NULL::text AS "District",
    CASE WHEN g.kind = 'region' THEN g.name END AS "Province",
    e.place_country_code AS "Country",
    g.latitude AS "Latitude",
    g.longitude AS "Longitude",
    g.geonames_id AS "GeoNames ID",
    e.place_text AS "Raw Placename",
    NULL::text AS "Feature Type",
    e.publisher_code AS "Source",
    (e.published_at AT TIME ZONE 'UTC')::date AS "Publication Date",
    n.people AS "Story People",
    n.organizations AS "Story Organizations",
    n.locations AS "Story Locations",
    v.language AS "Language",
    e.coder_version AS "Version"
FROM mart.events e
JOIN core.article_versions v ON v.article_version_id = e.article_version_id
LEFT JOIN core.entities h ON h.entity_id = e.place_entity_id
LEFT JOIN core.entities g ON g.entity_id = h.resolved_id
CROSS JOIN LATERAL (
    SELECT
        (array_agg(p.sector ORDER BY p.position) FILTER (WHERE p.role = 'actor' AND p.sector IS NOT NULL))[1] AS actor_sector,
        string_agg(m.office, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'actor') AS actor_titles,
        string_agg(p.surface, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'actor') AS actor_surfaces,
        string_agg(i.wikidata_id, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'actor') AS actor_items,
        (array_agg(p.sector ORDER BY p.position) FILTER (WHERE p.role = 'recipient' AND p.sector IS NOT NULL))[1] AS recipient_sector,
        string_agg(m.office, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'recipient') AS recipient_titles,
        string_agg(p.surface, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'recipient') AS recipient_surfaces,
        string_agg(i.wikidata_id, '; ' ORDER BY p.position) FILTER (WHERE p.role = 'recipient') AS recipient_items
    FROM mart.event_participants p
    LEFT JOIN core.entities i ON i.entity_id = p.entity_id
    LEFT JOIN core.mentions m ON m.article_version_id = e.article_version_id AND m.field = e.field
        AND m.start_offset = p.start_offset AND m.end_offset = p.end_offset
    WHERE p.event_id = e.event_id
) s
CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT i.name, '; ') FILTER (WHERE i.kind = 'person') AS people,
        string_agg(DISTINCT i.name, '; ') FILTER (WHERE i.kind = 'organization') AS organizations,
        string_agg(DISTINCT i.name, '; ') FILTER (WHERE i.kind NOT IN ('person', 'organization', 'other')) AS locations
    FROM core.mentions m
    JOIN core.entities o ON o.entity_id = m.entity_id
    JOIN core.entities i ON i.entity_id = o.resolved_id
    WHERE m.article_version_id = e.article_version_id
) n;

COMMENT ON VIEW mart.events_polecat IS
    'Grain: one row per coded statement of a current text, in the columns of POLECAT (doi:10.7910/DVN/AJGVIT). Several values are joined by "; ".';
COMMENT ON COLUMN mart.events_polecat."Event ID" IS 'Id of the coded statement: mart.events.event_id.';
COMMENT ON COLUMN mart.events_polecat."Event Date" IS
    'Day of the event where the text gives one, else of publication (UTC).';
COMMENT ON COLUMN mart.events_polecat."Event Type" IS 'PLOVER type.';
COMMENT ON COLUMN mart.events_polecat."Event Mode" IS 'PLOVER modes.';
COMMENT ON COLUMN mart.events_polecat."Intensity" IS 'PLOVER''s score of type and mode, -10 to 10.';
COMMENT ON COLUMN mart.events_polecat."Quad Code" IS 'Quad class, in words.';
COMMENT ON COLUMN mart.events_polecat."Contexts" IS 'PLOVER contexts.';
COMMENT ON COLUMN mart.events_polecat."Actor Name" IS 'Names of who did it, preferred ones where resolved.';
COMMENT ON COLUMN mart.events_polecat."Actor Country" IS 'Their countries, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.events_polecat."Actor COW" IS 'Empty: no Correlates of War numbers are kept.';
COMMENT ON COLUMN mart.events_polecat."Primary Actor Sector" IS 'PLOVER sector of the first of them that has one.';
COMMENT ON COLUMN mart.events_polecat."Actor Sectors" IS 'Their PLOVER sectors.';
COMMENT ON COLUMN mart.events_polecat."Actor Title" IS 'Offices that the text or the tables give them.';
COMMENT ON COLUMN mart.events_polecat."Actor Name Raw" IS 'Their names as written.';
COMMENT ON COLUMN mart.events_polecat."Wikipedia Actor ID" IS 'Their Wikidata items.';
COMMENT ON COLUMN mart.events_polecat."Recipient Name" IS
    'Names of to whom it was done, preferred ones where resolved.';
COMMENT ON COLUMN mart.events_polecat."Recipient Country" IS 'Their countries, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.events_polecat."Recipient COW" IS 'Empty: no Correlates of War numbers are kept.';
COMMENT ON COLUMN mart.events_polecat."Primary Recipient Sector" IS 'PLOVER sector of the first of them that has one.';
COMMENT ON COLUMN mart.events_polecat."Recipient Sectors" IS 'Their PLOVER sectors.';
COMMENT ON COLUMN mart.events_polecat."Recipient Title" IS 'Offices that the text or the tables give them.';
COMMENT ON COLUMN mart.events_polecat."Recipient Name Raw" IS 'Their names as written.';
COMMENT ON COLUMN mart.events_polecat."Wikipedia Recipient ID" IS 'Their Wikidata items.';
COMMENT ON COLUMN mart.events_polecat."Placename" IS 'The place, by preferred name where resolved.';
COMMENT ON COLUMN mart.events_polecat."City" IS 'The city, where the place is one.';
COMMENT ON COLUMN mart.events_polecat."District" IS 'Empty: districts are not resolved.';
COMMENT ON COLUMN mart.events_polecat."Province" IS 'The region, where the place is one.';
COMMENT ON COLUMN mart.events_polecat."Country" IS 'Country of the place, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN mart.events_polecat."Latitude" IS 'Degrees north, WGS 84.';
COMMENT ON COLUMN mart.events_polecat."Longitude" IS 'Degrees east, WGS 84.';
COMMENT ON COLUMN mart.events_polecat."GeoNames ID" IS 'GeoNames id of the place.';
COMMENT ON COLUMN mart.events_polecat."Raw Placename" IS 'The place as written.';
COMMENT ON COLUMN mart.events_polecat."Feature Type" IS 'Empty: GeoNames feature codes are not kept.';
COMMENT ON COLUMN mart.events_polecat."Source" IS 'Code of the publisher.';
COMMENT ON COLUMN mart.events_polecat."Publication Date" IS 'Day of publication (UTC).';
COMMENT ON COLUMN mart.events_polecat."Story People" IS 'People that the article names.';
COMMENT ON COLUMN mart.events_polecat."Story Organizations" IS 'Organizations that the article names.';
COMMENT ON COLUMN mart.events_polecat."Story Locations" IS 'Places that the article names.';
COMMENT ON COLUMN mart.events_polecat."Language" IS 'Language of the article, ISO 639-1.';
COMMENT ON COLUMN mart.events_polecat."Version" IS 'Version of the annotation that coded it.';
