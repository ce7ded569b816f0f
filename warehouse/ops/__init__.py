"""What was done and is to do: runs, windows, work, claims, refusals, politeness. Their tables are the schema ops."""
