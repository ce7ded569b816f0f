"""How Alembic runs the migrations: on the connection that warehouse.migrate hands in, in its transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table_schema="public")
context.run_migrations()
