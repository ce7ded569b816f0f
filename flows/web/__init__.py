"""The web client: one request at a time, to public addresses only, within a deadline and size limits."""
