-- inherits: core.article_days, core.publishers
CREATE VIEW mart.article_days AS
SELECT d.day, p.publisher_code, nullif(d.language, '') AS language, d.article_count, d.unique_count,
    d.wire_copy_count, d.word_count, d.correction_count, d.kill_count
FROM core.article_days d
JOIN core.publishers p ON p.publisher_id = d.publisher_id;

COMMENT ON VIEW mart.article_days IS 'Grain: one row per day of publication (UTC), publisher and language.';
COMMENT ON COLUMN mart.article_days.language IS 'ISO 639-1 code; null: not known.';
