"""Processes that compute and that die: pools, names, heartbeats, and what is cleared up after them."""
