"""The bytes of an archive file as a stream: plain, gzip of many members, or zstd. Damage is skipped, and told."""

import zlib
from typing import BinaryIO

import zstandard

PIECE_BYTES = 65_536
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGICS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")


class Damage(Exception):
    """The stream cannot be decoded here; reading goes on at the next gzip member, if there is one."""


class ArchiveStream:
    """Reads lines and bytes of what a file holds once decoded, in constant memory.

    `offset` is the byte of the file at which the gzip member, or in plain files the byte itself, begins that
    the next unread byte comes from.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._raw = file.read(PIECE_BYTES)
        self._consumed = 0
        """Bytes of the file before `_raw`."""
        self._out = b""
        self._place = 0
        self.offset = 0
        self._coding = "gzip" if self._raw[:3] == GZIP_MAGIC else "zstd" if self._raw[:4] in ZSTD_MAGICS else "plain"
        self._gzip = zlib.decompressobj(31)
        self._zstd = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj(read_across_frames=True)

    def read_line(self, limit: int = 16_384) -> bytes:
        """The next line with its end, or its first `limit` bytes; b"" at the end of the file."""
        parts: list[bytes] = []
        length = 0
        while length < limit:
            if self._place >= len(self._out) and not self._fill():
                break
            end = self._out.find(b"\n", self._place, self._place + limit - length)
            stop = end + 1 if end >= 0 else min(len(self._out), self._place + limit - length)
            parts.append(self._out[self._place:stop])
            length += stop - self._place
            self._place = stop
            if end >= 0:
                break
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end of the file."""
        parts: list[bytes] = []
        while size > 0:
            if self._place >= len(self._out) and not self._fill():
                break
            part = self._out[self._place:self._place + size]
            parts.append(part)
            self._place += len(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; how many there were."""
        left = size
        while left > 0:
            if self._place >= len(self._out) and not self._fill():
                break
            step = min(left, len(self._out) - self._place)
            self._place += step
            left -= step
        return size - left

    def next_member(self) -> bool:
        """After Damage: go on at the next gzip member that holds a record; False where there is none."""
        self._out, self._place = b"", 0
        # The member that failed begins with the magic itself: search behind it.
        self._drop(1)
        while True:
            found = self._raw.find(GZIP_MAGIC)
            if found < 0:
                self._drop(max(len(self._raw) - 2, 0))
                piece = self._file.read(PIECE_BYTES)
                if not piece:
                    return False
                self._raw += piece
                continue
            self._drop(found)
            if len(self._raw) < 1024:
                self._raw += self._file.read(PIECE_BYTES)
            try:
                if zlib.decompressobj(31).decompress(self._raw[:4096], 5).startswith(b"WARC/"):
                    self._gzip = zlib.decompressobj(31)
                    self.offset = self._consumed
                    return True
            except zlib.error:
                pass
            self._drop(1)

    def _drop(self, count: int) -> None:
        self._consumed += count
        self._raw = self._raw[count:]

    def _fill(self) -> bool:
        """Decode more into `_out`; False at the end of the file."""
        self._place = 0
        self._out = b""
        while not self._out:
            if not self._raw:
                self._raw = self._file.read(PIECE_BYTES)
            if self._coding == "plain":
                self.offset = self._consumed
                self._out = self._raw
                self._drop(len(self._raw))
                return bool(self._out)
            if not self._raw:
                if self._coding == "gzip" and not self._gzip.eof and self._is_begun():
                    raise Damage("the file ends inside a gzip member")
                return False
            self._decode()
        return True

    def _decode(self) -> None:
        try:
            if self._coding == "zstd":
                self._out = self._zstd.decompress(self._raw[:4096])
                self._drop(min(len(self._raw), 4096))
                return
            if self._gzip.eof:
                if self._raw[:1] == b"\0":
                    self._drop(1)
                    return
                self._gzip = zlib.decompressobj(31)
                self.offset = self._consumed
            before = len(self._raw)
            self._out = self._gzip.decompress(self._raw, PIECE_BYTES)
            self._raw = self._gzip.unconsumed_tail or self._gzip.unused_data
            self._consumed += before - len(self._raw)
        except (zlib.error, zstandard.ZstdError) as error:
            raise Damage(str(error)) from None

    def _is_begun(self) -> bool:
        return self._consumed > self.offset
