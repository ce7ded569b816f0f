-- severity: error
-- An event in the body whose sentence ends behind the text, or whose trigger lies outside of its sentence.
SELECT e.event_id, e.start_offset, e.end_offset, e.trigger_start_offset, e.trigger_end_offset
FROM core.events e
JOIN core.article_versions v ON v.article_version_id = e.article_version_id
JOIN ops.work w ON w.stage = 'annotate' AND w.subject_id = v.article_version_id AND w.run_id = :run_id
WHERE e.field = 'body' AND (
    e.end_offset > length(v.body) OR e.trigger_start_offset < e.start_offset OR e.trigger_end_offset > e.end_offset
)
