"""WARC 1.1 (ISO 28500): one gzip member a record, so that each can be read by itself from its offset."""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

COMPRESSION_LEVEL = 6
# The body is kept decoded, so headers about its codings and length would lie: they keep their words under
# another name, as Common Crawl's crawlers do.
REWRITTEN = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlace:
    """Where a record lies: the byte at which its gzip member begins, and the member's length."""

    offset: int
    byte_count: int


class WarcWriter:
    """Writes records to a binary file, beginning with a warcinfo record. The same records give the same bytes."""

    def __init__(self, file: BinaryIO, *, name: str, software: str, offset: int = 0) -> None:
        self._file = file
        self._offset = offset
        self._name = name
        self._info_id = self._write("warcinfo", _id("warcinfo", name), (("WARC-Filename", name),),
                                    "application/warc-fields", None,
                                    f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode())

    @property
    def byte_count(self) -> int:
        """Bytes written so far."""
        return self._offset

    def write_response(self, *, url: str, captured_at: datetime, status_code: int, content: bytes,
                       headers: Sequence[tuple[str, str]] = (),
                       request_headers: Sequence[tuple[str, str]] = ()) -> RecordPlace:
        """An HTTP answer with its decoded body and, where known, the request; the place of the answer."""
        status = responses.get(status_code, "")
        lines = [f"HTTP/1.1 {status_code} {status}".rstrip()]
        lines += [f"{'X-Orig-' if name.lower() in REWRITTEN else ''}{name}: {_one_line(value)}" for name, value in headers]
        lines += [f"Content-Length: {len(content)}", "", ""]
        block = "\r\n".join(lines).encode("utf-8", "replace") + content
        record_id = _id("response", url, captured_at, content)
        start = self._offset
        self._write("response", record_id, (
            ("WARC-Target-URI", _one_line(url)), ("WARC-Warcinfo-ID", self._info_id),
            ("WARC-Payload-Digest", _digest(content))), "application/http; msgtype=response", captured_at, block)
        place = RecordPlace(offset=start, byte_count=self._offset - start)
        if request_headers:
            lines = ["GET " + _one_line(url) + " HTTP/1.1",
                     *(f"{name}: {_one_line(value)}" for name, value in request_headers), "", ""]
            self._write("request", _id("request", url, captured_at, content), (
                ("WARC-Target-URI", _one_line(url)), ("WARC-Concurrent-To", record_id)),
                "application/http; msgtype=request", captured_at, "\r\n".join(lines).encode("utf-8", "replace"))
        return place

    def write_resource(self, *, uri: str, captured_at: datetime, media_type: str | None, content: bytes) -> RecordPlace:
        """Bytes that came without HTTP, such as a file."""
        start = self._offset
        self._write("resource", _id("resource", uri, captured_at, content), (
            ("WARC-Target-URI", _one_line(uri)), ("WARC-Warcinfo-ID", self._info_id),
            ("WARC-Payload-Digest", _digest(content))), media_type or "application/octet-stream", captured_at, content)
        return RecordPlace(offset=start, byte_count=self._offset - start)

    def _write(self, kind: str, record_id: str, fields: Sequence[tuple[str, str]], content_type: str,
               captured_at: datetime | None, block: bytes) -> str:
        moment = (captured_at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
        lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: {record_id}",
                 f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%S.%fZ}", *(f"{name}: {value}" for name, value in fields),
                 f"WARC-Block-Digest: {_digest(block)}", f"Content-Type: {content_type}",
                 f"Content-Length: {len(block)}", "", ""]
        packer = zlib.compressobj(COMPRESSION_LEVEL, wbits=31)
        packed = packer.compress("\r\n".join(lines).encode("utf-8", "replace") + block + b"\r\n\r\n") + packer.flush()
        self._file.write(packed)
        self._offset += len(packed)
        return record_id


def _id(*parts: object) -> str:
    """A record's id, derived from what it holds."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else str(part).encode("utf-8", "replace"))
        digest.update(b"\x1f")
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, digest.hexdigest())}>"


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode("ascii")


def _one_line(text: str) -> str:
    return " ".join(text.split("\r\n")).replace("\n", " ").replace("\r", " ")
