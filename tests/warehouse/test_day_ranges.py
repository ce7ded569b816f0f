"""Days as ranges: every day once, no other, and as few ranges as can be."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from warehouse.day_ranges import day_ranges, falls_on

NEW_YEAR = date(2024, 1, 1)
DAYS = st.sets(st.integers(min_value=0, max_value=40).map(lambda number: NEW_YEAR + timedelta(days=number)))


@given(DAYS)
def test_ranges_hold_the_days_and_do_not_touch(days: set[date]) -> None:
    ranges = list(day_ranges(days))
    held = [first + timedelta(days=n) for first, behind in ranges for n in range((behind - first).days)]
    assert held == sorted(days)
    assert all(behind < first for (_, behind), (first, _) in itertools.pairwise(ranges))


def test_the_condition_is_true_of_moments_of_the_days_alone(connection: Connection) -> None:
    def hits(*days: date) -> list[str]:
        moments = "VALUES ('2023-12-31 23:59:59Z'), ('2024-01-01 00:00Z'), ('2024-01-02 23:59:59Z'), ('2024-01-03 00:00Z')"
        query = f"SELECT moment FROM ({moments}) given (moment) WHERE {falls_on('moment::timestamptz', days)}"
        return list(connection.scalars(text(query)))

    assert hits(NEW_YEAR, NEW_YEAR + timedelta(days=1)) == ["2024-01-01 00:00Z", "2024-01-02 23:59:59Z"]
    assert hits(NEW_YEAR + timedelta(days=2), NEW_YEAR - timedelta(days=1)) == ["2023-12-31 23:59:59Z", "2024-01-03 00:00Z"]
    assert hits() == []
