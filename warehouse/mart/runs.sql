-- inherits: ops.runs
CREATE VIEW mart.runs AS
SELECT
    r.run_id,
    r.kind,
    r.state,
    r.started_at,
    r.finished_at,
    extract(epoch FROM r.finished_at - r.started_at)::double precision AS seconds,
    r.code_version,
    r.is_published,
    r.detail,
    (SELECT jsonb_object_agg(c.outcome, c.unit_count) FROM ops.run_counts c
        WHERE c.run_id = r.run_id AND c.unit = 'feed_item') AS feed_items,
    (SELECT jsonb_object_agg(c.outcome, c.unit_count) FROM ops.run_counts c
        WHERE c.run_id = r.run_id AND c.unit = 'capture') AS captures,
    (SELECT jsonb_object_agg(c.outcome, c.unit_count) FROM ops.run_counts c
        WHERE c.run_id = r.run_id AND c.unit = 'document') AS documents,
    (SELECT count(*) FROM ops.check_results k WHERE k.run_id = r.run_id AND NOT k.is_passed) AS failed_check_count
FROM ops.runs r;

COMMENT ON VIEW mart.runs IS 'Grain: one row per run of a flow or command that loads, with what became of all it saw.';
COMMENT ON COLUMN mart.runs.seconds IS 'How long it took.';
COMMENT ON COLUMN mart.runs.feed_items IS 'Feed items by outcome; seen = fetched + not_modified + refused + failed + pending.';
COMMENT ON COLUMN mart.runs.captures IS 'Captures by outcome; seen = read + rejected + quarantined + pending.';
COMMENT ON COLUMN mart.runs.documents IS
    'Documents by outcome; seen = new + changed + unchanged + item + rejected + quarantined.';
COMMENT ON COLUMN mart.runs.failed_check_count IS 'Checks that found offending rows.';
