"""Pages that nobody would write on purpose, and some that somebody did: always an outcome, soon, and never an empty article."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.articles.article import Article, Item, Rejection
from transforms.articles.pages.page import read_page
from transforms.documents import Document

SENTENCE = "The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour. "


def read(markup: str) -> Article | Item | Rejection:
    outcome = read_page(Document(id="x", content=b"", url="https://courier.example/a"), markup, publisher=None)
    if isinstance(outcome, Article):
        assert outcome.body.strip()
    return outcome


@pytest.mark.parametrize("markup", [
    "<html>" + "<div>" * 200_000 + "x" * 300,
    "<p>" * 200_000,
    "<a><b><i>" * 50_000,
    "<table>" + "<tr><td>" * 30_000,
    "<table>" + "<tr>" + "<td>cell</td>" * 30_000,
    "<div " + "a=1 " * 200_000 + ">text</div>",
    "<meta property='og:title' content='x'>" * 100_000,
    "<h1>x</h1>" * 100_000,
    "<h1>x</h1>" + "<h2>x</h2>" * 100_000,
    "<time datetime='2024-01-01'>x</time>" * 20_000,
    "<span class='author'>Ana Velk</span>" * 20_000,
    "<script type='application/ld+json'>" + "[" * 100_000,
    "<script type='application/ld+json'>" + '{"a":' * 50_000,
    "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"author\": " + "[" * 900 + "]" * 900 + "}</script>",
    "<script>" + '"<p>' * 100_000,
    "<!--" * 100_000,
    "&" * 500_000,
    "<" * 300_000,
    "</p>" * 100_000,
    "<html><frameset><frame></frameset>",
    "\x00\ud800\uffff",
    "<p>" + "a" * 3_000_000,
    "<p>" + SENTENCE * 20_000,
    "<ul>" + "<li><a href='/x'>link</a></li>" * 30_000,
    "<br>" * 200_000,
    "<p>" + "a<br>" * 400_000,
    "<i>a</i>" * 500_000,
    "<p class='" + "x-" * 100_000 + "'>text</p>",
    "<title>" + "| - " * 50_000 + "</title><p>text",
])  # fmt: skip
def test_an_outcome_within_seconds(markup: str) -> None:
    started = time.process_time()
    read(markup)
    assert time.process_time() - started < 30


def test_a_page_of_twenty_megabytes() -> None:
    started = time.process_time()
    outcome = read("<html><body><article><h1>Ferry</h1>" + f"<p>{SENTENCE * 2}</p>" * 100_000 + "</article></body></html>")
    assert time.process_time() - started < 20
    assert isinstance(outcome, Article)
    assert outcome.is_partial
    assert "page_truncated" in outcome.warnings


def test_a_page_of_tags_without_end() -> None:
    rows = "".join(f"<tr><td>{SENTENCE}</td><td>{number}</td></tr>" for number in range(8_000))
    outcome = read(f"<html><body><article><h1>Ferry</h1><p>{SENTENCE}</p><table>{rows}</table></article></body></html>")
    assert isinstance(outcome, Article)
    assert outcome.is_partial


PIECES = st.sampled_from([
    "<html>", "<head>", "</head>", "<body>", "</body>", "<div>", "</div>", "<div class='article-body'>", "<article>", "</article>", "<p>", "</p>", SENTENCE, "<br>",
    "<table>", "<tr>", "<td>", "</table>", "<h1>Ferry</h1>", "<h2>", "</h2>", "<ul>", "<li>", "</ul>", "<a href='/x'>", "</a>", "<script type='application/ld+json'>",
    "</script>", '{"@type": "NewsArticle", "headline": "Ferry", "author": [{"name": ["A B", {"x": 1}]}], "datePublished": 5}', '{"@graph": [1, null, {"@type": [null, "Article"], "articleBody": ["x"], "wordCount": "many"}]}',
    "<meta property='article:published_time' content='99999-99-99T99:99'>", "<meta name='author' content=''>", "<time datetime='2024-02-30'>", "</time>", "<span class='byline'>By Ana Velk and", "</span>",
    "<blockquote>", "</blockquote>", "<section hidden>", "<form>", "</form>", "<!--", "-->", "<![CDATA[", "]]>", "&#xD800;", "&nbsp;", "\u202e", "\x0b", "<svg><title>", "</title></svg>", "<template>", "<frameset>",
    "<link rel=canonical href='http://[::1'>", "<link rel='canonical' href='//'>", "<base href='x'>", "<p itemprop='articleBody'>", "<style>p{}", "</style>", "<textarea>", "<title>", "</title>", "<noscript>", "</noscript>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150)
def test_no_heap_of_tags_breaks_the_reader(markup: str) -> None:
    read(markup)
