"""A document to read, wherever it lies."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from transforms.failures import PermanentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a document cannot be read: a stable code, a sentence, and the byte of its archive where that is known."""

    reason: str
    detail: str
    offset: int | None = None


class UnreadableSourceError(PermanentError):
    """A source that has no bytes to be had."""

    def __init__(self, source_id: str, fault: Fault) -> None:
        super().__init__(f"{source_id}: {fault.detail}" if source_id not in fault.detail else fault.detail)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """One document to read: its bytes, or the path where a worker finds them.

    With `is_record` its address and time come from an archive's record and tell it from all others; a file is
    told by its path. `fault` says why there is nothing to read.
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
    fault: Fault | None = None
