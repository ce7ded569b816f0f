"""Columns as arrays: what goes in comes out."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy import Engine, text

from warehouse.copying import columns_of

ROWS = [
    {"id": UUID(int=7), "at": datetime(2022, 5, 11, 9, 30, 0, 25, tzinfo=timezone(timedelta(hours=6))), "sha": b"\x00\\\xff\"",
     "is_so": True, "share": 0.5, "name": 'a, "b" {c} \\ NULL'},
    {"id": None, "at": None, "sha": None, "is_so": None, "share": None, "name": None},
    {"id": UUID(int=8), "at": datetime(1, 1, 1, tzinfo=UTC), "sha": b"", "is_so": False, "share": -1e-9, "name": "NULL"},
]


def test_values_of_every_type_come_back_as_they_were(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT * FROM unnest(CAST(:id AS uuid[]), CAST(:at AS timestamptz[]), CAST(:sha AS bytea[]),"
                 " CAST(:is_so AS bool[]), CAST(:share AS float8[]), CAST(:name AS text[])) AS given (id, at, sha, is_so, share, name)"),
            columns_of(ROWS, *ROWS[0])).mappings()
        assert [dict(row) for row in found] == ROWS
