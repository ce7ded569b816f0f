-- Roles of the warehouse; run once by an administrator, again without harm:
--   psql --set=database=dateline --file=deploy/roles.sql postgresql://postgres@host/postgres
--   \password dateline_owner      (and the others: no password stands in a file)
--
-- dateline_owner    owns schemas and tables; `dateline migrate` and nothing else
-- dateline_loader   loads: every row of raw, core and ops, no change of schema; all other commands
-- dateline_analyst  reads mart; its rights come with `dateline migrate`, because the views are made anew there
\set ON_ERROR_STOP on
SELECT format('CREATE ROLE %I', role)
  FROM unnest(ARRAY['dateline_owner', 'dateline_loader', 'dateline_analyst']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

ALTER ROLE dateline_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE dateline_loader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE dateline_loader SET idle_in_transaction_session_timeout = '10min';
ALTER ROLE dateline_loader SET lock_timeout = '60s';

SELECT format('CREATE DATABASE %I OWNER dateline_owner TEMPLATE template0 ENCODING ''UTF8''', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO dateline_loader;
GRANT CONNECT ON DATABASE :"database" TO dateline_analyst;

\connect :"database"
-- Extensions that only an administrator may create where they are not trusted.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- What the owner makes later is the loader's to fill.
SET ROLE dateline_owner;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO dateline_loader;
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO dateline_loader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO dateline_loader;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO dateline_loader;
RESET ROLE;
