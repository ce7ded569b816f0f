"""Bulk loading: rows through COPY, and column arrays for statements over `unnest`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from sqlalchemy import Connection, Table

from warehouse.crash_points import crash_point
from warehouse.signals import InterruptibleConnection


def copy_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Copy `rows` into `table`, in the transaction of `connection`. All rows have the keys of the first.

    Rows that break a constraint fail the whole: the caller knows that they are new. JSON values are given as
    `psycopg.types.json.Jsonb`.
    """
    if not rows:
        return
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.schema or "public", table.name), sql.SQL(", ").join(map(sql.Identifier, columns)))
    driver = connection.connection.driver_connection
    if not isinstance(driver, InterruptibleConnection):
        raise RuntimeError("the connection is closed, or of no engine of `warehouse.engine`")
    with driver.cursor() as cursor, cursor.copy(statement) as copy, driver.copying():
        for number, row in enumerate(rows):
            if number == len(rows) // 2:
                crash_point("copying")
            copy.write_row([row[column] for column in columns])
    crash_point("copied")


def columns_of(rows: Iterable[Mapping[str, Any]], *names: str) -> dict[str, list[Any] | str]:
    """The values of each named column as an array: parameters for `unnest(CAST(:name AS type[]))`."""
    kept = list(rows)
    return {name: _array([row[name] for row in kept]) for name in names}


def array_literal(values: Iterable[object]) -> str:
    """Values whose text needs no quotation marks (ids, numbers, times) as PostgreSQL writes an array."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


# How elements of these types are written within an array; the quoted backslash is doubled.
_WRITERS: Mapping[type, Callable[[Any], str]] = {
    UUID: str, bool: str, int: str, float: str, datetime: datetime.isoformat,
    bytes: lambda value: f'"\\\\x{value.hex()}"',
}


def _array(values: list[Any]) -> list[Any] | str:
    # The driver writes each element by itself; joining those that need no escaping is several times faster.
    if not {type(value) for value in values if value is not None} <= _WRITERS.keys():
        return values
    return "{" + ",".join(["NULL" if value is None else _WRITERS[type(value)](value) for value in values]) + "}"
