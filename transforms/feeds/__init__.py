"""Feeds: RSS, Atom, JSON feed, news sitemaps and section pages, as items that point at articles."""
