"""Bad input ends in a rejection with its reason, soon and in little memory, and touches neither network nor disk."""

import json
import socket
import time
from pathlib import Path

import pytest

from transforms.articles.article import Article, Outcome, Rejection
from transforms.articles.reader import read_document
from transforms.documents import Document

DEEP = 200_000
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY l "lol">'
    + "".join(f'<!ENTITY l{n} "{("&l" + (str(n - 1) if n > 1 else "") + ";") * 10}">' for n in range(1, 10))
    + "]><nitf><body><body.content><p>&l9;</p></body.content></body></nitf>"
)
BAD = {
    "entity bomb": (LAUGHS.encode(), "entity_bomb"),
    "quadratic blow-up": (
        f'<!DOCTYPE nitf [<!ENTITY a "{"a" * 50_000}">]><nitf><p>{"&a;" * 5_000}</p></nitf>'.encode(), "entity_bomb",
    ),
    "external entity": (b'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><p>&x;</p></nitf>', "external_entity"),
    "deep XML": (b"<nitf><body><body.content>" + b"<block>" * DEEP + b"x" + b"</block>" * DEEP, "too_large"),
    "deep JSON": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "too_deep"),
    "deep list": (b"[" * DEEP, "too_deep"),
    "one huge node": (b"<nitf><body><body.content><p>" + b"word " * 20_000_000 + b"</p>", "too_large"),
    "huge text": (b"word " * 20_000_000, "too_large"),
    "parts within parts": (
        b"From: a\r\nSubject: b\r\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%d\r\n" % (n, n) for n in range(3000)), "too_deep",
    ),
    "telegram of time stamps": (b"abc00075 3 i 510 abc 1003\r\n" + b"101137 GMT \n" * 300_000, "too_large"),
    "deep HTML": (b"<html><body>" + b"<div>" * DEEP + b"text" + b"</div>" * DEEP, "no_body"),
    "declarations of name spaces": (b"<nitf>" + b"".join(b'<p xmlns:a%d="urn:%d"/>' % (n, n) for n in range(30_000)), "too_large"),
    "ZIP that poses as XML": (b'<?xml version="1.0"?>PK\x03\x04' + bytes(range(32)) * 30, "binary"),
    "ZIP": (b"PK\x03\x04" + bytes(200), "binary"),
    "message without text": (b"\x01" * 100_000, "malformed"),
}  # fmt: skip


def read(content: bytes) -> list[Outcome]:
    return list(read_document(Document(id="d", content=content)))


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_rejected_with_its_reason_and_soon(name: str) -> None:
    content, reason = BAD[name]
    started = time.process_time()
    (found,) = read(content)
    assert isinstance(found, Rejection)
    assert (found.reason, found.stage) == (reason, "extract")
    assert found.detail
    # Half a second is meant; a slow machine is given ten times that.
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd"><nitf><body><body.content><p>A text of some words.</p></body.content></body></nitf>',
        b'<!DOCTYPE nitf [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><nitf><body><body.content><p>A text of some words.</p></body.content></body></nitf>',
        b'<?xml-stylesheet href="http://127.0.0.1:9/x"?><nitf><body><body.content><p>A text of some words.</p></body.content></body></nitf>',
    ],
)
def test_a_doctype_is_never_fetched(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a parser opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    (found,) = read(content)
    assert isinstance(found, Article) and found.body == "A text of some words."


def test_an_included_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    markup = f'<nitf xmlns:xi="http://www.w3.org/2001/XInclude"><body><body.content><p>Some words<xi:include href="{secret}" parse="text"/>.</p></body.content></body></nitf>'
    (found,) = read(markup.encode())
    assert isinstance(found, Article) and "secret" not in found.body


def test_truncated_markup_gives_partial_text_and_says_so() -> None:
    (found,) = read(b"<nitf><body><body.content><p>The first paragraph is whole.</p><p>The second is cut of")
    assert isinstance(found, Article)
    assert found.is_partial
    assert found.body.startswith("The first paragraph is whole.")
    assert any("broken XML" in warning for warning in found.warnings)


def test_duplicate_keys_are_told() -> None:
    (found,) = read(b'{"uri": "u", "type": "text", "body_text": "One.", "body_text": "Two."}')
    assert isinstance(found, Article)
    assert found.body == "Two."
    assert any("duplicate key 'body_text'" in warning for warning in found.warnings)


def test_a_long_feed_is_read_in_pieces() -> None:
    entry = "<item><title>T</title><dc:creator>Ada Holm</dc:creator><description>Words of entry {}.</description></item>"
    feed = "<rss><channel><language>en</language>" + "".join(entry.format(n) for n in range(3000)) + "</channel></rss>"
    found = read(feed.encode())
    assert len(found) == 3000
    assert isinstance(found[2999], Article) and found[2999].body == "Words of entry 2999." and found[2999].language == "en"


def test_what_nests_nine_thousand_levels_deep_is_still_read() -> None:
    (found,) = read(b"<nitf><body><body.content>" + b"<block>" * 9000 + b"<p>Some words.</p>" + b"</block>" * 9000 + b"</body.content></body></nitf>")
    assert isinstance(found, Article) and found.body == "Some words."


def test_a_body_of_five_megabytes_is_an_article() -> None:
    record = {"@type": "NewsArticle", "headline": "Record of a session", "articleBody": "The river rose. " * 320_000}
    (outcome,) = read(json.dumps(record).encode())
    assert isinstance(outcome, Article)
    assert len(outcome.body) > 5_000_000
