"""The dates that feeds print, in the zones that they mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.dates import FeedDate, read_date

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(("text", "moment"), [
    ("Wed, 15 May 2024 09:30:00 GMT", (15, 9, 30)), ("15 May 24 09:30 +0300", (15, 6, 30)),
    ("Wed,15 May 2024 09:30:00 EDT", (15, 13, 30)), ("Wed, 15 May 2024 09:30:00 KST", (15, 0, 30)),
    ("15 мая 2024", (15, 0, 0)), ("15 nonsense 2024", None), ("2024-05-15T09:30:00Z", (15, 9, 30)), ("2024-05-15T09:30:00.5+05:30", (15, 4, 0)),
    ("2024-05-15 09:30:00 +0600", (15, 3, 30)), ("20240515T0930Z", (15, 9, 30)), ("2024-05-15", (15, 0, 0)),
    ("2024/05/15 09:30", (15, 9, 30)), ("May 15, 2024 9:30 PM", (15, 21, 30)), ("May 15, 2024", (15, 0, 0)),
    ("Wed May 15 09:30:00 2024", (15, 9, 30)), ("Wed May 15 09:30:00 +0000 2024", (15, 9, 30)),
    ("Wed, 15 May 2024 24:00:00 GMT", (16, 0, 0)), ("15. Mai 2024 09:30", (15, 9, 30)),
    ("Wed, 15 May 2024 09:30:00 GMT+3", (15, 6, 30)), ("Wed, 15 May 2024 09:30:00 ET", (15, 13, 30)),
    ("yesterday", None), ("32 May 2024", None), ("2024-13-01", None),
])
def test_forms(text: str, moment: tuple[int, int, int] | None) -> None:
    found = read_date(text, time_zone=None, known_by=NOW)
    if moment is None:
        assert found == "unreadable_date"
    else:
        assert isinstance(found, FeedDate)
        assert found.moment == datetime(2024, 5, *moment, tzinfo=UTC)


def test_a_time_without_zone_is_the_publishers() -> None:
    found = read_date("2024-05-15 09:30", time_zone="America/Havana", known_by=NOW)
    assert found == FeedDate(moment=datetime(2024, 5, 15, 13, 30, tzinfo=UTC), zone_assumed="America/Havana")
    assert read_date("2024-05-15 09:30Z", time_zone="America/Havana", known_by=NOW) == FeedDate(
        moment=datetime(2024, 5, 15, 9, 30, tzinfo=UTC))


def test_what_cannot_be_believed() -> None:
    for text in ("2999-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59-12:00"):
        assert read_date(text, time_zone=None, known_by=NOW) in ("unbelievable_date", "unreadable_date")
    assert read_date(" ", time_zone=None, known_by=NOW) is None


@given(st.text(alphabet="0123456789-:/TZ+., aJnMy", max_size=30))
def test_no_text_raises(text: str) -> None:
    read_date(text, time_zone="Asia/Tehran", known_by=NOW)
