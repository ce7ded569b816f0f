-- inherits: ops.check_results
CREATE VIEW mart.check_results AS
SELECT run_id, check_name, severity, is_passed, offending_count, sample, elapsed_milliseconds, checked_at
FROM ops.check_results;

COMMENT ON VIEW mart.check_results IS 'Grain: one row per check and run.';
