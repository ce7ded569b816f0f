"""The months of raw.contents: partitions made ahead or when first needed."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, text

# Two processes that need the same month take turns.
PARTITION_LOCK = 0x7061_7274_6974_696F


def month_of(moment: datetime | date) -> date:
    """The first day of the month, by UTC where `moment` has a zone."""
    return date(moment.year, moment.month, 1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def ensure_partitions(connection: Connection, months: Iterable[date]) -> tuple[date, ...]:
    """Make the partitions of raw.contents for `months` (first days) that are missing; returns those made."""
    missing = [month for month in sorted(set(months)) if not _exists(connection, month)]
    if not missing:
        return ()
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PARTITION_LOCK})
    made = [month for month in missing if not _exists(connection, month)]
    for month in made:
        name = _name(month)
        # Attaching a table lets others go on reading and writing; creating a partition outright would not.
        for statement in (
            f"CREATE TABLE {name} (LIKE raw.contents INCLUDING ALL)",
            f"ALTER TABLE raw.contents ATTACH PARTITION {name} FOR VALUES FROM ('{month}') TO ('{next_month(month)}')",
            f"COMMENT ON TABLE {name} IS 'Grain: as raw.contents, captured in {month:%Y-%m}.'",
        ):
            connection.exec_driver_sql(statement)
    return tuple(made)


def _name(month: date) -> str:
    return f"raw.contents_{month:%Y_%m}"


def _exists(connection: Connection, month: date) -> bool:
    return connection.scalar(text("SELECT to_regclass(:name)"), {"name": _name(month)}) is not None
