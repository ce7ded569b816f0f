"""Verbs: what runs, when, and what happens when it fails. The only place that knows Prefect or the web."""
