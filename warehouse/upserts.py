"""Loading rows so that loading them again touches nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from warehouse.storable import storable_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many rows loading inserted, changed, found as they were, and deleted."""

    new_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0
    deleted_count: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was inserted or changed."""
        return not (self.new_count or self.changed_count or self.deleted_count)

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            new_count=self.new_count + other.new_count,
            changed_count=self.changed_count + other.changed_count,
            unchanged_count=self.unchanged_count + other.unchanged_count,
            deleted_count=self.deleted_count + other.deleted_count,
        )


def upsert(
    connection: Connection,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    keep: Sequence[str] = (),
    fill: Sequence[str] = (),
    fullest: Sequence[str] = (),
) -> Changes:
    """Insert `rows` into `table`, or change those that are there and differ. Equal rows are not written.

    All rows have the same columns, the primary key among them; the last of several with the same key counts.
    They go in by key, so that two writers never wait for each other in a circle. A column in `keep` is set
    on insertion alone; one in `fill` holds the least value that was given, null only where none was; one in
    `fullest` the longest text: both whatever was loaded first.
    """
    changes, _ = upsert_returning(connection, table, rows, keep=keep, fill=fill, fullest=fullest)
    return changes


def upsert_returning(
    connection: Connection,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    keep: Sequence[str] = (),
    fill: Sequence[str] = (),
    fullest: Sequence[str] = (),
) -> tuple[Changes, list[Any]]:
    """As `upsert`; returns also the primary key and `is_new` of each row that was written."""
    keys = [column.name for column in table.primary_key]
    unique = {tuple(row[name] for name in keys): row for row in rows}
    if not unique:
        return Changes(), []
    ordered = [storable_value(dict(unique[key])) for key in sorted(unique)]
    statement, parameters = _insertion(table, ordered)
    updated = [name for name in ordered[0] if name not in keys and name not in keep]
    if updated:
        wanted = {
            name: func.least(table.c[name], statement.excluded[name]) if name in fill
            else _fuller(table.c[name], statement.excluded[name]) if name in fullest
            else statement.excluded[name]
            for name in updated
        }  # fmt: skip
        statement = statement.on_conflict_do_update(
            index_elements=keys,
            set_=wanted,
            where=or_(*(table.c[name].is_distinct_from(value) for name, value in wanted.items())),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    # A row that this statement inserted was never locked or deleted by anyone: its xmax is 0.
    is_new: ColumnElement[bool] = literal_column("(xmax = 0)" if updated else "true", Boolean)
    returning = statement.returning(*table.primary_key, is_new.label("is_new"))
    written = list(connection.execute(returning, parameters))
    new = sum(row.is_new for row in written)
    return (
        Changes(new_count=new, changed_count=len(written) - new, unchanged_count=len(ordered) - len(written)),
        written,
    )


def _insertion(table: Table, rows: list[dict[str, Any]]) -> tuple[Insert, list[dict[str, Any]] | dict[str, list[Any]]]:
    """The statement that inserts the rows in their order, with its parameters.

    An array for each column in place of a parameter for each value takes a fifth of the time. Arrays of arrays would
    be taken apart, and contents are as quick by themselves.
    """
    columns = [table.c[name] for name in rows[0]]
    if any(isinstance(column.type, (ARRAY, JSON, LargeBinary)) for column in columns):
        return insert(table), rows
    names = [column.name for column in columns]
    arrays = (bindparam(f"all_{column.name}", type_=ARRAY(column.type)) for column in columns)
    given = func.unnest(*arrays).table_valued(*names, name="given").render_derived()
    statement = insert(table).from_select(names, select(*(given.c[name] for name in names)))
    return statement, {f"all_{name}": [row[name] for row in rows] for name in names}


def _fuller(held: ColumnElement[str], given: ColumnElement[str]) -> ColumnElement[str]:
    """The longer text; of two that are as long the later by code point, which has lower case and accents."""
    order = [tuple_(func.length(text), text.collate("C")) for text in (held, given)]
    return case((order[1] > order[0], given), else_=held)
