"""A backfill: what was asked, where old articles lie, and the windows worked off one after the other."""
