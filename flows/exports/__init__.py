"""Views of the mart as files: Parquet, CSV, DuckDB, and events in the columns of other data sets."""
