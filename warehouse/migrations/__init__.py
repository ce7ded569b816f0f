"""The history of the schema, one Alembic revision a file; they never import the live tables."""
