"""Documents made to hurt their reader: `python -m tests.bench.bombs [NAME…]` tells time and memory of each.

Each is read in a process of its own that has read an ordinary document before. Asked: half a second of CPU and
64 MB more than idle for each; a mark stands behind what takes more.
"""

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from flows.reference.places import load_places
from transforms.articles.article import Article, Item, Rejection
from transforms.articles.reader import read_document
from transforms.documents import Document

DEEP = 200_000
MILLION = 1_000_000
HEADER = b"abc00075 3 i 510 abc 1003\r\n"
MAIL = b"From: a@alder.example\r\nSubject: b\r\n"
FORK = multiprocessing.get_context("fork")


def nitf(inner: bytes, head: bytes = b"") -> bytes:
    """A NITF document around `inner`, its DOCTYPE's subset `head`."""
    doctype = b"<!DOCTYPE nitf [" + head + b"]>" if head else b""
    return b'<?xml version="1.0"?>' + doctype + b"<nitf><body><body.content>" + inner + b"</body.content></body></nitf>"


def laughs() -> bytes:
    """Ten entities, each ten times the one before."""
    names = ["lol", *(f"lol{n}" for n in range(1, 10))]
    entities = (f'<!ENTITY {name} "{(f"&{names[n - 1]};" if n else "lol") * 10}">' for n, name in enumerate(names))
    return "".join(entities).encode()


