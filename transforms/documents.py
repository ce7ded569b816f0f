"""A document: bytes as they were captured, and what was said about them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes to read, with hints. Nothing but `content` is trusted: the hints came from the web.

    `id` names the document in output and errors (a capture id, a path, a manifest id).
    `media_type` and `charset` are what the server or the file declared; `filename` its last path part.
    `fetched_at` is aware, UTC. `published_hint` is a date known from outside the document, such as the
    crawl record's or the feed item's; `published_hint_source` says which (`crawl_record`, `feed`, ...).
    `is_record` says that `url` and `fetched_at` come from an archive's record and identify it.
    """

    id: str
    content: bytes
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    filename: str | None = None
    fetched_at: datetime | None = None
    publisher_code: str | None = None
    published_hint: datetime | None = None
    published_hint_source: str | None = None
    is_record: bool = False
