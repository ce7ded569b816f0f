-- severity: warning
-- A window that is called done before its time is over: a clock was ahead and has been set back.
SELECT w.window_id, w.window_start, w.window_end
FROM ops.windows w
WHERE w.state = 'done' AND w.window_end > now() + interval '5 minutes'
