"""Codings are undone as streams; bombs cost their limit."""

import gzip
import io
import time
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.web.codings import BadCodingError, TooLargeError, decoded

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda content: brotli.compress(content, quality=5),
    "zstd": lambda content: zstandard.compress(content, 3),
}


def unpack(content: bytes, encoding: str, limit: int = 1_000_000) -> bytes:
    """All of it."""
    stream = decoded(io.BytesIO(content), encoding, wire_bytes=limit, decoded_bytes=limit)
    return b"".join(iter(lambda: stream.read(65_536), b""))


@settings(max_examples=30)
@given(st.binary(max_size=5000), st.lists(st.sampled_from(sorted(PACK)), max_size=3))
def test_what_was_packed_is_unpacked(content: bytes, names: list[str]) -> None:
    packed = content
    for name in names:
        packed = PACK[name](packed)
    assert unpack(packed, ", ".join(names)) == content


def test_the_dialects_of_servers() -> None:
    raw = zlib.compressobj(wbits=-15)
    assert unpack(raw.compress(b"raw deflate") + raw.flush(), "deflate") == b"raw deflate"
    assert unpack(gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0), "x-gzip") == b"one two"
    assert unpack(gzip.compress(b"one", mtime=0) + b"\0\0\0", "gzip") == b"one"
    assert unpack(zstandard.compress(b"a") + zstandard.compress(b"b"), "zstd") == b"ab"
    assert unpack(b"plain", "identity") == unpack(b"plain", "") == b"plain"
    assert all(unpack(b"", name) == b"" for name in PACK)


@pytest.mark.parametrize(("content", "encoding"), [
    (b"no gzip", "gzip"), (b"no zip", "deflate"), (b"no br at all", "br"), (b"no zstd", "zstd"),
    (gzip.compress(b"x" * 9000, mtime=0)[:-9], "gzip"), (brotli.compress(b"abc" * 9000)[:-3], "br"),
    (b"x", "compress"), (b"x", "gzip, gzip, gzip, gzip"),
])
def test_lies_are_told(content: bytes, encoding: str) -> None:
    with pytest.raises(BadCodingError):
        unpack(content, encoding)


def bomb(name: str, megabytes: int) -> bytes:
    """So many megabytes of zeros, packed piece by piece."""
    block = bytes(1_000_000)
    if name == "zstd":
        packer = zstandard.ZstdCompressor().compressobj()
        return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    if name == "br":
        brotlier = brotli.Compressor(quality=1)
        return b"".join(brotlier.process(block) for _ in range(megabytes)) + bytes(brotlier.finish())
    zipper = zlib.compressobj(1, wbits=31 if name == "gzip" else 15)
    return b"".join(zipper.compress(block) for _ in range(megabytes)) + zipper.flush()


@pytest.mark.parametrize("chain", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "zstd, br", "br, gzip, zstd"])
def test_a_bomb_costs_its_limit(chain: str) -> None:
    names = chain.split(", ")
    packed = bomb(names[0], 100)
    for name in names[1:]:
        packed = PACK[name](packed)
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(TooLargeError):
        unpack(packed, chain, limit=10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - began < 5
    assert peak < 24_000_000, "the ten megabytes that were allowed, once, and a little"
