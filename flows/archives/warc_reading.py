"""WARC files of any size and any origin, record by record in constant memory.

Written for what is really found: files cut in the middle, members that do not decode, records whose length is
wrong, bodies that are chunked, compressed, or that only claim to be. A fault costs its record, not the file.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from flows.archives.warc_stream import ArchiveStream, Damage
from flows.web.codings import BadCodingError, TooLargeError, decoded

RECORD_BYTES_MAXIMUM = 32_000_000
HEADER_BYTES_MAXIMUM = 262_144
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """An answer (or, without `status_code`, a resource) that an archive holds; `content` without codings.

    `offset` and `byte_count` place the record in the file: with gzip those of its member.
    """

    url: str
    captured_at: datetime
    content: bytes
    offset: int
    status_code: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name (lower case)."""
        return next((value for own, value in self.headers if own == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFault:
    """What could not be read, and where: `damaged`, `truncated`, `too_large`, `malformed`, `no_address`."""

    reason: str
    detail: str
    offset: int


def read_warc(file: BinaryIO) -> Iterator[ArchivedRecord | ArchiveFault]:
    """The responses and resources of a WARC file, and its faults, in order. Other records are passed over."""
    stream = ArchiveStream(file)
    is_lost = False
    while True:
        try:
            line = stream.read_line()
            if not line:
                return
            if not line.startswith(b"WARC/"):
                if line.strip() and not is_lost:
                    is_lost = True
                    yield ArchiveFault(reason="malformed", detail=f"no record begins with {line[:40]!r}", offset=stream.offset)
                continue
            is_lost = False
            outcome = _record(stream)
            if outcome is not None:
                yield outcome
        except Damage as damage:
            yield ArchiveFault(reason="damaged", detail=str(damage), offset=stream.offset)
            if not stream.next_member():
                return


def read_record(packed: bytes) -> ArchivedRecord | ArchiveFault:
    """The one record of a gzip member, as an archive pointer names it."""
    for outcome in read_warc(io.BytesIO(packed)):
        return outcome
    return ArchiveFault(reason="malformed", detail="no record", offset=0)


def _record(stream: ArchiveStream) -> ArchivedRecord | ArchiveFault | None:
    """The record whose first line has been read; None for one that is not wanted."""
    offset = stream.offset
    fields = _fields(stream)
    if fields is None:
        return ArchiveFault(reason="malformed", detail="headers without end", offset=offset)
    given = fields.get("content-length", "")
    if not given.isascii() or not given.isdigit():
        return ArchiveFault(reason="malformed", detail=f"Content-Length {given[:40]!r}", offset=offset)
    length = int(given)
    kind = fields.get("warc-type", "").lower()
    if kind not in ("response", "resource") or length > RECORD_BYTES_MAXIMUM:
        skipped = stream.skip(length)
        if kind in ("response", "resource"):
            return ArchiveFault(reason="too_large", detail=f"{length} bytes", offset=offset)
        return None if skipped == length else ArchiveFault(reason="truncated", detail=f"{kind} record", offset=offset)
    block = stream.read(length)
    if len(block) < length:
        return ArchiveFault(reason="truncated", detail=f"{len(block)} of {length} bytes", offset=offset)
    url = fields.get("warc-target-uri", "").strip("<>")
    captured_at = _moment(fields.get("warc-date", ""))
    if not url or captured_at is None:
        return ArchiveFault(reason="no_address", detail=f"{url[:80]!r} of {fields.get('warc-date', '')[:40]!r}", offset=offset)
    content_type = fields.get("content-type", "")
    if kind == "resource" or not content_type.lower().startswith("application/http"):
        return ArchivedRecord(url=url, captured_at=captured_at, content=block, offset=offset, media_type=content_type or None)
    return _answer(block, url=url, captured_at=captured_at, offset=offset)


def _fields(stream: ArchiveStream) -> dict[str, str] | None:
    """The header fields by name in lower case; None where they do not end."""
    fields: dict[str, str] = {}
    length = 0
    name = ""
    while length < HEADER_BYTES_MAXIMUM:
        line = stream.read_line()
        length += len(line)
        if line in (b"\r\n", b"\n"):
            return fields
        if not line:
            return None
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and name:
            fields[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        fields.setdefault(name, value.strip())
    return None


def _answer(block: bytes, *, url: str, captured_at: datetime, offset: int) -> ArchivedRecord | ArchiveFault:
    head, mark, body = block.partition(b"\r\n\r\n")
    if not mark:
        head, mark, body = block.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").splitlines()
    words = lines[0].split(None, 2) if lines else []
    if len(words) < 2 or not words[1].isdigit():
        return ArchiveFault(reason="malformed", detail=f"no HTTP status in {head[:40]!r}", offset=offset)
    headers = tuple((name.strip().lower(), value.strip()) for name, colon, value in
                    (line.partition(":") for line in lines[1:]) if colon)
    named = dict(reversed(headers))
    if "chunked" in named.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    if coding := named.get("content-encoding"):
        try:
            source = decoded(io.BytesIO(body), coding, wire_bytes=RECORD_BYTES_MAXIMUM, decoded_bytes=RECORD_BYTES_MAXIMUM)
            body = b"".join(iter(lambda: source.read(65_536), b""))
        except TooLargeError:
            return ArchiveFault(reason="too_large", detail=f"over {RECORD_BYTES_MAXIMUM} bytes decoded", offset=offset)
        except BadCodingError:
            # Many crawlers keep the header and store the body decoded.
            if body.startswith(GZIP_MAGIC):
                return ArchiveFault(reason="damaged", detail=f"body is no {coding[:20]}", offset=offset)
    return ArchivedRecord(url=url, captured_at=captured_at, content=body, offset=offset, status_code=int(words[1]),
                          headers=headers, media_type=named.get("content-type"))


def _unchunked(body: bytes) -> bytes:
    """The body without its chunks' sizes; as it is where it is not chunked after all."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place, place + 32)
        if end < 0:
            return body
        try:
            size = int(body[place:end].partition(b";")[0].strip(), 16)
        except ValueError:
            return body
        if size == 0:
            return b"".join(parts)
        chunk = body[end + 2:end + 2 + size]
        parts.append(chunk)
        place = end + 2 + size + 2
        if len(chunk) < size:
            return b"".join(parts)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
