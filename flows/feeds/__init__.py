"""Feeds: read in bounded time, and what an answer means for the next poll."""
