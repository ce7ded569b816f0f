"""Bringing a Parquet export up to date: only the days that changed since are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from flows.exports.parquet_files import UNKNOWN_DAY, ParquetView
from flows.exports.state import days_to_write, load_state, read_state
from flows.exports.views import ViewShape, read_rows, read_undated_rows, shape_of
from transforms.failures import ConfigurationError, PermanentError


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportUpdate:
    """What an update wrote: rows by view, and the days (None: all of them)."""

    rows: dict[str, int]
    days: tuple[date, ...] | None


def update_parquet(connection: Connection, folder: Path, views: Sequence[str] = ()) -> ExportUpdate:
    """Write what changed since the export in `folder` was made; `views`, where given, have to be those it holds.

    `connection` shows one snapshot (REPEATABLE READ). Days, and views without a day of publication, are replaced
    file by file, each in one step; an update that was cut off is made whole by the next. A view whose columns
    changed is written whole, as is everything where names changed that stand in rows of every day.
    """
    before = load_state(folder)
    held = tuple(shape.name for shape in before.views)
    if views and set(views) != set(held):
        raise ConfigurationError(f"{folder} holds {', '.join(held)}: an update writes the same views.")
    now = read_state(connection, tuple(shape_of(connection, name) for name in held))
    days = days_to_write(connection, before, now)
    old_shapes = {shape.name: shape for shape in before.views}
    counts = {}
    try:
        for shape in now.views:
            whole = days is None or shape != old_shapes[shape.name]
            counts[shape.name] = _update_view(connection, folder / shape.name, shape, None if whole else days)
        now.save(folder)
    except OSError as error:
        raise PermanentError(
            f"{folder} cannot be written: {error.strerror or error}. What it holds is whole; --update again later."
        ) from error
    return ExportUpdate(rows=counts, days=days)


def _update_view(connection: Connection, folder: Path, shape: ViewShape, days: tuple[date, ...] | None) -> int:
    view = ParquetView(folder, shape)
    if not shape.is_dated:
        return 0 if days == () else view.replace(folder, read_rows(connection, shape, None, None))
    if days == ():
        return 0
    if days is None:
        days = _all_days(connection, view, shape)
    count = view.replace(view.day_folder(UNKNOWN_DAY), read_undated_rows(connection, shape))
    for day in days:
        rows = read_rows(connection, shape, day, day + timedelta(days=1))
        count += view.replace(view.day_folder(day.isoformat()), rows)
    view.keep_schema()
    return count


def _all_days(connection: Connection, view: ParquetView, shape: ViewShape) -> tuple[date, ...]:
    """Every day that the view or its folder has."""
    found = connection.scalars(
        text(f"SELECT DISTINCT (published_at AT TIME ZONE 'UTC')::date FROM mart.{shape.name} WHERE published_at IS NOT NULL")  # noqa: S608 -- names come from the catalogue
    )
    written = (folder.name.partition("=")[2] for folder in view.folder.glob("day=*"))
    return tuple(sorted({*found, *(date.fromisoformat(day) for day in written if day != UNKNOWN_DAY)}))
