"""Views of the mart as an export reads them: their columns, and their rows as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from transforms.failures import ConfigurationError
from warehouse.copying import array_literal

FETCH_ROWS = 2_000
_PUBLISHED = """
    (CAST(:since AS date) IS NULL OR published_at >= CAST(:since AS date)::timestamp AT TIME ZONE 'UTC')
    AND (CAST(:until AS date) IS NULL OR published_at < CAST(:until AS date)::timestamp AT TIME ZONE 'UTC')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewShape:
    """A view with its columns and their PostgreSQL types, in order."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def is_dated(self) -> bool:
        """Whether its rows have a day of publication and a publisher to be partitioned by."""
        return {"published_at", "publisher_code"} <= {name for name, _ in self.columns}


def shape_of(connection: Connection, view: str) -> ViewShape:
    """The columns of a view of the mart. Raises ConfigurationError for one that there is not."""
    rows = connection.execute(
        text(
            "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a"
            " WHERE a.attrelid = to_regclass('mart.' || quote_ident(:view)) AND a.attnum > 0 AND NOT a.attisdropped"
            " ORDER BY a.attnum"
        ),
        {"view": view},
    ).all()
    if not rows:
        raise ConfigurationError(f"There is no view mart.{view}: `dateline sql` lists them.")
    return ViewShape(name=view, columns=tuple((row[0], row[1]) for row in rows))


def read_rows(
    connection: Connection, shape: ViewShape, since: date | None, until: date | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a view published from `since` until before `until` (days in UTC), by day and publisher, as a stream.

    A view without a day of publication is read whole.
    """
    if not shape.is_dated:
        yield from _read(connection, shape, "")
        return
    where = f"WHERE {_PUBLISHED} ORDER BY (published_at AT TIME ZONE 'UTC')::date, publisher_code"
    yield from _read(connection, shape, where, since=since, until=until)


def read_rows_of_events(
    connection: Connection, shape: ViewShape, key: str, since: date | None, until: date | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a view of events, of articles published in these days (as `read_rows` has them), as a stream.

    `key` is the column that holds the event's id; it orders them. They are asked for by id, so many at a time:
    a view of many joins is then read along its indexes, and never whole for one day.
    """
    ids = connection.scalars(
        text(f"SELECT event_id FROM mart.events WHERE {_PUBLISHED} ORDER BY event_id"),  # noqa: S608 -- no part comes from outside
        {"since": since, "until": until},
    ).all()
    for start in range(0, len(ids), FETCH_ROWS):
        where = f'WHERE "{key}" = ANY(CAST(:ids AS uuid[])) ORDER BY "{key}"'
        yield from _read(connection, shape, where, ids=array_literal(ids[start : start + FETCH_ROWS]))


def read_undated_rows(connection: Connection, shape: ViewShape) -> Iterator[tuple[Any, ...]]:
    """The rows of a dated view whose day of publication is not known, by publisher, as a stream."""
    yield from _read(connection, shape, "WHERE published_at IS NULL ORDER BY publisher_code")


def _read(connection: Connection, shape: ViewShape, where: str, **parameters: date | str | None) -> Iterator[tuple[Any, ...]]:
    listed = ", ".join(f'"{name}"' for name, _ in shape.columns)
    query = f"SELECT {listed} FROM mart.{shape.name} {where}"  # noqa: S608 -- names come from the catalogue
    result = connection.execution_options(yield_per=FETCH_ROWS).execute(text(query), parameters)
    for row in result:
        yield tuple(row)


