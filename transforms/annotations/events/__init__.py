"""Who did what to whom: PLOVER and CAMEO events in sentences."""
