"""Rows that belong to an owner (a version, an event) and are replaced as a whole, touching only what differs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, select, tuple_

from warehouse.copying import copy_rows
from warehouse.storable import storable_value
from warehouse.upserts import Changes, upsert


def replace_rows(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], *, owner: str, owner_ids: Sequence[UUID]
) -> Changes:
    """Make `rows` all that the owners (ids in column `owner`) have in `table`.

    Equal rows are not written, rows that are no longer there are deleted. Where the owners had none, the rows
    go in by COPY. Two calls for the same owners never run at once: their work is claimed by one.
    """
    keys = [column.name for column in table.primary_key]
    unique = {tuple(row[name] for name in keys): row for row in rows}
    found = connection.execute(
        select(*table.primary_key.columns).where(table.c[owner].in_(sorted(set(owner_ids))))
    ).all()
    if not found:
        copy_rows(connection, table, [storable_value(dict(unique[key])) for key in sorted(unique)])
        return Changes(new_count=len(unique))
    stale = sorted({tuple(row) for row in found} - set(unique))
    if stale:
        connection.execute(delete(table).where(tuple_(*table.primary_key.columns).in_(stale)))
    return upsert(connection, table, unique.values()) + Changes(deleted_count=len(stale))
