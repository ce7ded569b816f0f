"""News pages: metadata and body of an HTML document."""
