"""The mart: one SQL file per view or function, re-created by the migration when a file changed.

A file's first lines are comments: `-- after: a, b` names the files that it builds on, `-- inherits: core.x, mart.y`
the tables and views whose comments its columns of the same name take over, the first that has one.
Nothing in the mart holds data, so it can be dropped and made again within one transaction.
"""

import hashlib
import logging
import re
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files

from psycopg.errors import DependentObjectsStillExist
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InternalError, ProgrammingError

from transforms.failures import ConfigurationError
from warehouse.engine import JOIN_LIMITS

logger = logging.getLogger(__name__)

ANALYST = "dateline_analyst"
ANALYST_SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": "60s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "5min",
    "search_path": "mart",
    "timezone": "UTC",
} | JOIN_LIMITS


def statements() -> dict[str, str]:
    """The text of each file by its name without `.sql`, in an order in which they can be applied."""
    found = {
        file.name.removesuffix(".sql"): file.read_text("utf-8")
        for file in files(__name__).iterdir()
        if file.name.endswith(".sql")
    }
    needs = {name: _listed(sql, "after") for name, sql in sorted(found.items())}
    try:
        order = list(TopologicalSorter(needs).static_order())
        return {name: found[name] for name in order}
    except (CycleError, KeyError) as error:
        raise ConfigurationError(f"The files of the mart name each other wrongly: {error}.") from None


def changed(connection: Connection) -> bool:
    """Whether the mart of the warehouse differs from the files of this code."""
    rows = connection.execute(text("SELECT file_name, content_sha256 FROM ops.mart_files"))
    return {name: bytes(digest) for name, digest in rows} != _digests(statements())


def apply(connection: Connection) -> list[str]:
    """Re-create the mart where its files changed, and the analysts' rights. Returns what was done."""
    done = []
    wanted = statements()
    if changed(connection):
        drop(connection)
        for name, sql in wanted.items():
            try:
                connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
                _inherit_comments(connection, name, _listed(sql, "inherits"))
            except ProgrammingError as error:
                raise ConfigurationError(f"warehouse/mart/{name}.sql: {error.orig}") from error
        for name, digest in _digests(wanted).items():
            connection.execute(
                text("INSERT INTO ops.mart_files (file_name, content_sha256) VALUES (:name, :digest)"),
                {"name": name, "digest": digest},
            )
        done.append(f"Created the mart anew from {len(wanted)} files.")
    return done + _grant(connection)


def drop(connection: Connection) -> None:
    """Drop every view and function of the mart.

    Raises ConfigurationError where objects outside of it build on them, and names these.
    """
    found = connection.scalars(
        text(
            """
            SELECT 'DROP VIEW ' || string_agg(c.oid::regclass::text, ', ')
            FROM pg_class c WHERE c.relnamespace = 'mart'::regnamespace AND c.relkind = 'v'
            HAVING count(*) > 0
            UNION ALL
            SELECT 'DROP FUNCTION ' || string_agg(p.oid::regprocedure::text, ', ')
            FROM pg_proc p WHERE p.pronamespace = 'mart'::regnamespace
            HAVING count(*) > 0
            """
        )
    ).all()
    # Functions return rows of views, and no view of the mart calls one: they go first.
    for statement in sorted(found):
        try:
            connection.exec_driver_sql(statement)
        except InternalError as error:
            if not isinstance(error.orig, DependentObjectsStillExist):
                raise
            detail = " ".join((error.orig.diag.message_detail or "").splitlines())
            raise ConfigurationError(
                f"The views of the mart cannot be made anew, for others were built on them: {detail}. Drop these first"
                " (dbt makes them again by `dbt run`), or let them be tables."
            ) from None
    connection.execute(text("DELETE FROM ops.mart_files"))


def _listed(sql: str, word: str) -> list[str]:
    return re.findall(r"[\w.]+", " ".join(re.findall(rf"^-- {word}:(.*)$", sql, re.MULTILINE)))


def _inherit_comments(connection: Connection, view: str, sources: list[str]) -> None:
    """Comment the columns of a view that have no comment of their own like those of the same name in `sources`."""
    statements = connection.scalars(
        text(
            """
            SELECT DISTINCT ON (c.attnum)
                format('COMMENT ON COLUMN mart.%I.%I IS %L', CAST(:view AS text), c.attname,
                    col_description(o.attrelid, o.attnum))
            FROM pg_attribute c
            JOIN unnest(CAST(:sources AS text[])) WITH ORDINALITY s (name, rank) ON true
            JOIN pg_attribute o ON o.attrelid = CAST(s.name AS regclass) AND o.attname = c.attname
            WHERE c.attrelid = to_regclass('mart.' || quote_ident(:view)) AND c.attnum > 0
              AND col_description(c.attrelid, c.attnum) IS NULL AND col_description(o.attrelid, o.attnum) IS NOT NULL
            ORDER BY c.attnum, s.rank
            """
        ),
        {"view": view, "sources": sources},
    ).all()
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _digests(wanted: dict[str, str]) -> dict[str, bytes]:
    return {name: hashlib.sha256(sql.encode()).digest() for name, sql in wanted.items()}


def _grant(connection: Connection) -> list[str]:
    if not _ensure_analyst(connection):
        return [f"The role {ANALYST} is missing and could not be created: ask an administrator for it."]
    database = connection.scalar(text("SELECT quote_ident(current_database())"))
    for statement in (
        f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA mart TO {ANALYST}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA mart TO {ANALYST}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mart TO {ANALYST}",
    ):
        connection.exec_driver_sql(statement)
    return []


def _ensure_analyst(connection: Connection) -> bool:
    """Whether the role exists, after trying to create it. Roles belong to the whole cluster, not to the database."""
    settings = connection.scalar(
        text(
            "SELECT coalesce(s.setconfig, '{}') FROM pg_roles r"
            " LEFT JOIN pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0 WHERE r.rolname = :role"
        ),
        {"role": ANALYST},
    )
    wanted = {f"{name}={value}" for name, value in ANALYST_SETTINGS.items()}
    if settings is not None and wanted <= {one.replace("TimeZone=", "timezone=") for one in settings}:
        return True
    # Without a password nobody can log in over the network until an administrator sets one.
    script = "" if settings is not None else f"CREATE ROLE {ANALYST} LOGIN NOINHERIT CONNECTION LIMIT 50;"
    script += "".join(f"ALTER ROLE {ANALYST} SET {name} = '{value}';" for name, value in ANALYST_SETTINGS.items())
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(script, execution_options={"no_parameters": True})
    except DBAPIError as error:
        # Another database of the cluster may be at the same, or we may lack CREATEROLE.
        logger.info("The role %s was not set up: %s", ANALYST, error.orig)
    exists = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    return bool(connection.scalar(exists, {"role": ANALYST}))
