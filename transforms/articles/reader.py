"""Read a document: decode, recognise its format, hand it to that format's parser, complete what it yields."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from transforms.articles.article import Article, Outcome, Rejection
from transforms.articles.charset import Decoded, decode
from transforms.articles.completion import Context, complete
from transforms.articles.pages.page import read_page
from transforms.articles.places import Places
from transforms.articles.recognition import Format, binary_kind, recognise
from transforms.articles.wire.json_documents import read_json_document, read_json_lines
from transforms.articles.wire.json_values import Json, UnreadableJson, parse_json
from transforms.articles.wire.mail import read_mail
from transforms.articles.wire.newsml1 import read_newsml1
from transforms.articles.wire.newsml_g2 import read_newsml_g2
from transforms.articles.wire.ninjs_writing import RECORD_ROLE, written_article
from transforms.articles.wire.nitf import read_nitf
from transforms.articles.wire.plain import read_plain
from transforms.articles.wire.rss import parse_feed, read_feed
from transforms.articles.wire.telegrams import read_telegrams
from transforms.articles.wire.warc import documents_of_warc
from transforms.articles.wire.xml_tree import UnreadableMarkup, parse_xml
from transforms.documents import Document
from transforms.publishers import Publisher

# What is longer is no article: a tree or a text of it would cost more memory than any reader should take.
MAX_DOCUMENT_BYTES = 12_000_000
_MAX_BYTES: dict[str, int] = {
    "dispatch": 1_000_000, "iptc7901": 4_000_000, "anpa": 4_000_000, "nitf": 4_000_000, "newsml": 4_000_000, "newsml-g2": 4_000_000,
    "json": 8_000_000, "xml": 1_000_000,
}  # fmt: skip


def read_document(
    document: Document,
    *,
    publisher: Publisher | None = None,
    use_layouts: bool = True,
    places: Places | None = None,
) -> Iterator[Outcome]:
    """Everything that a document holds, in its order: articles, items without text, rejections with their reason.

    A document of several yields `id#1`, `id#2` ...; one that holds nothing yields one rejection. Nothing is
    raised for any bytes. `places` resolves datelines to countries; without it they stay open.
    """
    format_name = recognise(document.content)
    if format_name == "empty":
        yield Rejection(document_id=document.id, reason="empty", detail="the document holds no text")
        return
    if format_name == "binary":
        kind = binary_kind(document.content) or "binary data"
        yield Rejection(document_id=document.id, reason="binary", detail=f"the document is {kind}, no text")
        return
    if format_name == "warc":
        for inner in documents_of_warc(document):
            yield from read_document(inner, publisher=publisher, use_layouts=use_layouts, places=places)
        return
    limit = _MAX_BYTES.get(format_name, MAX_DOCUMENT_BYTES)
    if len(document.content) > limit:
        detail = f"{len(document.content)} bytes, more than the {limit} that {format_name} may have"
        yield Rejection(document_id=document.id, format=format_name, reason="too_large", detail=detail)
        return
    decoded = decode(document.content, declared=document.charset)
    context = Context(document=document, decoded=decoded, publisher=publisher, places=places)
    outcomes = _read(document, decoded, format_name, publisher, use_layouts)
    if format_name == "json" and RECORD_ROLE in decoded.text:
        # What was written from an article is that article already.
        own = written_article(document.id, _json_or_none(decoded.text))
        if own is not None:
            yield own
            return
    first = next(outcomes, None)
    if first is None:
        yield Rejection(
            document_id=document.id, format=format_name, reason="no_article", detail="the document holds no article"
        )
        return
    second = next(outcomes, None)
    if second is None:
        yield _completed(first, context)
        return
    for number, outcome in enumerate(chain((first, second), outcomes), 1):
        yield _completed(replace(outcome, document_id=f"{document.id}#{number}"), context)


def _json_or_none(text: str) -> Json:
    try:
        return parse_json(text)[0]
    except UnreadableJson:
        return None


def _completed(outcome: Outcome, context: Context) -> Outcome:
    if not isinstance(outcome, Article):
        return outcome
    if not outcome.body and outcome.pub_status != "canceled":
        return Rejection(
            document_id=outcome.document_id, format=outcome.format, reason="empty", detail="the article has no text"
        )
    return complete(outcome, context)


def _read(
    document: Document, decoded: Decoded, format_name: Format, publisher: Publisher | None, use_layouts: bool
) -> Iterator[Outcome]:
    """Hand the text to its parser. What a parser refuses is a rejection."""
    zone = publisher.time_zone if publisher else None
    text = decoded.text
    try:
        match format_name:
            case "html":
                yield read_page(document, text, publisher=publisher, use_layouts=use_layouts)
            case "dispatch":
                yield read_plain(document.id, text)
            case "nitf":
                yield read_nitf(document.id, parse_xml(text), zone)
            case "newsml":
                yield from read_newsml1(document.id, parse_xml(text), zone)
            case "newsml-g2":
                yield from read_newsml_g2(document.id, parse_xml(text), zone)
            case "iptc7901" | "anpa":
                yield from read_telegrams(document.id, text, format_name, zone)
            case "rss" | "atom" | "sitemap" | "wxr":
                for tree in parse_feed(text):
                    yield from read_feed(document.id, tree, format_name, zone)
            case "json":
                yield from read_json_document(document.id, text, zone)
            case "jsonl":
                yield from read_json_lines(document.id, text, zone)
            case "mail":
                yield read_mail(document.id, document.content)
            case _:
                yield Rejection(
                    document_id=document.id,
                    format=format_name,
                    reason="unknown_format",
                    detail="XML of a kind that no wire sends" if format_name == "xml" else f"no parser reads {format_name}",
                )
    except (UnreadableMarkup, UnreadableJson) as refusal:
        yield Rejection(
            document_id=document.id,
            format=format_name,
            reason=refusal.reason,
            detail=refusal.detail,
            offset=refusal.offset,
        )
