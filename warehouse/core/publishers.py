"""Publishers: rows made from their records."""

from collections.abc import Iterable

from sqlalchemy import Connection

from transforms.identity import publisher_id
from transforms.publishers import Publisher
from warehouse.tables.feeds import publishers
from warehouse.upserts import Changes, upsert

# Whoever gives no publisher, nor is on a known host, gave this one.
UNKNOWN_PUBLISHER = Publisher(code="unknown", name="Unknown publisher")


def load_publishers(connection: Connection, records: Iterable[Publisher]) -> Changes:
    """Insert publishers, or change those whose file changed."""
    return upsert(
        connection,
        publishers,
        [
            {
                "publisher_id": publisher_id(record.code),
                "publisher_code": record.code,
                "name": record.name,
                "country_code": record.country_code,
                "language": record.language,
                "time_zone": record.time_zone,
                "agency": record.agency,
                "is_active": record.is_active,
                "retention_days": record.retention_days,
                "expected_daily_minimum": _expected(record, "minimum"),
                "expected_daily_maximum": _expected(record, "maximum"),
            }
            for record in records
        ],
    )


def _expected(record: Publisher, bound: str) -> float | None:
    """The least or most articles a day that the publisher's file calls normal."""
    return next((getattr(one, bound) for one in record.expected_ranges if one.measure == "articles_per_day"), None)
