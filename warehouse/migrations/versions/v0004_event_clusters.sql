-- Nothing filled it before; whatever a person put there is derived again.
DELETE FROM core.event_clusters;
ALTER TABLE core.event_clusters
    ADD COLUMN status TEXT NOT NULL,
    ALTER COLUMN event_date SET NOT NULL,
    ADD CONSTRAINT event_clusters_status_check CHECK (status IN ('actual', 'future'));
CREATE INDEX event_clusters_date_index ON core.event_clusters (event_date);
COMMENT ON COLUMN core.event_clusters.event_cluster_id IS
    'Derived from type, status, sides and first day; of several that agree in these, from code and place too.';
COMMENT ON COLUMN core.event_clusters.status IS 'actual or future: what else is stated is no event of the world.';
COMMENT ON COLUMN core.event_clusters.event_date IS 'First day (UTC) that a member gives, or is told on.';

CREATE TABLE ops.stale_event_days (
    stale_event_day_id BIGINT GENERATED ALWAYS AS IDENTITY,
    day DATE NOT NULL,
    CONSTRAINT stale_event_days_pk PRIMARY KEY (stale_event_day_id)
);
COMMENT ON TABLE ops.stale_event_days IS
    'Grain: one row per day and batch that changed an event of it: they have to be clustered anew.';
COMMENT ON COLUMN ops.stale_event_days.stale_event_day_id IS 'Running number.';
COMMENT ON COLUMN ops.stale_event_days.day IS 'The day (UTC).';
INSERT INTO ops.stale_event_days (day)
SELECT DISTINCT CASE WHEN e.date_precision = 'day' AND e.event_date IS NOT NULL THEN e.event_date
    ELSE (coalesce(v.published_at, v.valid_from) AT TIME ZONE 'UTC')::date END
FROM core.events e JOIN core.article_versions v USING (article_version_id);
