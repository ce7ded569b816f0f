"""Feeds of every kind are told apart by their bytes, and every bad one is a value with a reason."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.feeds.feed_item import ChildFeed, FeedReading, FeedRejection
from transforms.feeds.reader import read_feed

NOW = datetime(2024, 5, 20, tzinfo=UTC)
URL = "https://alder.example/feeds/news.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Alder &amp; Sons</title>
<ttl>30</ttl>
<item><title>Bridge &lt;b&gt;reopens&lt;/b&gt;</title><link> /a/1#top </link><guid isPermaLink="false">id-1</guid>
<pubDate>Wed, 15 May 2024 09:30:00 +0600</pubDate><category>Transport</category></item>
<item><title>No zone</title><link>https://alder.example/a/2</link><pubDate>2024-05-15 09:30:00</pubDate></item>
<item><title>Far future</title><link>https://alder.example/a/3</link><pubDate>Wed, 15 May 2999 09:30:00 GMT</pubDate></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>Long</title><link>https://alder.example/%s</link></item>
<item><title>Guid alone</title><guid>https://alder.example/a/6</guid></item>
<item><title>Twice</title><guid>https://alder.example/a/6</guid></item>
</channel></rss>""" % ("x" * 8192)

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Birch</title>
<link rel="next" href="?page=2"/>
<entry><id>tag:birch.example,2024:1</id><title type="html">One</title>
<link rel="enclosure" href="/1.mp3"/><link rel="alternate" type="text/html" href="/1"/>
<published>2024-05-15T09:30:00Z</published><updated>2024-05-16T09:30:00.123+02:00</updated>
<author><name>Ada Birch</name></author></entry></feed>"""

NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://alder.example/a/1</loc><image:image><image:loc>https://alder.example/1.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Alder</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-05-15</news:publication_date><news:title>Bridge reopens</news:title></news:news></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://alder.example/s1.xml.gz</loc><lastmod>2024-05-15T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://alder.example/feeds/news.xml</loc></sitemap></sitemapindex>"""

SECTION = """<html><head><base href="https://alder.example/"><title>World</title></head><body>
<ul class="list"><li><time datetime="2024-05-15T09:30:00+06:00"></time><a class="pic" href="a/1"><img></a>
<h3><a href="a/1">Bridge reopens</a></h3></li><li><h3><a href="a/2">Second</a></h3></li>
<li><a href="mailto:x@alder.example">Mail</a></li></ul><a href="/about">About</a></body></html>"""


def read(text: str | bytes, **given: str) -> FeedReading:
    """A reading, or a failure of the test."""
    content = text.encode() if isinstance(text, str) else text
    reading = read_feed(content, url=URL, known_by=NOW, time_zone="Asia/Almaty", **given)
    assert isinstance(reading, FeedReading), reading
    return reading


def test_rss_with_its_bad_habits() -> None:
    reading = read(RSS)
    one, two, three, guid = reading.items
    assert (reading.kind, reading.title, reading.pause_seconds) == ("rss", "Alder & Sons", 1800)
    assert (one.key, one.url, one.title, one.keywords) == ("id-1", "https://alder.example/a/1", "Bridge reopens", ("Transport",))
    assert one.published_at == datetime(2024, 5, 15, 3, 30, tzinfo=UTC)
    assert one.zone_assumed is None
    assert (two.published_at, two.zone_assumed) == (datetime(2024, 5, 15, 4, 30, tzinfo=UTC), "Asia/Almaty")
    assert (three.published_at, three.warnings) == (None, ("published: unbelievable_date",))
    assert guid.url == guid.key == "https://alder.example/a/6"
    assert [entry.reason for entry in reading.unusable] == ["javascript", "too_long"]
    assert reading.is_complete


def test_atom() -> None:
    reading = read(ATOM)
    (item,) = reading.items
    assert (reading.kind, reading.next_url) == ("atom", URL + "?page=2")
    assert (item.key, item.url, item.authors) == ("tag:birch.example,2024:1", "https://alder.example/1", ("Ada Birch",))
    assert item.updated_at == datetime(2024, 5, 16, 7, 30, tzinfo=UTC)


