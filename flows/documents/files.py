"""Documents from disk, standard input and manifests, one after the other and never all at once."""

import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from flows.documents.archives import sources_of_archive
from flows.documents.sources import DocumentSource, Fault, UnreadableSourceError
from transforms.articles.times import parse_time
from transforms.failures import ConfigurationError, PermanentError

# What is larger is no article; JSON Lines and WARC are read piece by piece and have no limit.
MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
_JSON_LINE = re.compile(rb"\A\s*\{[^\r\n]*\}[ \t]*(?:\r?\n|\Z)")


def read_limited(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """The bytes of a file, unpacked where it is gzip. Raises UnreadableSourceError for what is missing or too large."""
    try:
        with _open(path) as file:
            content = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSourceError(str(path), Fault(reason="unreadable", detail=f"{path} cannot be read: {_reason(error)}")) from error
    if len(content) > limit:
        detail = f"{path} is larger than {limit // (1024 * 1024)} MiB: no article is; split it first"
        raise UnreadableSourceError(str(path), Fault(reason="too_large", detail=detail))
    return content


def content_of(source: DocumentSource, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """The bytes of a source. Raises UnreadableSourceError where there are none to be had."""
    if source.fault is not None:
        raise UnreadableSourceError(source.id, source.fault)
    if source.content is not None:
        return source.content
    if source.path is None:
        raise UnreadableSourceError(source.id, Fault(reason="empty", detail=f"{source.id} has neither bytes nor a file"))
    return read_limited(source.path, limit)


def sources_of_paths(paths: Iterable[str]) -> Iterator[DocumentSource]:
    """The documents of files and folders in order, folders sorted by name; `-` is standard input.

    Raises ConfigurationError before the first where one does not exist.
    """
    names = tuple(paths)
    check_paths(names)
    for name in names:
        if name == "-":
            yield from _sources_of_stream("-", sys.stdin.buffer)
            continue
        path = Path(name)
        if path.is_dir():
            for file in sorted(entry for entry in path.rglob("*") if entry.is_file() and not _is_hidden(entry, path)):
                yield from _sources_of_file(str(file), file)
        else:
            yield from _sources_of_file(name, path)


def check_paths(names: Iterable[str]) -> None:
    """Raise ConfigurationError for a path that does not exist."""
    for name in names:
        if name != "-" and not Path(name).exists():
            raise ConfigurationError(f"{name} does not exist; give a file, a folder or - for standard input")


def sources_of_manifest(name: str) -> Iterator[DocumentSource]:
    """The documents that a manifest lists, a JSON object a line; paths are relative to it, `-` is standard input."""
    if name == "-":
        yield from _sources_of_lines(sys.stdin.buffer, Path())
        return
    path = Path(name)
    if not path.is_file():
        raise ConfigurationError(f"{name} does not exist; give a manifest of JSON Lines or - for standard input")
    with _open(path) as lines:
        yield from _sources_of_lines(lines, path.parent)


def _sources_of_lines(lines: Iterable[bytes], folder: Path) -> Iterator[DocumentSource]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise ConfigurationError(f"line {number} of the manifest is no JSON: {error}") from error
        if not isinstance(entry, dict) or not ({"path", "content"} & entry.keys()):
            raise ConfigurationError(f"line {number} of the manifest names neither a path nor a content")
        content, path, fetched = entry.get("content"), entry.get("path"), entry.get("fetched_at")
        fetched_at = parse_time(str(fetched)) if fetched else None
        yield DocumentSource(
            id=str(entry.get("id") or path or number),
            content=content.encode("utf-8", "surrogatepass") if isinstance(content, str) else None,
            path=folder / str(path) if not isinstance(content, str) else None,
            url=entry.get("url"),
            fetched_at=fetched_at.at if fetched_at else None,
            publisher_code=entry.get("publisher"),
            charset=entry.get("charset") or ("utf-8" if isinstance(content, str) else None),
            media_type=entry.get("media_type"),
        )


def _sources_of_file(name: str, path: Path) -> Iterator[DocumentSource]:
    """One file: archives member by member, JSON Lines line by line, anything else whole."""
    try:
        archived = sources_of_archive(name, path)
    except OSError:
        archived = None  # Reading it again for its text says what is wrong.
    if archived is not None:
        yield from archived
        return
    try:
        with _open(path) as file:
            head = file.read(1 << 20)
            is_lines = bool(_JSON_LINE.match(head)) and head.count(b"\n") > 1
    except (OSError, EOFError, zlib.error):
        is_lines = False  # Reading it again for its text says what is wrong.
    if not is_lines:
        yield DocumentSource(id=name, path=path)
        return
    with _open(path) as file:
        yield from _sources_of_json_lines(name, file)


def _sources_of_stream(name: str, stream: BinaryIO) -> Iterator[DocumentSource]:
    head = stream.readline(1 << 20)
    if _JSON_LINE.match(head):
        yield from _sources_of_json_lines(name, _chained(head, stream))
        return
    content = head + stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(content) > MAX_DOCUMENT_BYTES:
        raise PermanentError(f"standard input is larger than {MAX_DOCUMENT_BYTES} bytes")
    yield DocumentSource(id=name, content=content)


def _chained(head: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from lines


def _sources_of_json_lines(name: str, lines: Iterable[bytes]) -> Iterator[DocumentSource]:
    number = 0
    first: bytes | None = None
    for line in lines:
        if not line.strip():
            continue
        number += 1
        if number == 1:
            first = line
            continue
        if first is not None:
            yield DocumentSource(id=f"{name}#1", content=first)
            first = None
        yield DocumentSource(id=f"{name}#{number}", content=line)
    if first is not None:
        yield DocumentSource(id=name, content=first)


def _open(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def _is_hidden(entry: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in entry.relative_to(folder).parts)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
