"""A document to read, wherever it lies."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """One document to read: its bytes, or the path where a worker finds them.

    With `is_record` its address and time come from an archive's record and tell it from all others; a file is
    told by its path. `fault` says why there is nothing to read, for a person.
    """

    id: str
    content: bytes | None = None
    path: Path | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    publisher_code: str | None = None
    charset: str | None = None
    media_type: str | None = None
    is_record: bool = False
    fault: str | None = None
