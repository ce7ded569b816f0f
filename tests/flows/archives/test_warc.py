"""WARC files: what is written is read, and damage costs its record alone."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import brotli
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.archives.warc_reading import ArchivedRecord, ArchiveFault, read_record, read_warc
from flows.archives.warc_writing import RecordPlace, WarcWriter

AT = datetime(2024, 5, 15, 9, 30, 0, 123456, tzinfo=UTC)


def write(*contents: bytes) -> tuple[bytes, list[RecordPlace]]:
    file = io.BytesIO()
    writer = WarcWriter(file, name="test.warc.gz", software="Dateline")
    places = [writer.write_response(url=f"https://alder.example/{number}", captured_at=AT, status_code=200, content=content,
                                    headers=(("content-type", "text/html"), ("content-encoding", "gzip")),
                                    request_headers=(("user-agent", "Dateline/0 (+a@b.example)"),))
              for number, content in enumerate(contents)]
    return file.getvalue(), places


def read(content: bytes) -> tuple[list[ArchivedRecord], list[str]]:
    found = list(read_warc(io.BytesIO(content)))
    return ([one for one in found if isinstance(one, ArchivedRecord)],
            [one.reason for one in found if isinstance(one, ArchiveFault)])


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A foreign record, not compressed."""
    block = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://birch.example/a>\r\nWARC-Date: 2024-05-15T09:30:00Z\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(block)) + block + b"\r\n\r\n"


def test_what_is_written_is_read_in_order_and_by_place() -> None:
    content, places = write(b"<p>One", b"<p>Two")
    records, faults = read(content)
    assert [(one.url, one.content, one.captured_at, one.status_code) for one in records] == [
        ("https://alder.example/0", b"<p>One", AT, 200), ("https://alder.example/1", b"<p>Two", AT, 200)]
    assert not faults
    assert records[0].header("x-orig-content-encoding") == "gzip"
    for record, place in zip(records, places, strict=True):
        assert record.offset == place.offset
        again = read_record(content[place.offset:place.offset + place.byte_count])
        assert isinstance(again, ArchivedRecord)
        assert again.content == record.content
    assert write(b"<p>One", b"<p>Two")[0] == content, "the same records give the same bytes"


def test_another_reader_agrees() -> None:
    content, _ = write(b"<p>One", b"<p>Two" * 1000)
    kinds, bodies = [], []
    for record in ArchiveIterator(io.BytesIO(content), parse_http=True):
        kinds.append(record.headers["WARC-Type"])
        bodies.append(record.reader.read())
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert all(record.verify_block_digest() for record in ArchiveIterator(io.BytesIO(content), parse_http=False))
    assert bodies[1:4:2] == [b"<p>One", b"<p>Two" * 1000]


@pytest.mark.parametrize("pack", [lambda content: content, gzip.compress, zstandard.compress,
                                  lambda content: gzip.compress(content) + b"\0" * 512])
def test_plain_gzip_and_zstd(pack: object) -> None:
    content = http(b"<p>One") + http(b"<p>Two")
    assert callable(pack)
    records, faults = read(pack(content))
    assert ([one.content for one in records], faults) == ([b"<p>One", b"<p>Two"], [])


@pytest.mark.parametrize(("body", "headers"), [
    (b"<p>Text", ()), (gzip.compress(b"<p>Text", mtime=0), ("Content-Encoding: gzip",)), (brotli.compress(b"<p>Text"), ("content-encoding: br",)),
    (b"4\r\n<p>T\r\n3;x=y\r\next\r\n0\r\n\r\n", ("Transfer-Encoding: chunked",)),
    (b"<p>Text", ("Transfer-Encoding: chunked", "Content-Encoding: gzip")), (b"<p>Text", ("Content-Length: 99",)),
])
def test_bodies_that_are_what_they_claim_and_others(body: bytes, headers: tuple[str, ...]) -> None:
    (record,), faults = read(http(body, *headers))
    assert (record.content, faults) == (b"<p>Text", [])


def test_damage_costs_its_record_alone() -> None:
    content, places = write(b"<p>One" * 50, b"<p>Two" * 50, b"<p>Three" * 50)
    broken = bytearray(content)
    middle = places[1].offset + places[1].byte_count // 2
    broken[middle:middle + 8] = b"\xff" * 8
    records, faults = read(bytes(broken))
    assert [one.url[-1] for one in records] == ["0", "2"]
    assert "damaged" in faults


@pytest.mark.parametrize("cut", [10, 200, 500])
def test_a_file_cut_short_gives_what_came_before(cut: int) -> None:
    content, _ = write(b"<p>One", zlib.compress(bytes(range(256)) * 8))
    records, faults = read(content[:-cut])
    assert records[0].content == b"<p>One"
    assert faults
    records, faults = read((http(b"<p>One") + http(b"<p>Two" * 99))[:-cut])
    assert ([one.content for one in records], faults) == ([b"<p>One"], ["truncated"])


@pytest.mark.parametrize(("content", "reasons"), [
    (b"", []), (b"hello\nworld\n", ["malformed"]), (gzip.compress(b"hello"), ["malformed"]), (b"\x1f\x8b\x08rubbish", ["damaged"]),
    (http(b"x").replace(b"Content-Length", b"Length"), ["malformed", "malformed"]), (http(b"x", status="none"), ["malformed"]),
    (http(b"x").replace(b"WARC-Date", b"Date"), ["no_address"]), (b"WARC/1.0\r\n" + b"x" * 300_000, ["malformed", "malformed"]),
    (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n", ["too_large"]),
    (http(gzip.compress(bytes(40_000_000)), "Content-Encoding: gzip"), ["too_large"]),
])
def test_what_is_wrong_is_told(content: bytes, reasons: list[str]) -> None:
    records, faults = read(content)
    assert (records, faults) == ([], reasons)


@settings(max_examples=60)
@given(st.booleans(), st.data())
def test_no_damage_raises_or_hangs(is_packed: bool, data: st.DataObject) -> None:
    content = bytearray(write(b"<p>One", b"<p>Two")[0] if is_packed else http(b"<p>One") + http(b"<p>Two"))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place:place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
    read(bytes(content))
