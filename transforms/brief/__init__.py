"""The brief: what a day's news was, as one page for an editor."""
