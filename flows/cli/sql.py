"""`dateline sql`: psql on the warehouse, or one query's rows as a table, CSV or JSON."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from psycopg.errors import ReadOnlySqlTransaction
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Connection, CursorResult, Engine, text
from sqlalchemy.exc import DBAPIError, NotSupportedError, ProgrammingError

from flows.exports.exporting import safe_cell
from flows.json_values import json_value
from transforms.failures import PermanentError
from warehouse.embedded.programs import installed_folder
from warehouse.engine import JOIN_LIMITS, open_warehouse

TABLE_ROWS = 1_000


@click.command(epilog="""Example: dateline sql -c "select headline from mart.articles" --format csv""")
@click.option("-c", "--command", "query", help="Run one query and print its rows.")
@click.option("--write", "is_writing", is_flag=True, help="Let queries change the warehouse, by hand and at your own risk.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
    help="How -c prints rows. CSV is safe to open in a spreadsheet; JSON is one object a line.",
)
def command(query: str | None, is_writing: bool, form: str) -> None:
    """Query the warehouse, read-only. Without -c: psql, with a list of the views to begin with."""
    if query is not None and not query.strip("; \n\t"):
        raise click.UsageError("-c wants a query")
    with open_warehouse(application="dateline sql") as engine:
        if query is not None:
            print_query(engine, query, form, is_writing=is_writing)
            return
        welcome(engine)
        sys.exit(run_psql(engine, is_writing=is_writing))


def print_query(engine: Engine, query: str, form: str, *, is_writing: bool = False) -> None:
    """Print what `query` returns, row by row as it comes: CSV and JSON of any size need no more memory than a table.

    Raises PermanentError with PostgreSQL's own words where it is refused.
    """
    try:
        with engine.begin() as connection:
            if not is_writing:
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            _refuse_several(connection, query)
            result = _run(connection, query)
            if not result.returns_rows:
                click.echo(f"{max(result.rowcount, 0)} rows affected")
                return
            names = list(result.keys())
            if form == "json":
                for row in result:
                    click.echo(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=json_value))
            elif form == "csv":
                writer = csv.writer(sys.stdout, lineterminator="\n")
                writer.writerow(names)
                writer.writerows([safe_cell(_plain(value)) for value in row] for row in result)
            else:
                print_table(names, result.fetchmany(TABLE_ROWS + 1))
    except DBAPIError as error:
        hint = "; --write lets it" if isinstance(error.orig, ReadOnlySqlTransaction) else ""
        raise PermanentError(f"PostgreSQL refused the query: {str(error.orig).rstrip()}{hint}") from None


def _refuse_several(connection: Connection, query: str) -> None:
    """Raise PermanentError for more than one statement: all would run, and the rows of one be shown."""
    driver = connection.connection.driver_connection
    if driver is None:
        return
    # Parsed and not run. Whatever else is wrong with the statement is said when it runs.
    savepoint = connection.begin_nested()
    parsed = driver.pgconn.prepare(b"", query.encode("utf-8", "surrogatepass"))
    savepoint.rollback()
    if b"multiple commands" in parsed.error_message:
        raise PermanentError("-c takes one statement at a time: give each its own -c command, or use psql by `dateline sql`.")


def _run(connection: Connection, query: str) -> CursorResult[Any]:
    """The rows by a cursor of the server, or at once where there can be none: EXPLAIN, SHOW, or what changes rows."""
    # A % is the query's own: it stands for no parameter.
    options = {"no_parameters": True}
    # All rows are wanted, not the first soon.
    connection.exec_driver_sql("SET LOCAL cursor_tuple_fraction = 1")
    savepoint = connection.begin_nested()
    try:
        return connection.exec_driver_sql(query, execution_options=options | {"stream_results": True, "yield_per": 1000})
    except (ProgrammingError, NotSupportedError):
        # Nothing was run so far; what is wrong with the statement itself is said once more below, about it alone.
        pass
    savepoint.rollback()
    return connection.exec_driver_sql(query, execution_options=options)


def print_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows, the first TABLE_ROWS of them, as a table as wide as the terminal; to a pipe, as wide as it needs to be."""
    console = Console(width=None if sys.stdout.isatty() else 250)
    table = Table(*names, header_style="bold")
    for row in rows[:TABLE_ROWS]:
        table.add_row(*("" if value is None else escape(str(_plain(value))) for value in row))
    console.print(table)
    if len(rows) > TABLE_ROWS:
        click.echo(f"the first {TABLE_ROWS} rows; --format csv or json prints all")
    else:
        click.echo(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")


def _plain(value: Any) -> Any:
    """A value for a cell: lists as PostgreSQL's users read them, numbers without exponent."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def welcome(engine: Engine) -> None:
    """The views, with the first sentence of what each is about."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT c.relname, obj_description(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'mart' AND c.relkind IN ('v', 'm') ORDER BY 1"
            )
        ).all()
    click.echo("The views of schema mart; \\d+ NAME shows one, data_dictionary explains every column, \\q leaves.\n")
    for name, comment in rows:
        click.echo(f"  mart.{name:<28} {(comment or '').split('. ')[0]}")
    click.echo()


def run_psql(engine: Engine, *, is_writing: bool = False) -> int:
    """psql on the warehouse, in UTC, with mart first on the search path; its exit code."""
    psql = shutil.which("psql") or str(installed_folder() / "psql")
    if not Path(psql).exists():
        raise PermanentError("There is no psql on this machine: use `dateline sql -c QUERY`.")
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    options = {"search_path": "mart,public", "timezone": "UTC"} | JOIN_LIMITS
    if not is_writing:
        options["default_transaction_read_only"] = "on"
    environment = os.environ | {"PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in options.items())}
    return subprocess.run([psql, url], env=environment, check=False).returncode
