"""Entities across articles: how names are compared, and which rows are one person or organization."""
