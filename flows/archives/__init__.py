"""Captured bytes outside of the warehouse: WARC files, written, read, and pointed to."""
