-- inherits: core.publishers
CREATE VIEW mart.publishers AS
SELECT publisher_id, publisher_code, name, country_code, language, time_zone, agency, is_active, is_full_text_shown
FROM core.publishers;

COMMENT ON VIEW mart.publishers IS 'Grain: one row per publisher that documents were read from.';
