"""When a page was published, from what readers see of it."""

from datetime import UTC, datetime

import pytest

from transforms.articles.article import Article
from transforms.articles.pages.page import read_page
from transforms.documents import Document

TEXT = "".join(f"<p>The ferry between the mainland and Port Amity sailed again on day {day}, the operator said.</p>" for day in range(4))
HEADING = "<h1>Ferry sails again</h1>"


def published(markup: str) -> tuple[datetime | None, str | None]:
    markup = f"<html><head><title>Ferry sails again</title></head><body><article>{markup}{TEXT}</article></body></html>"
    outcome = read_page(Document(id="page", content=b""), markup, publisher=None)
    assert isinstance(outcome, Article)
    return outcome.published_at, outcome.published_at_precision


@pytest.mark.parametrize("element", [
    '<time datetime="2024-03-05">5 March 2024 - 09:30</time>',
    '<time data-timestamp="1709631000">Tuesday</time>',
    '<div data-timestamp="1709631000000"></div>',
    '<figure><img src="ana.jpg"><figcaption><address>By Ana Velk</address> <time datetime="2024-03-05T09:30Z">5 March</time></figcaption></figure>',
])  # fmt: skip
def test_the_hour_is_read_wherever_the_page_tells_it(element: str) -> None:
    at, _ = published(HEADING + element)
    assert at is not None and at.replace(second=0) == datetime(2024, 3, 5, 9, 30, tzinfo=UTC)


def test_a_time_of_another_day_does_not_refine_a_day() -> None:
    assert published(f'{HEADING}<time datetime="2024-03-05">Harbour fair, 9 June 2024, 18:00</time>') == (datetime(2024, 3, 5, tzinfo=UTC), "day")


def test_times_around_the_headline_come_before_those_of_other_articles() -> None:
    other = '<h1>Most read</h1><time datetime="2018-01-27T13:34:35Z">27 January 2018</time>'
    assert published(f'{other}{HEADING}<span class="date">5 March 2024</span>') == (datetime(2024, 3, 5, tzinfo=UTC), "day")
    assert published(f'{HEADING}<span class="date">5 March 2024</span>{other}')[0] == datetime(2024, 3, 5, tzinfo=UTC)
    assert published(f"{other}<h2>Ferry sails again</h2>")[0] == datetime(2018, 1, 27, 13, 34, 35, tzinfo=UTC), "where nothing says whose it is"
