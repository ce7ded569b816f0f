"""What was captured, as it came: captures and their bytes, feed items, archives. Their tables are the schema raw."""
