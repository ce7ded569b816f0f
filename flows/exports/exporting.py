"""Views of the mart as files: Parquet by day and publisher, CSV that is safe in a spreadsheet, or a DuckDB file.

An export is written beside its place and moved there when it is whole: there is never half of one.
"""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from flows.exports.parquet_files import ParquetView, missing_extra
from flows.exports.state import read_state
from flows.exports.views import read_rows, shape_of
from transforms.failures import ConfigurationError, PermanentError

VIEWS = ("articles", "article_versions", "mentions", "quotes", "events", "entities", "corrections")
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_parquet(
    connection: Connection, folder: Path, views: Sequence[str], since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write `folder/VIEW/day=…/publisher_code=….parquet` (zstd); returns rows by view. The folder must not exist.

    An export of all days remembers what it shows, so that it can be brought up to date (flows.exports.updates).
    """
    shapes = tuple(shape_of(connection, view) for view in views)
    with beside(folder) as part:
        counts = {
            shape.name: ParquetView(part / shape.name, shape).write_all(read_rows(connection, shape, since, until))
            for shape in shapes
        }
        if since is None and until is None:
            read_state(connection, shapes).save(part)
        return counts


def export_csv(
    connection: Connection, folder: Path, views: Sequence[str], since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write `folder/VIEW.csv`; returns rows by view. Lists and objects are JSON. The folder must not exist."""
    counts = {}
    with beside(folder) as part:
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
        raise missing_extra("duckdb") from None
    with beside(file) as part, tempfile.TemporaryDirectory(dir=part.parent) as scratch:
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


@contextmanager
def beside(target: Path) -> Iterator[Path]:
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
