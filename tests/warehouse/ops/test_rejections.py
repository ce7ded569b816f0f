"""What is no article is recorded once, and forgotten when a better reader reads it."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from transforms.articles.article import Item, Rejection
from warehouse.ops.rejections import Refused, Textless, forget_stale, load_items, load_rejections
from warehouse.raw.captures import Capture, load_captures


def test_rejections_and_items_are_recorded_once_and_forgotten_when_read(connection: Connection) -> None:
    capture = Capture(kind="file", path="1", fetched_at=datetime(2024, 5, 1, tzinfo=UTC), content=b"x")
    [capture_id] = load_captures(connection, [capture]).new_ids
    refused = Refused(
        capture_id=capture_id,
        document_number=1,
        rejection=Rejection(document_id="1", reason="too_short", detail="One word\x00."),
    )
    picture = Textless(
        capture_id=capture_id, document_number=2, item=Item(document_id="1#2", format="ninjs", item_type="picture")
    )
    for expected in (1, 0):
        assert load_rejections(connection, [refused], stage_version="1").new_count == expected
        assert load_items(connection, [picture], parser_version="1").new_count == expected
    assert connection.scalar(text("SELECT detail FROM ops.rejections")) == "One word\ufffd."
    assert forget_stale(connection, [capture_id], stage="extract", stage_version="1") == 0
    assert forget_stale(connection, [capture_id], stage="extract", stage_version="2") == 2
