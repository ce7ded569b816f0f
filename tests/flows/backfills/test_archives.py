"""A backfill from the web: archive pages by day, sitemaps by date, requests counted, nothing asked for twice."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from flows.backfills.archives import ArchivesSource, archive_urls
from flows.fetching import open_fetcher
from flows.web.addresses import loopback_policy
from flows.web.settings import WebSettings
from tests.flows.recording_server import Answer, RecordingServer, recording_server
from tests.flows.recording_server import text as page
from transforms.failures import PermanentError, TransientError
from transforms.publishers import Feed, Publisher
from transforms.windows import Window, day_start

HOST = "quay.test"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def window(first: date, last: date) -> Window:
    return Window(start=day_start(first, AMSTERDAM), end=day_start(last, AMSTERDAM))


@pytest.fixture
def web() -> Iterator[RecordingServer]:
    with recording_server() as running:
        running.put(HOST, "/robots.txt", Answer(status=404))
        yield running


@pytest.fixture
def source(engine: Engine, web: RecordingServer) -> Iterator[ArchivesSource]:
    quay = Publisher(
        code="quay", name="The Quay", hosts=(HOST,), time_zone="Europe/Amsterdam", is_active=True, request_interval_seconds=0.0,
        feeds=(
            Feed(url=web.url(HOST, "/archive/{year}/{month}/{day}"), kind="archive", link_selector="li a", link_pattern="/news/"),
            Feed(url=web.url(HOST, "/sitemap.xml"), kind="sitemap"),
        ),
    )
    settings = WebSettings(contact="desk@quay.example", policy=loopback_policy("test"), resolver=web.resolve)
    with open_fetcher(engine, settings) as fetcher:
        yield ArchivesSource(engine=engine, fetcher=fetcher, publisher=quay, zone=AMSTERDAM, stage_version="1")


@pytest.fixture
def archive(web: RecordingServer) -> None:
    """Two articles on the first of May and one on the second; the sitemap knows another of the second."""
    for number in (1, 2, 3, 4):
        web.put(HOST, f"/news/{number}", page(f"<html><h1>Ship {number}</h1><p>Ship {number} put in.</p></html>"))
    web.put(HOST, "/archive/2023/05/01", page('<ul><li><a href="/news/1">Ship 1</a><li><a href="/news/2">Ship 2</a><li><a href="/about">About</a></ul>'))
    web.put(HOST, "/archive/2023/05/02", page('<ul><li><a href="/news/3">Ship 3</a></ul>'))
    web.put(HOST, "/sitemap.xml", page(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{web.url(HOST, '/news/4')}</loc><lastmod>2023-05-02T10:00:00+02:00</lastmod></url>"
        f"<url><loc>{web.url(HOST, '/news/9')}</loc><lastmod>2021-01-01</lastmod></url></urlset>", kind="application/xml"))


def captured(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [url.rpartition("/")[2] for url in connection.scalars(text("SELECT url FROM raw.captures ORDER BY url"))]


def capture(source: ArchivesSource, first: int, last: int, *, maximum: int | None = None) -> tuple[int, int, bool]:
    found = source.capture(window(date(2023, 5, first), date(2023, 5, last)), _run(source.engine), request_maximum=maximum)
    return found.new_count, found.request_count, found.is_out_of_requests


def _run(engine: Engine) -> UUID:
    return uuid4()


def test_a_window_holds_what_its_days_list_and_what_the_sitemap_dates_into_it(engine, source, archive):
    assert capture(source, 1, 2)[0] == 2
    assert captured(engine) == ["1", "2"]
    assert capture(source, 2, 3)[0] == 2
    assert captured(engine) == ["1", "2", "3", "4"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT DISTINCT stage, priority FROM ops.work")).all() == [("extract", 10)]


def test_what_was_captured_is_not_asked_for_again(web, source, archive):
    capture(source, 1, 2)
    before = web.paths(HOST).count("/news/1")
    new, requests, _ = capture(source, 1, 2)
    assert (new, web.paths(HOST).count("/news/1")) == (0, before)
    assert requests == 1  # the day's list; the sitemap is remembered


def test_no_more_requests_than_allowed(engine, web, source, archive):
    new, requests, is_out = capture(source, 1, 2, maximum=3)
    assert is_out
    assert requests <= 3
    assert len(captured(engine)) == new < 2


def test_a_day_without_a_page_is_a_day_without_articles(source, archive):
    assert capture(source, 10, 11)[0] == 0


def test_a_list_that_does_not_answer_is_never_taken_for_an_empty_day(web, source, archive):
    web.put(HOST, "/archive/2023/05/01", Answer(status=404))
    web.put(HOST, "/sitemap.xml", page("<html>Welcome</html>"))
    with pytest.raises(PermanentError, match="sitemap.xml: html"):
        capture(source, 1, 2)
    web.put(HOST, "/archive/2023/05/02", Answer(status=503))
    with pytest.raises(TransientError, match="/archive/2023/05/02"):
        capture(source, 2, 3)


def test_archive_pages_of_a_window_are_the_publishers_days(source):
    feed = Feed(url="https://quay.test/{year}/{month}/{day}", kind="archive", valid_until=date(2023, 5, 3))
    assert archive_urls(feed, window(date(2023, 5, 1), date(2023, 5, 9)), AMSTERDAM) == (
        "https://quay.test/2023/05/01", "https://quay.test/2023/05/02",
    )
    monthly = Feed(url="https://quay.test/{year}/{month}", kind="archive")
    assert archive_urls(monthly, window(date(2023, 4, 29), date(2023, 5, 2)), AMSTERDAM) == (
        "https://quay.test/2023/04", "https://quay.test/2023/05",
    )
