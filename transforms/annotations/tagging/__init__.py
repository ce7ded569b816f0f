"""A small sequence tagger of our own: features of words and tables, weights of a few megabytes."""
