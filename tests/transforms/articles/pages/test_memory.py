"""What is remembered between pages is bounded, however long the texts and names of the pages are."""

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from transforms.articles.pages.furniture import class_verdict
from transforms.articles.pages.page import read_page
from transforms.articles.pages.titles import fold
from transforms.documents import Document

LONG = 20_000


def read(number: int) -> None:
    name = f"harbour-{number} " * (LONG // 12)
    text = f"The ferry sailed again on day {number}, the operator of Port Amity said. "
    markup = f'<h1>Ferry {number}</h1><article class="{name}" id="{name}"><p class="{name}">{text * 5}</p><p>{text * 300}</p></article>'
    read_page(Document(id="page", content=b""), f"<html><body>{markup}</body></html>", publisher=None)


def growth(work: Callable[[int], object], first: int, last: int) -> int:
    """Bytes held after the calls that were not held before them."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(first, last):
        work(number)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] - before


@pytest.mark.parametrize("work", [
    lambda number: fold(f"ferry {number} " * (LONG // 10)),
    lambda number: class_verdict(f"harbour-{number} " * (LONG // 12)),
    read,
], ids=["texts", "names", "pages"])  # fmt: skip
def test_long_ones_are_not_remembered(work: Callable[[int], object]) -> None:
    tracemalloc.start()
    try:
        growth(work, 0, 10)
        assert growth(work, 10, 60) < 50 * LONG / 4
    finally:
        tracemalloc.stop()
