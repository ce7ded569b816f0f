"""Reference tables and models, read from seeds/ and installed packages once per process."""
