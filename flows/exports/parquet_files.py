"""Rows of a view as Parquet files: one for each day and publisher, compressed with zstd, the schema always the same."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from flows.exports.views import ViewShape
from transforms.failures import ConfigurationError

GROUP_ROWS = 50_000
UNKNOWN_DAY = "unknown"

Row = tuple[Any, ...]


class ParquetView:
    """The folder of one view. Raises ConfigurationError where pyarrow is not installed."""

    def __init__(self, folder: Path, shape: ViewShape) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise missing_extra("pyarrow") from None
        self.folder = folder
        self._shape = shape
        self._arrow: Any = pyarrow
        self._parquet: Any = parquet
        self._schema = pyarrow.schema([(name, _arrow_type(pyarrow, kind)) for name, kind in shape.columns])
        self._names = [name for name, _ in shape.columns]

    def write_all(self, rows: Iterable[Row]) -> int:
        """Write rows that come by day and publisher into a new folder; returns how many."""
        self.folder.mkdir(parents=True)
        count = sum(self._write(file, group) for file, group in self._files(rows))
        if count == 0:
            # A view without rows keeps its schema.
            self._write(self.folder / "empty.parquet", ())
        return count

    def replace(self, folder: Path, rows: Iterable[Row]) -> int:
        """Make `rows` all that `folder`, one day of this view or the view itself, holds; returns how many there are.

        Every file is whole at every moment: a new one takes the place of the old in one step.
        """
        written, count = set(), 0
        for file, group in self._files(rows):
            part = file.with_name(f".{file.name}.part")
            count += self._write(part, group)
            part.replace(file)
            written.add(file)
        for left in [file for file in folder.glob("*.parquet") if file not in written]:
            left.unlink()
        if folder.is_dir() and folder != self.folder and not any(folder.iterdir()):
            folder.rmdir()
        return count

    def day_folder(self, day: str) -> Path:
        """Where the rows of a day (ISO 8601 or UNKNOWN_DAY) lie."""
        return self.folder / f"day={day}"

    def keep_schema(self) -> None:
        """Have at least one file: one without rows where there is no other."""
        empty = self.folder / "empty.parquet"
        others = any(file != empty for file in self.folder.rglob("*.parquet"))
        if others:
            empty.unlink(missing_ok=True)
        elif not empty.exists():
            self._write(empty, ())

    def _files(self, rows: Iterable[Row]) -> Iterator[tuple[Path, Iterator[Row]]]:
        if not self._shape.is_dated:
            return groupby(rows, key=lambda _: self.folder / "all.parquet")
        published, publisher = self._names.index("published_at"), self._names.index("publisher_code")

        def file_of(row: Row) -> Path:
            day = row[published].date().isoformat() if row[published] else UNKNOWN_DAY
            return self.day_folder(day) / f"publisher_code={row[publisher]}.parquet"

        return groupby(rows, key=file_of)

    def _write(self, file: Path, rows: Iterable[Row]) -> int:
        written = 0
        file.parent.mkdir(parents=True, exist_ok=True)
        iterator = iter(rows)
        with self._parquet.ParquetWriter(file, self._schema, compression="zstd") as writer:
            while group := list(islice(iterator, GROUP_ROWS)):
                columns = zip(*([_arrow_value(value) for value in row] for row in group), strict=True)
                writer.write_table(self._arrow.table([list(column) for column in columns], schema=self._schema))
                written += len(group)
        return written


def missing_extra(package: str) -> ConfigurationError:
    """What to say where a package of the extra `export` is not there."""
    return ConfigurationError(f"{package} is not installed: pip install 'dateline[export]'.")


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
