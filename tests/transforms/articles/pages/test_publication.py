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


@pytest.mark.parametrize("markup", [
    "<h2 class='date-header'><span>Tuesday, 5 March 2024</span></h2><h1>Ferry sails again</h1>",
    HEADING + "<div><h5>Date: </h5>05.03.2024</div>",
    HEADING + "<ul><li><span>Date:</span>5 March 2024</li><li><span>Volume:</span>2024</li></ul>",
    HEADING + "<div><a href='/author/ana'>Ana Velk</a> / 05.03.2024 / </div>",
    HEADING + "<p>05.03.2024 – Nobody had sailed for two days, and nobody knew whether the shop of the island would have bread on Wednesday morning, nor who would bring it.</p>",
    HEADING + "<p>Port Amity (5 March 2024). Nobody had sailed for two days, and nobody knew whether the shop of the island would have bread on Wednesday morning.</p>",
    HEADING + '<p class="date">Written: 2024-03-05 / Updated: 2024-03-07</p>',
])  # fmt: skip
def test_a_day_is_read_from_headings_behind_labels_and_where_a_text_begins(markup: str) -> None:
    other = "<h1>Most read</h1><p class='date'>2024-03-09</p>" if "Written" in markup else ""
    assert published(markup + other) == (datetime(2024, 3, 5, tzinfo=UTC), "day")


def test_a_time_of_change_alone_comes_after_others() -> None:
    assert published(f'{HEADING}<p class="date">Updated 7 March 2024</p><p class="date">5 March 2024</p>') == (datetime(2024, 3, 5, tzinfo=UTC), "day")


def test_a_day_within_a_sentence_is_not_the_day_of_publication() -> None:
    assert published(HEADING + "<p>On 5 March 2019 the ferry had sailed for the last time, people on the quay said.</p>") == (None, None)


@pytest.mark.parametrize("line", ["<small>5 March 2024 Port Amity</small>", "<div><span>05.03.2024</span></div>", "<h3>5 March 2024</h3>"])
def test_a_day_is_read_from_the_line_right_above_the_headline(line: str) -> None:
    assert published(line + HEADING) == (datetime(2024, 3, 5, tzinfo=UTC), "day")


def test_a_meta_element_that_may_mean_any_day_gives_way_to_the_day_below_the_headline() -> None:
    vague = '<meta name="dcterms.date" content="2024-01-17T08:00:00Z">'
    assert published(vague + HEADING + '<time datetime="2024-03-05">5 March 2024</time>') == (datetime(2024, 3, 5, tzinfo=UTC), "day")
    assert published(vague + HEADING + '<time datetime="2024-01-17">17 January</time>') == (datetime(2024, 1, 17, 8, tzinfo=UTC), "second")
    assert published(vague + HEADING + '<p class="date">Updated 5 March 2024</p>') == (datetime(2024, 1, 17, 8, tzinfo=UTC), "second")
    exact = '<meta property="article:published_time" content="2024-01-17T08:00:00Z">'
    assert published(exact + HEADING + '<time datetime="2024-03-05">5 March 2024</time>') == (datetime(2024, 1, 17, 8, tzinfo=UTC), "second")
