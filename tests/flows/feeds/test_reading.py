"""A feed is read in bounded time, whatever it holds."""

import time

from flows.feeds.reading import SMALL_BYTES, FeedReader
from transforms.feeds.feed_item import FeedReading, FeedRejection

HEAD = b'<rss version="2.0"><channel>'
ENTRY = b"<item><title>T</title><link>https://alder.example/%d</link><description>" + b"words " * 100 + b"</description></item>"


def test_a_large_feed_is_read_and_a_bomb_ends_with_its_process() -> None:
    large = HEAD + b"".join(ENTRY % number for number in range(400)) + b"</channel></rss>"
    bomb = HEAD + b"<item/>" * 400_000 + b"</channel></rss>"
    assert len(large) > SMALL_BYTES
    with FeedReader(cpu_seconds=2) as reader:
        for _ in range(2):
            found = reader.read(large, url="https://alder.example/feed")
            assert isinstance(found, FeedReading) and len(found.items) == 400
            started = time.monotonic()
            refused = reader.read(bomb, url="https://alder.example/feed")
            assert isinstance(refused, FeedRejection) and refused.reason == "too_slow"
            assert time.monotonic() - started < 120


def test_a_small_feed_needs_no_process() -> None:
    with FeedReader() as reader:
        found = reader.read(HEAD + ENTRY % 1 + b"</channel></rss>")
    assert isinstance(found, FeedReading) and len(found.items) == 1
