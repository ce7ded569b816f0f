-- inherits: core.event_days
CREATE VIEW mart.event_days AS
SELECT
    d.day,
    nullif(d.actor_country_code, '') AS actor_country_code,
    nullif(d.recipient_country_code, '') AS recipient_country_code,
    d.event_type,
    d.status,
    d.quad_class,
    d.event_count,
    d.unique_count,
    d.goldstein_sum / nullif(d.goldstein_count, 0) AS goldstein_mean,
    d.goldstein_sum,
    d.goldstein_count
FROM core.event_days d;

COMMENT ON VIEW mart.event_days IS
    'Grain: one row per day of publication (UTC), pair of countries, type and status of events. An event between'
    ' several countries counts once for each pair.';
COMMENT ON COLUMN mart.event_days.actor_country_code IS 'Country of an actor; null: not known.';
COMMENT ON COLUMN mart.event_days.recipient_country_code IS 'Country of a recipient; null: none or not known.';
COMMENT ON COLUMN mart.event_days.goldstein_mean IS 'Mean Goldstein value of the statements that have one.';