def test_json_feed() -> None:
    reading = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Cedar", "items": [
        {"id": 7, "url": "/7", "title": "Seven", "date_published": "2024-05-15T09:30:00+06:00", "authors": [{"name": "C"}]},
        {"url": "data:text/html,x"}, "rubbish", {"id": "8", "content_text": "Text alone"}]}))
    seven, eight = reading.items
    assert (reading.kind, seven.key, seven.url) == ("json", "7", "https://alder.example/7")
    assert (eight.url, eight.summary) == (None, "Text alone")
    assert [entry.reason for entry in reading.unusable] == ["data", "unparsable"]


def test_news_sitemap_also_in_gzip() -> None:
    for content in (NEWS.encode(), gzip.compress(NEWS.encode()), NEWS.encode("utf-16")):
        (item,) = read(content).items
        assert (item.title, item.language) == ("Bridge reopens", "en")
        assert item.published_at == datetime(2024, 5, 14, 19, tzinfo=UTC)


def test_a_sitemap_index_names_others_and_itself() -> None:
    reading = read(INDEX)
    assert reading.kind == "sitemap_index"
    assert reading.children == (ChildFeed(url="https://alder.example/s1.xml.gz", modified_at=datetime(2024, 5, 15, tzinfo=UTC)),
                                ChildFeed(url=URL))


def test_a_section_page_gives_each_address_once() -> None:
    reading = read(SECTION, link_selector="ul.list a")
    assert [(item.url, item.title) for item in reading.items] == [
        ("https://alder.example/a/1", "Bridge reopens"), ("https://alder.example/a/2", "Second")]
    assert reading.items[0].published_at == datetime(2024, 5, 15, 3, 30, tzinfo=UTC)
    assert [entry.reason for entry in reading.unusable] == ["mailto"]
    assert len(read(SECTION, link_selector="a", link_pattern="/a/2$").items) == 1


def test_a_list_of_addresses() -> None:
    assert [item.url for item in read("https://alder.example/1\n\nhttps://alder.example/2\n").items] == [
        "https://alder.example/1", "https://alder.example/2"]


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "empty"), (b"\xef\xbb\xbf \n", "empty"),
    (b"<!DOCTYPE html><html><head><title>Moved</title>", "html"),
    (b"<html><script>location='/'</script>", "html"),
    (b"<opml version='1.0'><body/></opml>", "unknown_format"),
    (b"%PDF-1.7", "unknown_format"), (b"{}", "unknown_format"), (b'{"items": [', "malformed"),
    (b"\x1f\x8brubbish", "malformed"), (gzip.compress(bytes(30_000_000), mtime=0), "too_large"),
    (b"<rss><channel>" + b"<a>" * 300_000, "malformed"), (b"<rss>" + b"x" * 9_000_000, "too_large"),
    (b"[" * 100_000, "malformed"), (bytes(range(256)) * 20, "unknown_format"),
])
def test_what_is_no_feed_says_what_it_is(content: bytes, reason: str) -> None:
    rejection = read_feed(content, url=URL)
    assert isinstance(rejection, FeedRejection)
    assert rejection.reason == reason


@pytest.mark.parametrize("text", [RSS[:900], NEWS[:-20], ATOM[:-30]])
def test_a_feed_cut_short_gives_what_came_before(text: str) -> None:
    reading = read(text)
    assert reading.items
    assert not reading.is_complete


def test_entities_do_not_explode() -> None:
    laughs = "".join(f'<!ENTITY l{step} "{f"&l{step - 1};" * 10}">' for step in range(1, 12))
    for root, body in (("rss", "<channel><item><title>&l11;</title><link>/x</link></item></channel>"),
                       ("urlset", "<url><loc>&l11;</loc></url>")):
        bomb = f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{laughs}]><{root}>{body}</{root}>'
        reading = read_feed(bomb.encode(), url=URL)
        assert len(repr(reading)) < 5000


def test_files_of_the_machine_are_not_read() -> None:
    text = ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
            "<link>/1</link></item></channel></rss>")
    assert "root:" not in repr(read_feed(text.encode(), url=URL))


@settings(max_examples=60)
@given(st.sampled_from([RSS[:1200], ATOM, NEWS, INDEX, SECTION]), st.data())
def test_no_damage_raises(text: str, data: st.DataObject) -> None:
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place:place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    read_feed(bytes(content), url=URL, known_by=NOW, time_zone="Asia/Almaty")
