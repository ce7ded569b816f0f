"""Events as files for those who have code for other data sets: POLECAT's yearly files, GDELT 2's event exports.

Both are tab-separated, without quoting. The columns are those of `mart.events_polecat` (in the order of POLECAT's files
on Harvard Dataverse, which name them in their first line) and `mart.events_gdelt` ("The GDELT Event Database Data
Format Codebook V2.0", whose files name none).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from flows.exports.exporting import beside
from flows.exports.views import read_rows_of_events, shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFormat:
    """A view with the column that holds the event's id."""

    view: str
    key: str
    has_header: bool


FORMATS = {
    "polecat": EventFormat(view="events_polecat", key="Event ID", has_header=True),
    "gdelt": EventFormat(view="events_gdelt", key="GLOBALEVENTID", has_header=False),
}


def export_events(
    connection: Connection, file: Path, form: EventFormat, since: date | None = None, until: date | None = None
) -> dict[str, int]:
    """Write the events of articles published from `since` until before `until` (days in UTC).

    Returns rows by view. The file must not exist.
    """
    shape = shape_of(connection, form.view)
    count = 0
    with beside(file) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        if form.has_header:
            out.write("\t".join(name for name, _ in shape.columns) + "\n")
        for row in read_rows_of_events(connection, shape, form.key, since, until):
            out.write("\t".join(map(_cell, row)) + "\n")
            count += 1
    return {form.view: count}


def _cell(value: Any) -> str:
    """A value without tabs and line ends."""
    return "" if value is None else " ".join(str(value).split())
