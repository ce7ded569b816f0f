"""Pages of feed items become captures, over real HTTP into a real warehouse."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from flows.capture_pages import CaptureReport, PageCapturer
from flows.fetching import fetch_units
from flows.poll_feeds import poll_feeds
from flows.web.addresses import loopback_policy
from flows.web.fetcher import Fetcher
from flows.web.settings import WebSettings
from tests.flows.recording_server import Answer, RecordingServer, recording_server
from tests.flows.recording_server import text as page
from tests.flows.web_fixtures import warehouse_fetcher
from transforms.publishers import Feed, Publisher
from warehouse.ops import runs


@pytest.fixture
def web() -> Iterator[RecordingServer]:
    with recording_server() as running:
        yield running


@pytest.fixture
def fetcher(engine: Engine, web: RecordingServer) -> Iterator[Fetcher]:
    with warehouse_fetcher(engine, web) as made:
        yield made


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def listed(engine: Engine, fetcher: Fetcher, web: RecordingServer, *paths: str, title: str = "x") -> dict[str, Publisher]:
    """A publisher whose feed lists these paths, polled."""
    items = "".join(f"<item><title>{title}</title><link>{path}</link></item>" for path in paths)
    url = web.put("alder.test", "/feed", page(f"<rss><channel>{items}</channel></rss>"))
    publishers = {"alder": Publisher(code="alder", name="Alder", hosts=("alder.test",), feeds=(Feed(url=url),),
                                     request_interval_seconds=0.0, is_active=True)}
    poll_feeds(engine, fetcher, publishers, is_forced=True, seconds=600)
    return publishers


def capture(engine: Engine, fetcher: Fetcher, publishers: dict[str, Publisher]) -> CaptureReport:
    return PageCapturer(engine, fetcher, publishers).run(seconds=600)


def test_a_page_is_kept_with_its_request_and_answer(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    web.put("alder.test", "/moved/a-long-path", Answer(status=301, headers={"Location": "/now/a-long-path"}))
    web.put("alder.test", "/now/a-long-path", page("<p>Text", ETag='"1"', kind="text/html; charset=KOI8-R"))
    publishers = listed(engine, fetcher, web, "/moved/a-long-path")
    report = capture(engine, fetcher, publishers)
    assert len(report.new_capture_ids) == 1
    (row,) = rows(engine, """SELECT kind, outcome, status_code, media_type, charset, right(url, 18), right(final_url, 16),
        request_headers ->> 'user-agent' LIKE 'Dateline/%', response_headers ->> 'etag', byte_count FROM raw.captures""")
    assert row == ("fetch", "content", 200, "text/html", "koi8-r", "/moved/a-long-path", "/now/a-long-path", True, '"1"', 7)
    assert rows(engine, "SELECT state, attempts FROM raw.feed_items") == [("fetched", 1)]
    assert len(capture(engine, fetcher, publishers).new_capture_ids) == 0, "nothing is pending any more"


def test_whatever_came_is_recorded_as_what_it_is(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    answers = {
        "/news/0": Answer(status=404), "/news/1": Answer(status=410), "/news/2": Answer(status=451),
        "/news/3": Answer(status=403), "/news/4": page("<title>Page not found</title>"),
        "/news/5": page("<title>Just a moment...</title>"), "/news/6": page("x", kind="video/mp4"),
        "/news/7": Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}), "/news/8": page("closed"),
        "/news/9": page("x", Content_Encoding="gzip"), "/news/10": Answer(length=99_999_999),
    }
    for path, answer in answers.items():
        web.put("alder.test", path, answer)
    web.put("alder.test", "/robots.txt", page("User-agent: *\nDisallow: /news/8"))
    publishers = listed(engine, fetcher, web, *answers)
    # Port 1 of loopback is open to the tests' policy, so the redirect ends at a closed door.
    capture(engine, fetcher, publishers)
    found = dict(rows(engine, "SELECT substring(url from '[0-9]*$'), outcome FROM raw.captures"))
    assert found == {"0": "not_found", "1": "gone", "2": "unavailable_for_legal_reasons", "3": "forbidden",
                     "4": "soft_404", "5": "challenge", "6": "unexpected_type", "7": "robots_unreachable",
                     "8": "robots_disallowed", "9": "bad_coding", "10": "too_large"}
    assert dict(rows(engine, "SELECT state, count(*) FROM raw.feed_items GROUP BY 1")) == {
        "failed": 8, "refused": 2, "pending": 1}


def test_passing_failures_are_tried_again_and_one_day_given_up(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    web.put("alder.test", "/1", Answer(status=500))
    publishers = listed(engine, fetcher, web, "/1")
    states = []
    for _ in range(7):
        capture(engine, fetcher, publishers)
        states.append(rows(engine, "SELECT state, attempts, extract(epoch FROM next_attempt_at - now()) FROM raw.feed_items")[0])
        with engine.begin() as connection:
            connection.execute(text("UPDATE raw.feed_items SET next_attempt_at = NULL"))
            connection.execute(text("UPDATE ops.hosts SET next_request_at = now() - interval '1 s'"))
    for count, (state, attempts, wait) in enumerate(states[:3]):
        assert (state, attempts) == ("pending", count + 1)
        # Doubled each time; a moment of it is over when we look.
        assert 30 * 2**count < wait <= 60 * 2**count
    assert states[-2:] == [("failed", 6, None), ("failed", 6, None)]


def test_an_item_that_changed_is_asked_for_conditionally(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    def article(headers: dict[str, str]) -> Answer:
        return Answer(status=304) if headers.get("if-none-match") == '"1"' else page("<p>Text", ETag='"1"')

    web.put("alder.test", "/1", article)
    capture(engine, fetcher, listed(engine, fetcher, web, "/1"))
    capture(engine, fetcher, listed(engine, fetcher, web, "/1", title="new title"))
    assert rows(engine, "SELECT outcome FROM raw.captures ORDER BY fetched_at") == [("content",), ("not_modified",)]
    assert rows(engine, "SELECT state FROM raw.feed_items") == [("not_modified",)]


def test_what_was_taken_down_is_not_asked_for(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    digest = hashlib.sha256(web.put("alder.test", "/1", page("x")).encode()).hexdigest()
    forget = text(f"""INSERT INTO ops.tombstones (tombstone_id, kind, target_sha256, reason)
        VALUES (gen_random_uuid(), 'url', '\\x{digest}', 'asked for')""")
    publishers = listed(engine, fetcher, web, "/1", "/2")
    web.put("alder.test", "/2", page("x"))
    with engine.begin() as connection:
        connection.execute(forget)
    capture(engine, fetcher, publishers)
    assert rows(engine, "SELECT right(url, 2), state, reason FROM raw.feed_items ORDER BY 1") == [
        ("/1", "refused", "forgotten"), ("/2", "fetched", None)]
    assert "/1" not in web.paths("alder.test")


def test_identical_bytes_are_kept_once(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    web.put("alder.test", "/1", page("<p>Same"))
    web.put("alder.test", "/2", page("<p>Same"))
    capture(engine, fetcher, listed(engine, fetcher, web, "/1", "/2"))
    (counts,) = rows(engine, """SELECT (SELECT count(*) FROM raw.captures), (SELECT count(*) FROM raw.contents
        WHERE content_sha256 IN (SELECT content_sha256 FROM raw.captures))""")
    assert counts == (2, 1)


def test_a_runs_feed_items_add_up(engine: Engine, web: RecordingServer) -> None:
    settings = WebSettings(contact="desk@alder.example", policy=loopback_policy("test"), resolver=web.resolve)
    items = "".join(f"<item><link>/news/{number}</link></item>" for number in range(4)) + "<item><link>data:x</link></item>"
    url = web.put("alder.test", "/feed", page(f"<rss><channel>{items}</channel></rss>"))
    web.put("alder.test", "/news/0", page("<p>a"))
    publishers = {"alder": Publisher(code="alder", name="Alder", hosts=("alder.test",), feeds=(Feed(url=url),),
                                     request_interval_seconds=0.0, is_active=True)}
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "run", worker="tests", code_version="0")
    (_, poll), (_, fetch) = fetch_units(engine, publishers, settings, extract_version="1", seconds=600)
    assert poll(run_id) == {"content": 1}
    assert sum(fetch(run_id).values()) == 4
    with engine.begin() as connection:
        assert runs.read_counts(connection, run_id)["feed_item"] == {
            "seen": 5, "fetched": 1, "failed": 3, "refused": 1}
        assert not runs.imbalances(connection, run_id)
        assert connection.scalar(text("SELECT count(*) FROM ops.work WHERE stage = 'extract' AND state = 'pending'")) == 1
