"""Views of the mart as files: Parquet by day and publisher, CSV that is safe in a spreadsheet, or a DuckDB file.

An export is written beside its place and moved there when it is whole: there is never half of one.
"""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.failures import ConfigurationError, PermanentError

VIEWS = ("articles", "article_versions", "mentions", "quotes", "events", "entities", "corrections")
FETCH_ROWS = 2_000
GROUP_ROWS = 50_000
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    listed = ", ".join(f'"{name}"' for name, _ in shape.columns)
    query = f"SELECT {listed} FROM mart.{shape.name}"  # noqa: S608 -- names come from the catalogue
    if shape.is_dated:
        query += (
            " WHERE (CAST(:since AS date) IS NULL OR published_at >= CAST(:since AS date))"
            " AND (CAST(:until AS date) IS NULL OR published_at < CAST(:until AS date))"
            " ORDER BY (published_at AT TIME ZONE 'UTC')::date, publisher_code"
        )
    parameters = {"since": since, "until": until} if shape.is_dated else {}
    result = connection.execution_options(yield_per=FETCH_ROWS).execute(text(query), parameters)
    for row in result:
        yield tuple(row)


def export_parquet(
    connection: Connection, folder: Path, views: Sequence[str], since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write `folder/VIEW/day=…/publisher_code=….parquet` (zstd); returns rows by view. The folder must not exist."""
    with _beside(folder) as part:
        return {view: _parquet(connection, part / view, shape_of(connection, view), since, until) for view in views}


def export_csv(
    connection: Connection, folder: Path, views: Sequence[str], since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write `folder/VIEW.csv`; returns rows by view. Lists and objects are JSON. The folder must not exist."""
    counts = {}
    with _beside(folder) as part:
        part.mkdir()
        for view in views:
            shape = shape_of(connection, view)
            with (part / f"{view}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([name for name, _ in shape.columns])
                counts[view] = 0
                for row in read_rows(connection, shape, since, until):
                    writer.writerow([safe_cell(value) for value in row])
                    counts[view] += 1
    return counts


def export_duckdb(
    connection: Connection, file: Path, views: Sequence[str], since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write a DuckDB database with a table per view; returns rows by view. The file must not exist."""
    try:
        import duckdb
    except ImportError:
        raise _missing_extra("duckdb") from None
    with _beside(file) as part, tempfile.TemporaryDirectory(dir=part.parent) as scratch:
        counts = export_parquet(connection, Path(scratch) / "rows", views, since, until)
        with duckdb.connect(str(part)) as database:
            for view in views:
                source = str(Path(scratch) / "rows" / view / "**" / "*.parquet")
                made = f'CREATE TABLE "{view}" AS SELECT * FROM read_parquet(?, hive_partitioning = false)'  # noqa: S608 -- the catalogue has it
                database.execute(made, [source])
    return counts


def safe_cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet takes for a formula. Numbers stay numbers, lists become JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _parquet(
    connection: Connection, folder: Path, shape: ViewShape, since: date | None, until: date | None
) -> int:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise _missing_extra("pyarrow") from None
    schema = pyarrow.schema([(name, _arrow_type(pyarrow, kind)) for name, kind in shape.columns])
    folder.mkdir(parents=True)
    names = [name for name, _ in shape.columns]
    count = 0

    def place(row: tuple[Any, ...]) -> Path:
        if not shape.is_dated:
            return folder / "all.parquet"
        published = row[names.index("published_at")]
        day = published.date().isoformat() if published else "unknown"
        return folder / f"day={day}" / f"publisher_code={row[names.index('publisher_code')]}.parquet"

    def write(file: Path, rows: Iterable[tuple[Any, ...]]) -> int:
        written = 0
        file.parent.mkdir(parents=True, exist_ok=True)
        iterator = iter(rows)
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while group := list(islice(iterator, GROUP_ROWS)):
                columns = zip(*([_arrow_value(value) for value in row] for row in group), strict=True)
                writer.write_table(pyarrow.table([list(column) for column in columns], schema=schema))
                written += len(group)
        return written

    for file, rows in groupby(read_rows(connection, shape, since, until), key=place):
        count += write(file, rows)
    if count == 0:
        # A view without rows keeps its schema.
        write(folder / "empty.parquet", ())
    return count


def _arrow_type(pyarrow: Any, kind: str) -> Any:
    """The Arrow type of a PostgreSQL type: stable, whatever the rows hold."""
    if kind.endswith("[]"):
        return pyarrow.list_(_arrow_type(pyarrow, kind[:-2]))
    known = {
        "boolean": pyarrow.bool_(), "smallint": pyarrow.int32(), "integer": pyarrow.int32(), "bigint": pyarrow.int64(),
        "double precision": pyarrow.float64(), "real": pyarrow.float64(), "numeric": pyarrow.float64(),
        "date": pyarrow.date32(), "timestamp with time zone": pyarrow.timestamp("us", tz="UTC"), "bytea": pyarrow.binary(),
    }
    return known.get(kind, pyarrow.string())


def _arrow_value(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list):
        return [_arrow_value(one) for one in value]
    return value


def _missing_extra(package: str) -> ConfigurationError:
    return ConfigurationError(f"{package} is not installed: pip install 'dateline[export]'.")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A path beside `target`, moved to it at the end and removed where the block raises."""
    if target.exists():
        raise ConfigurationError(f"{target} exists: choose another place, or remove it first.")
    if not target.parent.is_dir():
        raise ConfigurationError(f"{target.parent} is no folder: make it first.")
    part = target.with_name(f".{target.name}.part")
    _remove(part)
    try:
        yield part
        part.rename(target)
    except OSError as error:
        raise PermanentError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
