"""Captures are stored once, their bytes once a month, and come back as they were."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from transforms.failures import PermanentError
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.raw.captures import Capture, load_captures, read_documents
from warehouse.raw.partitions import ensure_partitions, month_of, next_month
from warehouse.storable import storable, storable_value

MAY = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
PAGE = b"<p>The council met in Harbour City on Monday.</p>" * 50


def file(path: str, content: bytes = PAGE, at: datetime = MAY) -> Capture:
    return Capture(kind="file", path=path, fetched_at=at, content=content)


def versions(connection: Connection) -> set[tuple[str, str]]:
    return {
        (table, xmin)
        for table in ("raw.captures", "raw.contents", "core.publishers")
        for xmin in connection.scalars(text(f"SELECT ctid::text || xmin::text FROM {table}"))
    }


def test_what_was_captured_comes_back_byte_for_byte(every_engine: Engine) -> None:
    with every_engine.begin() as connection:
        load_publishers(connection, [Publisher(code="harbour-wire", name="Harbour Wire")])
        web = Capture(
            kind="fetch",
            url="https://news.example/1",
            final_url="https://news.example/a/1",
            fetched_at=MAY,
            is_time_known=True,
            content=b"short",
            publisher_code="harbour-wire",
            media_type="text/html",
            charset="utf-8",
            response_headers=(("etag", '"1"'),),
        )
        loaded = load_captures(connection, [file("wire/1.txt"), web])
        assert loaded.changes.new_count == 2
        first, second = read_documents(connection, loaded.new_ids)
        assert (first.content, first.filename, first.publisher_code) == (PAGE, "1.txt", None)
        assert (second.content, second.url, second.fetched_at) == (b"short", "https://news.example/a/1", MAY)
        assert (second.publisher_code, second.media_type) == ("harbour-wire", "text/html")


def test_a_second_load_touches_no_row(every_engine: Engine) -> None:
    publisher = Publisher(code="harbour-wire", name="Harbour Wire")
    with every_engine.begin() as connection:
        load_publishers(connection, [publisher])
        load_captures(connection, [file("1.txt"), file("2.txt", b"other")])
        before = versions(connection)
    with every_engine.begin() as connection:
        load_publishers(connection, [publisher])
        later = load_captures(connection, [file("2.txt", b"other", MAY + timedelta(days=90)), file("1.txt")])
        assert (later.changes.new_count, later.changes.unchanged_count, later.new_ids) == (0, 2, ())
        assert versions(connection) == before


def test_identical_bytes_are_stored_once_a_month(connection: Connection) -> None:
    given_captures = [file("1.txt"), file("copy.txt"), file("june.txt", at=MAY + timedelta(days=31))]
    assert load_captures(connection, given_captures).changes.new_count == 3
    rows = connection.execute(text("SELECT content_month::text, coding, byte_count > length(content) FROM raw.contents"))
    assert sorted(tuple(row) for row in rows) == [("2024-05-01", "zstd", True), ("2024-06-01", "zstd", True)]


def test_the_same_page_fetched_twice_is_two_captures_of_one_content(connection: Connection) -> None:
    fetches = [
        Capture(kind="fetch", url="https://news.example/1", fetched_at=moment, is_time_known=True, content=PAGE)
        for moment in (MAY, MAY + timedelta(hours=1))
    ]
    assert load_captures(connection, fetches).changes.new_count == 2
    assert connection.scalar(text("SELECT count(*) FROM raw.contents")) == 1


def test_an_answer_without_bytes_is_a_capture_too(connection: Connection) -> None:
    gone = Capture(kind="fetch", url="https://news.example/1", fetched_at=MAY, outcome="gone", status_code=410)
    loaded = load_captures(connection, [gone])
    assert loaded.changes.new_count == 1
    assert read_documents(connection, loaded.new_ids) == ()


def test_bytes_that_changed_in_the_warehouse_are_found_out(connection: Connection) -> None:
    loaded = load_captures(connection, [file("1.txt", b"short")])
    connection.execute(text("UPDATE raw.contents SET content = 'shord'"))
    with pytest.raises(PermanentError, match="are not those that were captured"):
        read_documents(connection, loaded.new_ids)


def test_an_unknown_publisher_is_named(connection: Connection) -> None:
    unknown = Capture(kind="file", path="1", fetched_at=MAY, content=b"x", publisher_code="nobody")
    with pytest.raises(PermanentError, match="Unknown publishers: nobody"):
        load_captures(connection, [unknown])


def test_partitions_are_made_once_and_cover_whole_months(connection: Connection) -> None:
    december = month_of(datetime(2024, 12, 31, 23, 59, tzinfo=UTC))
    assert ensure_partitions(connection, [december, next_month(december)]) == (december, next_month(december))
    assert ensure_partitions(connection, [december]) == ()
    assert str(next_month(december)) == "2025-01-01"


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_stored_and_keeps_its_offsets(given_text: str) -> None:
    kept = storable(given_text)
    assert len(kept) == len(given_text)
    assert "\x00" not in kept
    kept.encode("utf-8")


def test_text_is_made_storable_inside_of_lists_and_dictionaries() -> None:
    assert storable_value({"a\x00": ["b\ud800", ("c\x1f", 1)], "d": None}) == {
        "a\ufffd": ["b\ufffd", ["c\ufffd", 1]],
        "d": None,
    }
