"""What holds for every input: no parser raises, reading is deterministic, ninjs gives back what it was given."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference.ninjs_rules import load_ninjs_rules
from flows.reference.places import load_places
from transforms.articles.article import Article, Dateline, Link, Provenance, Subject
from transforms.articles.datelines import split_dateline
from transforms.articles.reader import read_document
from transforms.articles.wire.ninjs_rules import violations
from transforms.articles.wire.ninjs_writing import to_ninjs
from transforms.documents import Document

OPENINGS = [
    b"", b"<?xml version='1.0'?><nitf><body><body.content><p>", b"<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>",
    b"<newsItem guid='1'><contentSet><inlineXML><html><body><p>", b"<rss><channel><item><description>", b'{"uri": "1", "body_text": "',
    b'{"@type": "NewsArticle", "articleBody": "', b"\x01nwa062 4 i 211 dpa 061\r\n\x02", b"\x01a0105NW\x1fk\r\nu s\x12 x 03-07 0044\r\n\x02",
    b"From: a@example.com\r\nSubject: x\r\nDate: y\r\n\r\n", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\n",
    b"<html><body><p>", b"\xff\xfe<\x00n\x00i\x00t\x00f\x00>\x00", b"OSLO, March 7 (NTB) - ", b"<!DOCTYPE nitf [<!ENTITY a 'b'>]><nitf>&a;",
]  # fmt: skip
documents = st.builds(bytes.__add__, st.sampled_from(OPENINGS), st.binary(max_size=400))
relaxed = settings(max_examples=150)


@given(documents)
@relaxed
def test_no_parser_raises_and_reading_twice_gives_the_same(content: bytes) -> None:
    document = Document(id="d", content=content)
    first = list(read_document(document, places=load_places()))
    assert first
    assert first == list(read_document(document, places=load_places()))


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_splitting_a_dateline_never_raises_and_keeps_the_end(text: str) -> None:
    line, rest = split_dateline(text, reference_date=date(2023, 3, 7), places=load_places())
    assert text.endswith(rest) or text.rstrip().endswith(rest)
    assert line is not None or rest == text


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds of naive values
articles = st.builds(
    Article,
    document_id=st.just("d"), format=st.sampled_from(["nitf", "html", "dispatch"]), body=texts,
    headline=st.none() | texts, subheadline=st.none() | texts, authors=st.lists(texts, max_size=2).map(tuple), url=st.none() | texts,
    external_id=st.none() | texts, urgency=st.none() | st.integers(0, 9), published_at=st.none() | moments, modified_at=st.none() | moments,
    published_at_precision=st.sampled_from([None, "day", "second"]), pub_status=st.sampled_from(["usable", "withheld", "canceled"]),
    dateline=st.none() | st.builds(Dateline, text=texts, place=st.none() | texts, date=st.none() | st.dates(), places=st.lists(texts, max_size=2).map(tuple)),
    subjects=st.lists(st.builds(Subject, scheme=st.sampled_from(["medtop", "keyword"]), code=st.none() | texts, name=st.none() | texts), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, relation=st.just("corrects"), external_id=texts), max_size=2).map(tuple),
    is_paywalled=st.none() | st.booleans(), replacement_ratio=st.floats(0, 1), warnings=st.lists(texts, max_size=2).map(tuple),
    provenance=st.lists(st.builds(Provenance, field=texts, source=texts), max_size=2).map(tuple),
)  # fmt: skip


@given(articles)
@relaxed
def test_what_is_written_as_ninjs_is_valid_and_reads_back_the_same(article: Article) -> None:
    written = to_ninjs(article)
    assert violations(written, load_ninjs_rules("3.1")) == ()
    content = json.dumps(written).encode()
    assert list(read_document(Document(id="d", content=content))) == [article]


def test_times_of_any_zone_keep_their_instant_through_ninjs() -> None:
    at = datetime(2023, 3, 7, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    written = to_ninjs(Article(document_id="d", format="nitf", body="Text.", published_at=at))
    (back,) = read_document(Document(id="d", content=json.dumps(written).encode()))
    assert isinstance(back, Article) and back.published_at == at


def test_a_changed_body_is_read_anew_and_not_from_the_record() -> None:
    written = to_ninjs(Article(document_id="d", format="nitf", body="Text of the article."))
    written["bodies"][0]["value"] = "Another text of this article."
    (back,) = read_document(Document(id="d", content=json.dumps(written).encode()))
    assert isinstance(back, Article) and back.format == "ninjs" and back.body == "Another text of this article."


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "uri"),
        ({"uri": "u", "nonsense": 1}, "nonsense"),
        ({"uri": "u", "urgency": 12}, "urgency"),
        ({"uri": "u", "bodies": [{"role": 1}]}, "bodies/0/role"),
        ({"uri": "u", "places": [{"geoJSON": {"type": "Point", "coordinates": ["a", "b"]}}]}, "places/0/geoJSON"),
    ],
)
def test_a_violation_names_its_field(document: dict[str, object], field: str) -> None:
    assert field in [violation.field for violation in violations(document, load_ninjs_rules("3.1"))]  # type: ignore[arg-type]
