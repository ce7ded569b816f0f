-- severity: error
-- A backfill that is called done though windows of it are left: somebody changed the ledger by hand. Ask for it again.
SELECT b.backfill_id, b.since, b.until
FROM ops.backfills b
WHERE b.state = 'done'
  AND EXISTS (SELECT FROM ops.windows w WHERE w.backfill_id = b.backfill_id AND w.state IN ('pending', 'claimed'))
