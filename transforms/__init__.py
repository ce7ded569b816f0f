"""Nouns, pure: bytes, records and reference values in, records out. No clock, disk, network or database."""
