"""The mart as a dbt source: deploy/dbt/sources.yml, made from the comments in the catalog.

`python -m warehouse.dictionary` writes it beside the dictionary page; a test says when it is out of date.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, text

FILE = Path(__file__).resolve().parents[1] / "deploy" / "dbt" / "sources.yml"
# The column by which dbt tells how fresh a view is: the first of these that it has.
LOADED_AT = ("recorded_at", "first_seen_at", "finished_at", "checked_at", "rejected_at", "published_at")
# A wire is never silent for half a day; two publishers' Sundays may be.
WARN_HOURS, ERROR_HOURS = 12, 48


def sources(connection: Connection) -> str:
    """The whole file. Texts are written as JSON strings, which YAML reads."""
    return "\n".join(_lines(connection)) + "\n"


def _lines(connection: Connection) -> Iterator[str]:
    yield "# Written by `python -m warehouse.dictionary` from the comments of the views: do not edit."
    yield "version: 2\n\nsources:\n  - name: dateline"
    yield "    description: Wire articles, their versions, entities, quotes and events. Stable views for analysts."
    yield "    schema: mart\n    tables:"
    rows = connection.execute(
        text(
            "SELECT object_name, column_name, data_type, description FROM mart.data_dictionary"
            " WHERE object_kind <> 'function' ORDER BY object_name, position"
        )
    ).all()
    for name, found in groupby(rows, key=lambda row: row.object_name):
        whole, *columns = found
        yield f"      - name: {name}\n        description: {_quoted(whole.description)}"
        names = {row.column_name for row in columns}
        loaded_at = next((column for column in LOADED_AT if column in names), None)
        if loaded_at:
            yield f"        config:\n          loaded_at_field: {loaded_at}\n          freshness:"
            yield f"            warn_after: {{count: {WARN_HOURS}, period: hour}}"
            yield f"            error_after: {{count: {ERROR_HOURS}, period: hour}}"
        yield "        columns:"
        for row in columns:
            yield f"          - name: {row.column_name}\n            data_type: {_quoted(row.data_type)}"
            yield f"            description: {_quoted(row.description)}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
