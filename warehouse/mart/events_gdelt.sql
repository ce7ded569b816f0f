-- after: events, event_clusters
-- Columns and their order: "The GDELT Event Database Data Format Codebook V2.0" (2015-02-19), 61 columns; GDELT's files
-- name none, so the spelling is that of its BigQuery table gdeltv2.events (the codebook's GlobalEventID and Day are
-- GLOBALEVENTID and SQLDATE there). GDELT has pairs: the first participant of each side is Actor1 and Actor2. Counts
-- are of today, not frozen.
CREATE VIEW mart.events_gdelt AS
WITH firsts AS NOT MATERIALIZED (
    SELECT p.event_id, p.role, p.country_code, p.surface, p.entity_name, coalesce(x.cameo, p.sector) AS sector
    FROM mart.event_participants p
    -- PLOVER's sectors under CAMEO's names: MED is media in CAMEO, medicine in PLOVER.
    LEFT JOIN (VALUES ('JRN', 'MED'), ('MED', 'HLH'), ('PTY', 'OPP'), ('PRM', 'MIL'), ('SOC', 'NGO'), ('ISM', 'NGM'))
        x (plover, cameo) ON x.plover = p.sector
    WHERE p.position = 1
)
SELECT
    e.event_id AS "GLOBALEVENTID",
    to_char(e.day, 'YYYYMMDD') AS "SQLDATE",
    to_char(e.day, 'YYYYMM') AS "MonthYear",
    extract(year FROM e.day)::integer AS "Year",
    round(extract(year FROM e.day) + (extract(month FROM e.day) * 30 + extract(day FROM e.day)) / 365, 4) AS "FractionDate",
    nullif(concat(a1.country_code, a1.sector), '') AS "Actor1Code",
    upper(coalesce(a1.entity_name, a1.surface)) AS "Actor1Name",
    a1.country_code AS "Actor1CountryCode",
    NULL::text AS "Actor1KnownGroupCode",
    NULL::text AS "Actor1EthnicCode",
    NULL::text AS "Actor1Religion1Code",
    NULL::text AS "Actor1Religion2Code",
    a1.sector AS "Actor1Type1Code",
    NULL::text AS "Actor1Type2Code",
    NULL::text AS "Actor1Type3Code",
    nullif(concat(a2.country_code, a2.sector), '') AS "Actor2Code",
    upper(coalesce(a2.entity_name, a2.surface)) AS "Actor2Name",
    a2.country_code AS "Actor2CountryCode",
    NULL::text AS "Actor2KnownGroupCode",
    NULL::text AS "Actor2EthnicCode",
    NULL::text AS "Actor2Religion1Code",
    NULL::text AS "Actor2Religion2Code",
    a2.sector AS "Actor2Type1Code",
    NULL::text AS "Actor2Type2Code",
    NULL::text AS "Actor2Type3Code",
    (e.sentence_number = 0)::integer AS "IsRootEvent",
    e.cameo_code AS "EventCode",
    left(e.cameo_code, 3) AS "EventBaseCode",
    left(e.cameo_code, 2) AS "EventRootCode",
    e.quad_class AS "QuadClass",
    e.goldstein AS "GoldsteinScale",
    coalesce(c.event_count, 1) AS "NumMentions",
    coalesce(c.source_count, 1) AS "NumSources",
    coalesce(c.article_count, 1) AS "NumArticles",
    NULL::double precision AS "AvgTone",
    NULL::integer AS "Actor1Geo_Type",
    NULL::text AS "Actor1Geo_FullName",
    NULL::text AS "Actor1Geo_CountryCode",
    NULL::text AS "Actor1Geo_ADM1Code",
    NULL::text AS "Actor1Geo_ADM2Code",
    NULL::double precision AS "Actor1Geo_Lat",
    NULL::double precision AS "Actor1Geo_Long",
    NULL::text AS "Actor1Geo_FeatureID",
    NULL::integer AS "Actor2Geo_Type",
    NULL::text AS "Actor2Geo_FullName",
    NULL::text AS "Actor2Geo_CountryCode",
    NULL::text AS "Actor2Geo_ADM1Code",
    NULL::text AS "Actor2Geo_ADM2Code",
    NULL::double precision AS "Actor2Geo_Lat",
    NULL::double precision AS "Actor2Geo_Long",
    NULL::text AS "Actor2Geo_FeatureID",
    CASE g.kind
        WHEN 'country' THEN 1
        WHEN 'city' THEN CASE WHEN e.place_country_code = 'USA' THEN 3 ELSE 4 END
        WHEN 'region' THEN CASE WHEN e.place_country_code = 'USA' THEN 2 ELSE 5 END
        ELSE 0
    END AS "ActionGeo_Type",
    coalesce(g.name, e.place_text) AS "ActionGeo_FullName",
    NULL::text AS "ActionGeo_CountryCode",
    NULL::text AS "ActionGeo_ADM1Code",
    NULL::text AS "ActionGeo_ADM2Code",
    g.latitude AS "ActionGeo_Lat",
    g.longitude AS "ActionGeo_Long",
    g.geonames_id::text AS "ActionGeo_FeatureID",
    to_char(a.first_seen_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') AS "DATEADDED",
    coalesce(a.url, a.canonical_url) AS "SOURCEURL"
FROM mart.events e
JOIN mart.articles a ON a.article_id = e.article_id
LEFT JOIN mart.event_clusters c ON c.event_cluster_id = e.event_cluster_id
LEFT JOIN core.entities h ON h.entity_id = e.place_entity_id
LEFT JOIN core.entities g ON g.entity_id = h.resolved_id
LEFT JOIN firsts a1 ON a1.event_id = e.event_id AND a1.role = 'actor'
LEFT JOIN firsts a2 ON a2.event_id = e.event_id AND a2.role = 'recipient';

COMMENT ON VIEW mart.events_gdelt IS
    'Grain: one row per coded statement of a current text, in the columns of GDELT 2 events (event codebook V2.0).';
COMMENT ON COLUMN mart.events_gdelt."GLOBALEVENTID" IS
    'Id of the coded statement: mart.events.event_id (a UUID; GDELT has numbers).';
COMMENT ON COLUMN mart.events_gdelt."SQLDATE" IS
    'Day of the event where the text gives one, else of publication (UTC).';
COMMENT ON COLUMN mart.events_gdelt."MonthYear" IS 'Its month.';
COMMENT ON COLUMN mart.events_gdelt."Year" IS 'Its year.';
COMMENT ON COLUMN mart.events_gdelt."FractionDate" IS
    'Its year with the share that is over: GDELT''s own rule of months of 30 days.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Code" IS 'Country and sector of the first who did it.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Name" IS 'Name, in capitals.';
COMMENT ON COLUMN mart.events_gdelt."Actor1CountryCode" IS
    'Country, ISO 3166-1 alpha-3, which CAMEO''s codes mostly are.';
COMMENT ON COLUMN mart.events_gdelt."Actor1KnownGroupCode" IS 'Empty: CAMEO''s groups are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor1EthnicCode" IS 'Empty: ethnic groups are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Religion1Code" IS 'Empty: religions are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Religion2Code" IS 'Empty: religions are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Type1Code" IS 'Sector under CAMEO''s name.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Type2Code" IS 'Empty: there is one sector.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Type3Code" IS 'Empty: there is one sector.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Code" IS 'Country and sector of the first to whom it was done.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Name" IS 'Name, in capitals.';
COMMENT ON COLUMN mart.events_gdelt."Actor2CountryCode" IS
    'Country, ISO 3166-1 alpha-3, which CAMEO''s codes mostly are.';
COMMENT ON COLUMN mart.events_gdelt."Actor2KnownGroupCode" IS 'Empty: CAMEO''s groups are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor2EthnicCode" IS 'Empty: ethnic groups are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Religion1Code" IS 'Empty: religions are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Religion2Code" IS 'Empty: religions are not coded.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Type1Code" IS 'Sector under CAMEO''s name.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Type2Code" IS 'Empty: there is one sector.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Type3Code" IS 'Empty: there is one sector.';
COMMENT ON COLUMN mart.events_gdelt."IsRootEvent" IS '1 where the first sentence states it.';
COMMENT ON COLUMN mart.events_gdelt."EventCode" IS 'CAMEO code, of the edition that mart.events.cameo_edition names.';
COMMENT ON COLUMN mart.events_gdelt."EventBaseCode" IS 'Its second level.';
COMMENT ON COLUMN mart.events_gdelt."EventRootCode" IS 'Its first level.';
COMMENT ON COLUMN mart.events_gdelt."QuadClass" IS
    '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.';
COMMENT ON COLUMN mart.events_gdelt."GoldsteinScale" IS 'Goldstein value of the code, -10 to 10.';
COMMENT ON COLUMN mart.events_gdelt."NumMentions" IS 'Statements of the same event up to now.';
COMMENT ON COLUMN mart.events_gdelt."NumSources" IS 'Publishers that state it in a text of their own, up to now.';
COMMENT ON COLUMN mart.events_gdelt."NumArticles" IS 'Articles that state it, up to now.';
COMMENT ON COLUMN mart.events_gdelt."AvgTone" IS 'Empty: tone is not measured.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_Type" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_FullName" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_CountryCode" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_ADM1Code" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_ADM2Code" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_Lat" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_Long" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor1Geo_FeatureID" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_Type" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_FullName" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_CountryCode" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_ADM1Code" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_ADM2Code" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_Lat" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_Long" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."Actor2Geo_FeatureID" IS 'Empty: only the place of the event is resolved.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_Type" IS
    '1 country, 2 state and 3 city of the United States, 4 city and 5 region elsewhere, 0 not resolved.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_FullName" IS 'The place, by preferred name where resolved.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_CountryCode" IS
    'Empty: GDELT has FIPS codes here, which are not kept; see mart.events.place_country_code.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_ADM1Code" IS 'Empty: FIPS codes are not kept.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_ADM2Code" IS 'Empty: FIPS codes are not kept.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_Lat" IS 'Degrees north, WGS 84.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_Long" IS 'Degrees east, WGS 84.';
COMMENT ON COLUMN mart.events_gdelt."ActionGeo_FeatureID" IS 'GeoNames id of the place.';
COMMENT ON COLUMN mart.events_gdelt."DATEADDED" IS 'When the article was first captured (UTC).';
COMMENT ON COLUMN mart.events_gdelt."SOURCEURL" IS 'Address of the article.';
