TRUNCATE core.event_cluster_members, core.event_clusters;
ALTER TABLE core.event_clusters ADD COLUMN event_group_id UUID NOT NULL;
COMMENT ON COLUMN core.event_clusters.event_group_id IS
    'Derived from type, status and sides: a statement bears on clusters that share it alone.';
CREATE INDEX event_clusters_group_index ON core.event_clusters (event_group_id, event_date);

DROP TABLE ops.stale_event_days;
CREATE TABLE ops.stale_events (
    stale_event_id BIGINT GENERATED ALWAYS AS IDENTITY,
    subject_id UUID NOT NULL,
    CONSTRAINT stale_events_pk PRIMARY KEY (stale_event_id)
);
COMMENT ON TABLE ops.stale_events IS
    'Grain: one row per version whose events changed, or event cluster that lost some, and batch: to be clustered anew.';
COMMENT ON COLUMN ops.stale_events.stale_event_id IS 'Running number.';
COMMENT ON COLUMN ops.stale_events.subject_id IS 'The version, or the event cluster.';
INSERT INTO ops.stale_events (subject_id)
SELECT v.article_version_id FROM core.article_versions v
WHERE EXISTS (SELECT FROM core.events e WHERE e.article_version_id = v.article_version_id)
ORDER BY coalesce(v.published_at, v.valid_from), v.article_version_id;
