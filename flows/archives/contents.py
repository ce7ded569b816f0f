"""Bytes that lie in archive files, on any path that fsspec knows."""

import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Sequence
from typing import BinaryIO, cast

import fsspec

from flows.archives.warc_reading import ArchivedRecord, read_record
from transforms.failures import PermanentError, TransientError

ERASED = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
"""What stands where a record was erased. It names nothing."""


def read_archived(archive_url: str, offset: int, byte_count: int, *, sha256: bytes | None = None) -> bytes:
    """The content of the record at a place of an archive file.

    Raises TransientError where the file cannot be read, PermanentError where the record is not there or its
    content not the one with the given hash.
    """
    try:
        with fsspec.open(archive_url, "rb") as file:
            file.seek(offset)
            packed = file.read(byte_count)
    except (OSError, ValueError, ImportError) as error:
        raise TransientError(f"The archive {archive_url} cannot be read: {error}.") from error
    record = read_record(packed)
    if not isinstance(record, ArchivedRecord):
        raise PermanentError(f"The archive {archive_url} holds no record at byte {offset}: {record.detail}.")
    if sha256 is not None and hashlib.sha256(record.content).digest() != sha256:
        raise PermanentError(f"The record at byte {offset} of {archive_url} is not what was archived there.")
    return record.content


def erase_archived(archive_url: str, places: Sequence[tuple[int, int]]) -> None:
    """Erase records of an archive file, given as (offset, byte_count), so that all others stay where they are.

    Each is overwritten by an empty record of the same length. The file is written anew beside its old self and
    then put in its place, since most stores cannot change a file. Erasing again changes nothing.
    """
    system, path = fsspec.core.url_to_fs(archive_url)
    if not system.exists(path):
        raise PermanentError(f"The archive {archive_url} is not there: what it holds cannot be erased.")
    with tempfile.TemporaryFile() as patched:
        with system.open(path, "rb") as file:
            shutil.copyfileobj(cast(BinaryIO, file), patched)
        for offset, byte_count in places:
            patched.seek(offset)
            patched.write(_empty_member(byte_count))
        patched.seek(0)
        beside = f"{path}.erasing"
        with system.open(beside, "wb") as file:
            shutil.copyfileobj(patched, cast(BinaryIO, file))
        system.mv(beside, path)


def _empty_member(byte_count: int) -> bytes:
    """A gzip member (RFC 1952) of exactly this length that unpacks to ERASED: its comment fills the room."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(ERASED) + packer.flush()
    ending = zlib.crc32(ERASED).to_bytes(4, "little") + len(ERASED).to_bytes(4, "little")
    room = byte_count - 10 - len(packed) - len(ending) - 1
    if room < 0:
        raise PermanentError(f"A record of {byte_count} bytes is too short to be erased.")
    # Flag 16: a comment follows the header, ended by a zero byte.
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\xff" + b"-" * room + b"\0" + packed + ending
