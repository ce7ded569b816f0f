"""Near-duplicates: signatures, candidate pairs, verified pairs, and the clusters they make."""
