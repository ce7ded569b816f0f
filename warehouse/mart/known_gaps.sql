-- inherits: core.publishers, ops.windows
CREATE VIEW mart.known_gaps AS
SELECT p.publisher_code, 'window' AS gap_kind, w.window_start AS gap_start, w.window_end AS gap_end, w.state, w.reason
FROM ops.windows w
JOIN core.publishers p ON p.publisher_id = w.publisher_id
WHERE w.state <> 'done' AND w.window_end <= now()
  AND NOT EXISTS (
      SELECT FROM ops.windows o
      WHERE o.publisher_id = w.publisher_id AND o.state = 'done'
        AND o.window_start <= w.window_start AND o.window_end >= w.window_end
  )
UNION ALL
SELECT p.publisher_code, 'silence', (d.day + 1)::timestamp AT TIME ZONE 'UTC', d.next_day::timestamp AT TIME ZONE 'UTC',
    'empty', d.next_day - d.day - 1 || ' days without an article'
FROM (
    SELECT publisher_id, day, lead(day) OVER (PARTITION BY publisher_id ORDER BY day) AS next_day
    FROM (SELECT DISTINCT publisher_id, day FROM core.article_days WHERE article_count > 0) days
) d
JOIN core.publishers p ON p.publisher_id = d.publisher_id
WHERE d.next_day - d.day > 7;

COMMENT ON VIEW mart.known_gaps IS
    'Grain: one row per stretch of time of which a publisher''s articles are missing, or perhaps missing.';
COMMENT ON COLUMN mart.known_gaps.gap_kind IS
    'window: it was to be read and was not; silence: more than a week without an article between two that have one.';
COMMENT ON COLUMN mart.known_gaps.gap_start IS 'First moment.';
COMMENT ON COLUMN mart.known_gaps.gap_end IS 'Moment behind the last.';
COMMENT ON COLUMN mart.known_gaps.state IS 'State of the window; empty for a silence.';
COMMENT ON COLUMN mart.known_gaps.reason IS 'Why, where known.';
