"""Nouns, stored: the tables, the statements that fill them, migrations, marts and checks."""
