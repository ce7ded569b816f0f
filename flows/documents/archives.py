"""Documents inside of archives: WARC, zip and tar, read as streams with limits for each member."""

import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard

from flows.archives.warc_reading import ArchivedRecord, read_warc
from flows.archives.warc_stream import GZIP_MAGIC, ZSTD_MAGICS
from flows.documents.sources import DocumentSource, Fault

MEMBER_BYTES_MAXIMUM = 32 * 1024 * 1024
MEMBERS_MAXIMUM = 1_000_000
TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# Never an article. Other types are handed on, whatever they claim to be.
PASSED_TYPES = re.compile(r"\s*(?:audio|video|image|font)/|\s*(?:text/css|(?:text|application)/(?:x-)?javascript)", re.I)


def sources_of_archive(name: str, path: Path) -> Iterator[DocumentSource] | None:
    """The documents of an archive one after the other, or None where the file is no archive.

    What cannot be read is a source with a `fault`. Answers of a WARC that are no success are passed over.
    """
    lower = path.name.lower()
    if lower.endswith(TAR_ENDINGS):
        return _sources_of_tar(name, path)
    with path.open("rb") as file:
        head = file.read(65_536)
    if head[:4] == b"PK\x03\x04" and lower.endswith(".zip"):
        return _sources_of_zip(name, path)
    return _sources_of_warc(name, path) if is_warc(head) else None


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a WARC, also in gzip or zstd."""
    try:
        if head[:3] == GZIP_MAGIC:
            head = zlib.decompressobj(31).decompress(head, 5)
        elif head[:4] in ZSTD_MAGICS:
            head = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj().decompress(head[:4096])
    except (zlib.error, zstandard.ZstdError):
        return False
    return head.startswith(b"WARC/")


def _sources_of_warc(name: str, path: Path) -> Iterator[DocumentSource]:
    number = 0
    with path.open("rb") as file:
        for record in read_warc(file):
            if not isinstance(record, ArchivedRecord):
                told = f"byte {record.offset}: {record.reason}: {record.detail}"
                yield DocumentSource(id=name, fault=Fault(reason=record.reason, detail=told, offset=record.offset))
                continue
            is_answer = record.status_code is None or 200 <= record.status_code < 300
            if not is_answer or not record.content or PASSED_TYPES.match(record.media_type or ""):
                continue
            number += 1
            kind, _, parameters = (record.media_type or "").partition(";")
            charset = re.search(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", parameters, re.I)
            is_file = record.url.startswith("urn:")
            yield DocumentSource(
                id=f"{name}#{number}", content=record.content, url=None if is_file else record.url,
                fetched_at=record.captured_at, media_type=kind.strip().lower() or None,
                charset=charset[1].lower() if charset else None, is_record=not is_file)


def _sources_of_zip(name: str, path: Path) -> Iterator[DocumentSource]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS_MAXIMUM:
                yield DocumentSource(id=name, fault=Fault(reason="too_large", detail=f"{len(members)} members: split it first"))
                return
            for member in members:
                if member.is_dir() or _is_hidden(member.filename):
                    continue
                inner = f"{name}/{member.filename}"
                if member.flag_bits & 1:
                    yield DocumentSource(id=inner, fault=Fault(reason="encrypted", detail="encrypted"))
                    continue
                with archive.open(member) as file:
                    yield _member(inner, file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, zlib.error, EOFError) as error:
        yield DocumentSource(id=name, fault=Fault(reason="damaged", detail=f"no whole zip file: {error}"))


def _sources_of_tar(name: str, path: Path) -> Iterator[DocumentSource]:
    count = 0
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                count += 1
                if count > MEMBERS_MAXIMUM:
                    detail = f"more than {MEMBERS_MAXIMUM} members: split it first"
                    yield DocumentSource(id=name, fault=Fault(reason="too_large", detail=detail))
                    return
                file = archive.extractfile(member) if member.isreg() and not _is_hidden(member.name) else None
                if file is not None:
                    yield _member(f"{name}/{member.name}", file)
                # tarfile remembers every member; a stream never goes back to one.
                archive.members.clear()  # type: ignore[attr-defined]  # not in typeshed
    except (tarfile.TarError, OSError, zlib.error, EOFError) as error:
        yield DocumentSource(id=name, fault=Fault(reason="damaged", detail=f"no whole tar file: {error}"))


def _member(name: str, file: IO[bytes]) -> DocumentSource:
    """One member, unpacked where it is gzip itself. Its size is what it unpacks to, whatever the archive says."""
    content = file.read(MEMBER_BYTES_MAXIMUM + 1)
    if content[:3] == GZIP_MAGIC:
        try:
            content = zlib.decompressobj(31).decompress(content, MEMBER_BYTES_MAXIMUM + 1)
        except zlib.error as error:
            return DocumentSource(id=name, fault=Fault(reason="damaged", detail=f"no gzip: {error}"))
    if len(content) > MEMBER_BYTES_MAXIMUM:
        detail = f"larger than {MEMBER_BYTES_MAXIMUM // (1024 * 1024)} MiB: no article is"
        return DocumentSource(id=name, fault=Fault(reason="too_large", detail=detail))
    return DocumentSource(id=name, content=content)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
