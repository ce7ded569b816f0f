"""Recognising the format of a document from its bytes."""

from random import Random

from transforms.articles.recognition import recognise


def test_random_bytes_are_no_telegram() -> None:
    """3,000 random bytes were once read as four ANPA dispatches, for the STX and ETX among them."""
    for seed in range(200):
        assert recognise(Random(seed).randbytes(3000)) == "binary"


def test_lines_of_json_are_told_by_the_first_line_however_long() -> None:
    """A first line of 400 kB was once read as one document of JSON, and the lines behind it were lost."""
    for length in (1, 400_000):
        line = b'{"articleBody": "' + b"a" * length + b'"}'
        assert recognise(line + b"\r\n\n" + line) == "jsonl"
        assert recognise(line + b"\n") == "json"
    assert recognise(b'{\n  "a": [\n{"b": 1},\n{"b": 2}\n]\n}') == "json"
