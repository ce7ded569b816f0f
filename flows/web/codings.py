"""Content codings as streams that stop at a limit: a bomb costs its limit, not its size."""

import zlib
from typing import IO, Protocol, cast

import brotli
import zstandard

from transforms.failures import PermanentError

CODINGS_MAXIMUM = 3
PIECE_BYTES = 65_536


class TooLargeError(PermanentError):
    """More bytes than allowed, on the wire or after decoding."""


class BadCodingError(PermanentError):
    """Bytes that are not what Content-Encoding says, or a coding that nobody asked for."""


class Source(Protocol):
    """Anything read like a file."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        ...


class Limited:
    """A source that refuses to give more than `maximum` bytes in all."""

    def __init__(self, source: Source, maximum: int) -> None:
        self._source = source
        self._left = maximum

    def read(self, size: int, /) -> bytes:
        """As the source, until TooLargeError."""
        piece = self._source.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise TooLargeError("more bytes than the limit")
        return piece


class Inflated:
    """gzip (several members too), or deflate with or without zlib's header."""

    def __init__(self, source: Source, coding: str) -> None:
        self._source = source
        self._bits = 31 if coding == "gzip" else 15
        self._decoder = zlib.decompressobj(self._bits)
        self._waiting = b""
        self._is_begun = False

    def read(self, size: int, /) -> bytes:
        """Up to `size` decoded bytes."""
        while True:
            if not self._waiting:
                self._waiting = self._source.read(PIECE_BYTES)
                if not self._waiting:
                    if self._is_begun and not self._decoder.eof:
                        raise BadCodingError("compressed data end too early")
                    return b""
            if self._decoder.eof:
                if self._bits != 31 or self._waiting[:1] != b"\x1f":
                    # Rubbish behind the last member is dropped, as gzip itself does.
                    self._waiting = b""
                    continue
                self._decoder = zlib.decompressobj(self._bits)
            try:
                piece = self._decoder.decompress(self._waiting, size)
            except zlib.error as error:
                if self._bits == 15 and not self._is_begun:
                    # Some servers send deflate without the zlib header that RFC 9110 asks for.
                    self._bits = -15
                    self._decoder = zlib.decompressobj(self._bits)
                    self._is_begun = True
                    continue
                raise BadCodingError(f"not {'gzip' if self._bits == 31 else 'deflate'}: {error}") from None
            self._is_begun = True
            self._waiting = self._decoder.unconsumed_tail or self._decoder.unused_data
            if piece:
                return piece


class Unbrotlied:
    """br."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decoder = brotli.Decompressor()
        self._is_begun = False

    def read(self, size: int, /) -> bytes:
        """About `size` decoded bytes: the decoder rounds up."""
        while not self._decoder.is_finished():
            try:
                if not self._decoder.can_accept_more_data():
                    piece = self._decoder.process(b"", output_buffer_limit=size)
                else:
                    coded = self._source.read(PIECE_BYTES)
                    if not coded and not self._is_begun:
                        return b""
                    if not coded:
                        raise BadCodingError("compressed data end too early")
                    self._is_begun = True
                    piece = self._decoder.process(coded, output_buffer_limit=size)
            except brotli.error as error:
                raise BadCodingError(f"not br: {error}") from None
            if piece:
                return bytes(piece)
        return b""


class Unzstandard:
    """zstd, several frames too, with the window of RFC 9659 (8 MB) at most."""

    def __init__(self, source: Source) -> None:
        self._reader = zstandard.ZstdDecompressor(max_window_size=8 << 20).stream_reader(
            cast(IO[bytes], _Readable(source)), read_size=16_384, read_across_frames=True)

    def read(self, size: int, /) -> bytes:
        """Up to `size` decoded bytes."""
        try:
            return self._reader.read(size)
        except zstandard.ZstdError as error:
            raise BadCodingError(f"not zstd: {error}") from None


class _Readable:
    """zstandard asks for `read` by keyword or place; sources take it by place alone."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        return self._source.read(size if size > 0 else PIECE_BYTES)


def decoded(source: Source, content_encoding: str | None, *, wire_bytes: int, decoded_bytes: int) -> Source:
    """The source without its codings, undone in the reverse of the order that the header names them in.

    At most `wire_bytes` are read and `decoded_bytes` given, by every stage of a chain. Raises
    BadCodingError at once for unknown codings and for chains longer than CODINGS_MAXIMUM.
    """
    names = [name.strip().lower().removeprefix("x-") for name in (content_encoding or "").split(",")]
    names = [name for name in names if name and name != "identity"]
    if len(names) > CODINGS_MAXIMUM:
        raise BadCodingError(f"{len(names)} codings upon each other")
    stream: Source = Limited(source, wire_bytes)
    for name in reversed(names):
        if name in ("gzip", "deflate"):
            stream = Inflated(stream, name)
        elif name == "br":
            stream = Unbrotlied(stream)
        elif name == "zstd":
            stream = Unzstandard(stream)
        else:
            raise BadCodingError(f"unknown coding {name[:20]}")
        stream = Limited(stream, decoded_bytes)
    return stream
