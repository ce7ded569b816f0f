"""Who said what: direct and indirect quotes with their speakers."""
