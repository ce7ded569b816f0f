-- ----------------------------------------------------------------------
-- ops.day_changes
CREATE TABLE ops.day_changes (
    day DATE NOT NULL,
    change_number BIGINT NOT NULL,
    CONSTRAINT day_changes_pk PRIMARY KEY (day)
);
COMMENT ON TABLE ops.day_changes IS 'Grain: one row per day that ever changed, with its last change: what an export has to write again.';
COMMENT ON COLUMN ops.day_changes.day IS 'The day (UTC).';
COMMENT ON COLUMN ops.day_changes.change_number IS 'Higher than that of every change known before it.';