def bombs() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each, made one at a time: a hundred megabytes are not kept."""
    yield "entities in entities", nitf(b"<p>&lol9;</p>", laughs())
    yield "one long entity, often", nitf(b"<p>" + b"&a;" * 50_000 + b"</p>", b'<!ENTITY a "' + b"a" * 50_000 + b'">')
    yield "parameter entity of a network", nitf(b"<p>x</p>", b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;')
    yield "entity of a file", nitf(b"<p>&x;</p>", b'<!ENTITY x SYSTEM "file:///etc/passwd">')
    yield "200,000 entities declared", b"<!DOCTYPE nitf [" + b'<!ENTITY a "b">' * 200_000
    yield "600,000 references", nitf(b"<p>" + b"&nbsp;&foo;" * 300_000 + b"</p>")
    yield "deep NITF", nitf(b"<block>" * DEEP + b"<p>x</p>" + b"</block>" * DEEP)
    yield "deep NewsML-G2", b"<newsItem><contentSet><inlineXML><html><body>" + b"<div>" * DEEP + b"x" + b"</div>" * DEEP
    yield "deep HTML", b"<html><body>" + b"<div>" * DEEP + b"text" + b"</div>" * DEEP + b"</body></html>"
    yield "deep HTML in ninjs", b'{"uri":"u","type":"text","body_html":"' + b"<div>" * DEEP + b"text" + b"</div>" * DEEP + b'"}'
    yield "deep HTML in a feed", b"<rss><channel><item><description><![CDATA[" + b"<b>" * DEEP + b"text]]></description></item></channel></rss>"
    yield "deep JSON", b'{"a":' * DEEP + b"1" + b"}" * DEEP
    yield "deep list", b"[" * DEEP + b"]" * DEEP
    yield "100 MB in a node", nitf(b"<p>" + b"word " * 20 * MILLION + b"</p>")
    yield "100 MB in an attribute", b'<nitf a="' + b"x" * 100 * MILLION + b'"><body/></nitf>'
    yield "100 MB in a comment", b"<!--" + b"x" * 100 * MILLION + b"--><nitf><body/></nitf>"
    yield "100 MB of text", b"word " * 20 * MILLION
    yield "100 MB in ninjs", b'{"uri":"u","body_text":"' + b"word " * 20 * MILLION + b'"}'
    yield "100 MB of HTML", b"<html><body><p>" + b"word " * 20 * MILLION + b"</p></body></html>"
    yield "100 MB of mail", MAIL + b"\r\n" + b"word " * 20 * MILLION
    yield "100 MB of IPTC 7901", b"\x01" + HEADER + b"\x02" + b"word " * 20 * MILLION + b"\x03"
    yield "100 MB of UTF-16", b"\xff\xfe" + "word ".encode("utf-16-le") * 10 * MILLION
    yield "100 MB of white space", b" " * 100 * MILLION
    yield "100 MB of nothing", b"\x00" * 100 * MILLION
    yield "7 MB in a node", nitf(b"<p>" + b"word " * 1_400_000 + b"</p>")
    yield "a million elements", nitf(b"<p/>" * MILLION)
    yield "14,990 paragraphs", nitf(b"<p>x</p>" * 14_990)
    yield "59,000 attributes", b"<nitf " + b" ".join(b'a%d="x"' % n for n in range(59_000)) + b"><body/></nitf>"
    yield "200,000 attributes", b"<nitf " + b" ".join(b'a%d="x"' % n for n in range(200_000)) + b"><body/></nitf>"
    yield "30,000 name spaces", b"<nitf>" + b"".join(b'<p xmlns:a%d="urn:%d"/>' % (n, n) for n in range(30_000)) + b"</nitf>"
    yield "200,000 CDATA sections", nitf(b"<p>" + b"<![CDATA[x]]>" * 200_000 + b"</p>")
    yield "200,000 open meta tags", b"<html><head>" + b"<meta charset=" * 200_000
    yield "telegram of time stamps", HEADER + b"101137 GMT \n" * 300_000
    yield "telegrams without an end", b"\x01a\x02b" * 900_000
    yield "one word of 1 MB", b"A" * 990_000
    yield "1 MB of datelines", b"OSLO - " * 140_000
    yield "1 MB of brackets", b"(" * 990_000
    yield "1 MB of short lines", b"x\n" * 490_000
    yield "1 MB of sign-offs", b"Text.\n\n" + b"ENDS\n\n" * 160_000
    yield "mail of parts in parts", MAIL + b"".join(b"Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%d\r\n" % (n, n) for n in range(5000))
    yield "mail of 300,000 parts", MAIL + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nhi\r\n" * 300_000
    yield "mail of 400,000 headers", MAIL + b"X-A: b\r\n" * 400_000 + b"\r\ntext"
    yield "JSON of a long number", b'{"uri":"u","v":' + b"9" * 3 * MILLION + b"}"
    yield "JSON of 400,000 keys", b"{" + b",".join(b'"k%d":1' % n for n in range(400_000)) + b"}"
    yield "UTF-7 shifts", b"+ABC-" * 500_000
    yield "ISO 2022 shifts", b"\x1b$B!!" * 500_000
    yield "ZIP as XML", b'<?xml version="1.0"?>PK\x03\x04' + os.urandom(100_000)
    yield "WARC that lies of its length", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc"


def swallow(content: bytes, pipe: Connection) -> None:
    """Read `content`; tell seconds of CPU, MB above idle and what came of it."""
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    outcomes = list(read_document(Document(id="d", content=content), places=load_places()))
    took = time.process_time() - started
    last = outcomes[-1]
    told = {Article: "article", Item: "item", Rejection: "rejection"}[type(last)]
    if isinstance(last, Rejection):
        told = f"rejection, {last.reason}: {last.detail}"
    pipe.send((took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024, told))


def main(wanted: list[str]) -> None:
    """Every bomb, or those whose name holds one of the words given."""
    ordinary = Document(id="w", content=nitf(b"<p>OSLO (AP) - Words.</p>"))
    assert len(list(read_document(ordinary, places=load_places()))) == 1
    for name, content in bombs():
        if wanted and not any(word in name for word in wanted):
            continue
        ours, theirs = FORK.Pipe(duplex=False)
        process = FORK.Process(target=swallow, args=(content, theirs))
        process.start()
        theirs.close()
        try:
            took, memory, told = ours.recv()
        except EOFError:
            took, memory, told = float("inf"), float("inf"), "the reader died"
        process.join()
        mark = "  <-- too much" if took > 0.5 or memory > 64 else ""
        print(f"{name:32s} {len(content) / MILLION:6.1f} MB  {took:5.2f} s  {memory:4.0f} MB  {told[:90]}{mark}", flush=True)


main(sys.argv[1:])
