"""Recognising the format of a document from its bytes."""

from random import Random

from transforms.articles.recognition import recognise


def test_random_bytes_are_no_telegram() -> None:
    """3,000 random bytes were once read as four ANPA dispatches, for the STX and ETX among them."""
    for seed in range(200):
        assert recognise(Random(seed).randbytes(3000)) == "binary"
