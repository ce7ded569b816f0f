"""Polling over real HTTP into a real warehouse."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, text

from flows.poll_feeds import PollReport, poll_feeds
from flows.web.fetcher import Fetcher
from flows.web.jobs import Job
from tests.flows.recording_server import Answer, RecordingServer, recording_server
from tests.flows.recording_server import text as page
from tests.flows.web_fixtures import warehouse_fetcher
from transforms.publishers import Feed, Publisher


def now() -> datetime:
    """The clock when it is asked: a suite may have run for minutes before a test begins."""
    return datetime.now(UTC)



@pytest.fixture
def web() -> Iterator[RecordingServer]:
    with recording_server() as running:
        yield running


@pytest.fixture
def fetcher(engine: Engine, web: RecordingServer) -> Iterator[Fetcher]:
    with warehouse_fetcher(engine, web) as made:
        yield made


def publisher(*feeds: Feed, code: str = "alder", **more: Any) -> dict[str, Publisher]:
    return {code: Publisher(code=code, name=code.title(), hosts=(f"{code}.test",), feeds=feeds,
                            request_interval_seconds=0.0, is_active=True, **more)}


def rss(host: str, *items: tuple[str, str], port: int, extra: str = "") -> str:
    listed = "".join(f"<item><title>{title}</title><link>http://{host}:{port}{path}</link></item>" for path, title in items)
    return f"<rss version='2.0'><channel><title>{host}</title>{extra}{listed}</channel></rss>"


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def poll(engine: Engine, fetcher: Fetcher, publishers: dict[str, Publisher]) -> PollReport:
    return poll_feeds(engine, fetcher, publishers, is_forced=True, seconds=600)


def test_items_are_listed_once_and_unchanged_feeds_cost_nothing(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    body = rss("alder.test", ("/1", "One"), ("/2", "Two"), port=web.port)

    def feed(headers: dict[str, str]) -> Answer:
        if headers.get("if-none-match") == '"v1"':
            return Answer(status=304)
        return page(body, kind="application/rss+xml", ETag='"v1"')

    publishers = publisher(Feed(url=web.put("alder.test", "/feed", feed)))
    first = poll(engine, fetcher, publishers)
    second = poll(engine, fetcher, publishers)
    assert (len(first.touched_ids), len(second.touched_ids)) == (2, 0)
    assert (dict(first.outcomes), dict(second.outcomes)) == ({"content": 1}, {"not_modified": 1})
    assert second.byte_count == 0
    assert rows(engine, "SELECT title, state FROM raw.feed_items ORDER BY title") == [("One", "pending"), ("Two", "pending")]
    assert rows(engine, "SELECT outcome, item_count, new_item_count, status_code FROM raw.feed_polls ORDER BY polled_at") == [
        ("content", 2, 2, 200), ("not_modified", 0, 0, 304)]
    kind, etag, interval = rows(engine, "SELECT kind, etag, interval_seconds FROM core.feeds")[0]
    assert (kind, etag) == ("rss", '"v1"')
    assert interval == 675 * 3 // 2, "shrunk by news, stretched by silence"
    assert rows(engine, "SELECT count(*) FROM raw.contents") == [(1,)]


def test_validators_of_a_distrusted_feed_are_not_sent(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    url = web.put("alder.test", "/feed", page(rss("alder.test", ("/1", "One"), port=web.port), ETag='"x"'))
    publishers = publisher(Feed(url=url, has_honest_validators=False))
    for _ in range(2):
        poll(engine, fetcher, publishers)
    assert not any("if-none-match" in asked.headers for asked in web.asked)


def test_a_changed_item_is_fetched_again_and_the_same_item_elsewhere_is_not(
        engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    url = web.put("alder.test", "/feed", page(rss("alder.test", ("/1", "One"), ("/2", "Two"), port=web.port)))
    other = web.put("alder.test", "/other", page(rss("alder.test", ("/1", "One"), port=web.port)))
    poll(engine, fetcher, publisher(Feed(url=url)))
    with engine.begin() as connection:
        connection.execute(text("UPDATE raw.feed_items SET state = 'fetched'"))
    web.put("alder.test", "/feed", page(rss("alder.test", ("/1", "One"), ("/2", "Two, corrected"), port=web.port)))
    report = poll(engine, fetcher, publisher(Feed(url=url), Feed(url=other)))
    assert len(report.touched_ids) == 2
    assert rows(engine, "SELECT title, state, reason FROM raw.feed_items ORDER BY title, first_seen_at") == [
        ("One", "fetched", None), ("One", "fetched", "listed_before"), ("Two, corrected", "pending", None)]


def test_every_entry_that_cannot_be_used_is_a_row_with_its_reason(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    links = ("javascript:alert(1)", "http://10.0.0.1/x", "https://elsewhere.example/x", "/video/1", "/about", "/news/1",
             "/news/" + "x" * 8000)
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    url = web.put("alder.test", "/feed", page(f"<rss><channel>{items}<item><guid isPermaLink='false'>no address</guid></item></channel></rss>"))
    publishers = publisher(Feed(url=url), article_pattern="/(news|video)/", excluded_patterns=("/video/",))
    poll(engine, fetcher, publishers)
    assert rows(engine, "SELECT reason, count(*) FROM raw.feed_items GROUP BY 1 ORDER BY 1") == [
        ("excluded", 1), ("foreign_host", 2), ("javascript", 1), ("no_address", 1), ("no_article", 1), ("too_long", 1), (None, 1)]


def test_bad_feeds_are_rows_with_a_reason_and_stop_no_other(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    bad = {
        "/html": page("<!doctype html><title>Gone"), "/empty": page(""), "/cut": page("<rss><channel><item><title>x"),
        "/500": Answer(status=500), "/404": Answer(status=404), "/pdf": page("%PDF-1.7"),
        "/lies": Answer(pieces=(b"<rss/>",), length=100), "/big": Answer(length=50_000_000),
        "/loop": Answer(status=302, headers={"Location": "/loop"}), "/inside": Answer(status=302, headers={"Location": "http://10.0.0.1/"}),
    }
    publishers: dict[str, Publisher] = {}
    for number, (path, answer) in enumerate(bad.items()):
        code = f"p{number}"
        publishers |= publisher(Feed(url=web.put(f"{code}.test", path, answer)), code=code)
    publishers |= publisher(Feed(url="http://nowhere.invalid/feed"), code="nowhere")
    publishers |= publisher(Feed(url=web.put("alder.test", "/feed", page(rss("alder.test", ("/1", "One"), port=web.port)))))
    poll(engine, fetcher, publishers)
    found = dict(rows(engine, "SELECT substring(url from '[^/]*$'), outcome FROM raw.feed_polls JOIN core.feeds USING (feed_id)"))
    assert found == {"html": "html", "empty": "empty", "cut": "content", "500": "server_error", "404": "not_found",
                     "pdf": "unknown_format", "lies": "truncated", "big": "too_large", "loop": "too_many_redirects",
                     "inside": "refused_address", "feed": "content"}
    assert rows(engine, "SELECT outcome FROM raw.feed_polls JOIN core.feeds USING (feed_id) WHERE url LIKE '%nowhere%'") == [
        ("robots_unreachable",)]
    assert set(rows(engine, "SELECT weight, failure_count FROM core.feeds WHERE url LIKE '%/html'")) == {(0.5, 1)}


def test_an_index_that_names_itself_is_asked_once_and_its_children_when_they_change(
        engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    base = web.url("alder.test", "")
    old, fresh = now() - timedelta(days=90), now() - timedelta(hours=1)

    def index(modified: datetime) -> Answer:
        return page(f"<sitemapindex><sitemap><loc>{base}/index.xml</loc></sitemap><sitemap><loc>{base}/a.xml</loc>"
                    f"<lastmod>{modified.isoformat()}</lastmod></sitemap><sitemap><loc>https://elsewhere.example/b.xml</loc>"
                    "</sitemap></sitemapindex>", kind="application/xml")

    web.put("alder.test", "/index.xml", index(fresh))
    web.put("alder.test", "/a.xml", page(
        f"<urlset><url><loc>{base}/old</loc><lastmod>{old.isoformat()}</lastmod></url>"
        f"<url><loc>{base}/new</loc><lastmod>{fresh.isoformat()}</lastmod></url></urlset>", kind="application/xml"))
    publishers = publisher(Feed(url=base + "/index.xml", kind="sitemap"))
    for _ in range(2):
        poll(engine, fetcher, publishers)
    web.put("alder.test", "/index.xml", index(now()))
    poll(engine, fetcher, publishers)
    assert web.paths("alder.test") == ["/robots.txt", "/index.xml", "/a.xml", "/index.xml", "/index.xml", "/a.xml"]
    assert rows(engine, "SELECT right(url, 3), state, reason FROM raw.feed_items ORDER BY 1") == [
        ("new", "pending", None), ("old", "refused", "too_old")]
    assert rows(engine, "SELECT kind FROM core.feeds") == [("sitemap_index",)]


def test_older_pages_are_read_only_when_something_may_have_been_missed(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    def feed(number: int, *titles: str) -> None:
        items = [(f"/{title}", title) for title in titles]
        following = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='next' href='/feed?page={number + 1}'/>"
        path = "/feed" if number == 1 else f"/feed?page={number}"
        web.put("alder.test", path, page(rss("alder.test", *items, port=web.port, extra=following)))

    publishers = publisher(Feed(url=web.url("alder.test", "/feed")))
    feed(1, "a", "b")
    feed(2, "z")
    poll(engine, fetcher, publishers)
    assert web.paths("alder.test")[1:] == ["/feed"], "the first poll takes what is there"
    feed(1, "e", "f")
    feed(2, "c", "d")
    feed(3, "a", "b")
    poll(engine, fetcher, publishers)
    assert web.paths("alder.test")[2:] == ["/feed", "/feed?page=2", "/feed?page=3"]


def test_retry_after_and_robots_hold_for_feeds_too(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    moment = format_datetime(now() + timedelta(hours=2), usegmt=True)
    publishers = publisher(Feed(url=web.put("alder.test", "/feed", Answer(status=503, headers={"Retry-After": moment}))))
    web.put("birch.test", "/robots.txt", page("User-agent: *\nDisallow: /feed"))
    publishers |= publisher(Feed(url=web.put("birch.test", "/feed", page("<rss/>"))), code="birch")
    poll(engine, fetcher, publishers)
    rest = rows(engine, "SELECT extract(epoch FROM next_poll_at - now()) > 7000 FROM core.feeds WHERE url LIKE '%alder%'")
    assert rest == [(True,)]
    assert web.paths("birch.test") == ["/robots.txt"]
    assert rows(engine, "SELECT outcome FROM raw.feed_polls ORDER BY 1") == [("robots_disallowed",), ("server_error",)]


def test_when_the_time_is_over_feeds_are_left_for_the_next_run(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    publishers = publisher(Feed(url=web.put("alder.test", "/feed", page("<rss/>"))))
    report = poll_feeds(engine, fetcher, publishers, seconds=0.0)
    assert dict(report.outcomes) == {"postponed": 1}
    assert not web.asked
    assert rows(engine, "SELECT next_poll_at - now() BETWEEN interval '10 s' AND interval '1000 s' FROM core.feeds") == [(True,)]


def test_feeds_that_are_not_due_or_no_longer_listed_are_left_alone(engine: Engine, fetcher: Fetcher, web: RecordingServer) -> None:
    url = web.put("alder.test", "/feed", page(rss("alder.test", ("/1", "One"), port=web.port)))
    publishers = publisher(Feed(url=url))
    for _ in range(3):
        poll_feeds(engine, fetcher, publishers, seconds=600)
    assert web.paths("alder.test") == ["/robots.txt", "/feed"]
    poll(engine, fetcher, publisher())
    assert rows(engine, "SELECT is_active FROM core.feeds") == [(False,)]


def test_two_processes_keep_one_pause_together(engine: Engine, web: RecordingServer) -> None:
    """Two fetchers that know nothing of each other but the warehouse; the pause is 0.2 seconds."""
    web.default = page("x")
    jobs = [Job(subject=None, url=web.url(host, f"/{number}"), pause_seconds=0.2)
            for host in ("alder.test", "birch.test") for number in range(4)]

    def run() -> None:
        with warehouse_fetcher(engine, web) as fetcher:
            for _ in fetcher.run(jobs, seconds=600):
                pass

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for host in ("alder.test", "birch.test"):
        asked = sorted((one for one in web.asked if one.host == host), key=lambda one: one.began)
        assert len(asked) >= 9
        assert all(later.began - earlier.began >= 0.2 for earlier, later in pairwise(asked))
