"""Documents in and outcomes out: each format once, and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.reference.places import load_places
from transforms.articles.article import Article, Item, Outcome, Rejection
from transforms.articles.reader import read_document
from transforms.documents import Document

SAMPLE = Path(__file__).resolve().parents[3] / "seeds" / "dispatches" / "kazinform-2022-05-11-ankara.txt"


def read(content: bytes | str, **hints: str) -> list[Outcome]:
    raw = content.encode() if isinstance(content, str) else content
    return list(read_document(Document(id="d", content=raw, **hints), places=load_places()))  # type: ignore[arg-type]


def article(content: bytes | str) -> Article:
    (outcome,) = read(content)
    assert isinstance(outcome, Article), outcome
    return outcome


def rejection(content: bytes | str) -> Rejection:
    (outcome,) = read(content)
    assert isinstance(outcome, Rejection), outcome
    return outcome


def test_the_sample_dispatch_comes_out_right() -> None:
    found = article(SAMPLE.read_bytes())
    assert found.format == "dispatch"
    assert found.headline is None
    assert found.language == "en"
    assert found.dateline is not None
    assert found.dateline.place == "Ankara"
    assert found.dateline.country_code == "TUR"
    assert found.dateline.agency == "KAZINFORM"
    assert found.dateline.date is None
    assert found.published_at == datetime(2022, 5, 11, tzinfo=UTC)
    assert (found.published_at_source, found.published_at_precision) == ("crawl_record", "day")
    assert len(found.body.split("\n\n")) == 8
    assert found.body.startswith("Presidents of Kazakhstan")
    assert found.body.endswith("between the two nations.")


def test_a_crawl_record_of_a_month_has_the_precision_of_a_month() -> None:
    found = article("date 2022-05 OSLO. NTB The harbour was closed by fog until the afternoon, the port said.")
    assert (found.published_at, found.published_at_precision) == (datetime(2022, 5, 1, tzinfo=UTC), "month")


NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.example.com/nitf-3-6.dtd">
<nitf><head><title>Bridge opens</title>
<tobject><tobject.subject tobject.subject.refnum="04015000" tobject.subject.type="Economy"/></tobject>
<docdata management-status="usable"><doc-id id-string="north-17"/><urgency ed-urg="4"/>
<date.issue norm="20230307T091500+0100"/><doc.copyright holder="Northwire" year="2023"/></docdata></head>
<body><body.head><hedline><hl1>Bridge over the <em>Lenne</em> opens</hl1></hedline>
<byline>By Ada Holm and Per Vik</byline><dateline><location>OSLO</location></dateline></body.head>
<body.content><p>OSLO (Northwire) - The bridge was <em>opened</em> <strong>on</strong> Tuesday.</p>
<p>It cost &eacute;norme sums &amp; took years.</p>
<table><tr><td>Length</td><td>300 m</td></tr></table></body.content></body></nitf>"""


def test_nitf_gives_metadata_and_paragraphs_without_losing_words() -> None:
    found = article(NITF)
    assert found.headline == "Bridge over the Lenne opens"
    assert found.authors == ("Ada Holm", "Per Vik")
    assert found.published_at == datetime(2023, 3, 7, 8, 15, tzinfo=UTC)
    assert found.external_id == "north-17"
    assert found.urgency == 4
    assert [(s.scheme, s.code) for s in found.subjects] == [("subj", "04015000")]
    assert found.dateline is not None and found.dateline.country_code == "NOR"
    assert found.body.split("\n\n") == [
        "The bridge was opened on Tuesday.",
        "It cost énorme sums & took years.",
        "Length 300 m",
    ]


def test_ninjs_keeps_media_topics_and_prefers_markup_to_text() -> None:
    found = article(
        json.dumps(
            {
                "uri": "urn:x:1",
                "type": "text",
                "versioncreated": "2023-03-07T10:00:00Z",
                "firstcreated": "2023-03-07T09:00:00Z",
                "headline": "Bridge opens",
                "subject": [{"code": "medtop:20000350", "name": "central bank"}],
                "body_text": "all in one line",
                "body_xhtml": "<p>OSLO (NTB) - First paragraph.</p><p>Second paragraph of this text.</p>",
            }
        )
    )
    assert [(s.scheme, s.code) for s in found.subjects] == [("medtop", "20000350")]
    assert found.body == "First paragraph.\n\nSecond paragraph of this text."
    assert found.published_at == datetime(2023, 3, 7, 9, tzinfo=UTC)
    assert found.modified_at == datetime(2023, 3, 7, 10, tzinfo=UTC)


def test_a_ninjs_picture_is_an_item() -> None:
    (found,) = read('{"uri": "urn:x:2", "type": "picture", "headline": "A bridge", "renditions": {}}')
    assert isinstance(found, Item) and found.item_type == "picture"


def test_an_rss_document_of_two_items_yields_two_numbered_articles() -> None:
    feed = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><language>en-gb</language>
    <item><title>One</title><link>https://example.com/1</link><pubDate>Tue, 07 Mar 2023 10:00:00 +0100</pubDate>
    <content:encoded><![CDATA[<p>The first text.</p><p>It goes on.</p>]]></content:encoded></item>
    <item><title>Two</title><link>https://example.com/2</link><description>The second text.</description></item>
    </channel></rss>"""
    first, second = read(feed)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.document_id, second.document_id) == ("d#1", "d#2")
    assert first.body == "The first text.\n\nIt goes on."
    assert first.published_at == datetime(2023, 3, 7, 9, tzinfo=UTC)
    assert first.language == "en"


def test_ninjs_lines_are_many_documents() -> None:
    lines = "\n".join(json.dumps({"uri": f"urn:x:{n}", "type": "text", "body_text": f"Text number {n}."}) for n in range(3))
    assert [found.document_id for found in read(lines)] == ["d#1", "d#2", "d#3"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"PK\x03\x04<?xml version='1.0'?>", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"<nitf><body><body.content></body.content></body></nitf>", "empty"),
        (b'{"a": 1}', "unknown_format"),
        (b'{"uri": ', "malformed"),
    ],
)
def test_what_is_no_article_is_rejected_with_its_reason(content: bytes, reason: str) -> None:
    assert rejection(content).reason == reason
