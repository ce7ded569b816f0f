"""WARC records: each response's payload is a document of its own. Format: ISO 28500."""

import io
from collections.abc import Iterator
from dataclasses import replace

from fastwarc.warc import ArchiveIterator, WarcRecordType

from transforms.articles.times import parse_time
from transforms.documents import Document

MAX_PAYLOAD_BYTES = 16 * 1024 * 1024


def documents_of_warc(document: Document) -> Iterator[Document]:
    """The responses and resources of a WARC file as documents, in order, with their address and time.

    A damaged record ends the file. Payloads are cut at 16 MiB, as no article is longer.
    """
    number = 0
    try:
        for record in ArchiveIterator(
            io.BytesIO(document.content), record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True
        ):
            if record.is_http and record.http_headers and not 200 <= (record.http_headers.status_code or 200) < 300:
                continue
            number += 1
            fetched = parse_time(record.headers.get("WARC-Date"))
            headers = record.http_headers
            payload = record.reader.read(MAX_PAYLOAD_BYTES)
            if payload.startswith(b"HTTP/1.") and not record.is_http:
                payload = payload.partition(b"\r\n\r\n")[2]
            yield replace(
                document,
                id=f"{document.id}#{number}",
                content=payload,
                url=record.headers.get("WARC-Target-URI") or None,
                media_type=headers.get("Content-Type") if headers else record.headers.get("Content-Type"),
                charset=(record.http_charset if record.is_http else None) or None,
                fetched_at=fetched.at if fetched else document.fetched_at,
            )
    except (OSError, RuntimeError, ValueError):
        return
