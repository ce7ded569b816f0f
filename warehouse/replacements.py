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

    Equal rows are not written, unless most of the owners' rows differ: then all of them are written anew, by COPY.
    Two calls for the same owners never run at once: their work is claimed by one.
    """
    keys = [column.name for column in table.primary_key]
    wanted = {tuple(row[name] for name in keys): storable_value(dict(row)) for row in rows}
    found = {
        tuple(row[name] for name in keys): row
        for row in connection.execute(select(table).where(table.c[owner].in_(sorted(set(owner_ids))))).mappings()
    }
    stale = sorted(set(found) - set(wanted))
    # Compared here: most rows are what they were, and need not travel back to be found equal.
    differing = [
        row for key, row in wanted.items() if key not in found or any(found[key][n] != row[n] for n in row)
    ]
    changes = Changes(
        new_count=len(set(wanted) - set(found)),
        changed_count=len(differing) - len(set(wanted) - set(found)),
        unchanged_count=len(wanted) - len(differing),
        deleted_count=len(stale),
    )
    if 2 * len(differing) > len(wanted):
        # A newer version derived them all: COPY takes a quarter of the time that changing each would.
        if found:
            connection.execute(delete(table).where(table.c[owner].in_(sorted(set(owner_ids)))))
        copy_rows(connection, table, [wanted[key] for key in sorted(wanted)])
        return changes
    if stale:
        connection.execute(delete(table).where(tuple_(*table.primary_key.columns).in_(stale)))
    upsert(connection, table, differing)
    return changes
