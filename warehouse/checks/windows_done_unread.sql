-- severity: error
-- A window that is called done though no run has read it: somebody changed the ledger by hand. Set its state to pending.
SELECT w.window_id, w.window_start, w.window_end
FROM ops.windows w
WHERE w.state = 'done' AND w.run_id IS NULL AND w.reason IS NULL
