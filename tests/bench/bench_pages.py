"""Pages a second from raw bytes to the finished record, beside trafilatura and newspaper4k.

`python -m tests.bench.bench_pages [FOLDER]`: invented pages, or the `*.html` and `*.html.gz` files of FOLDER.
"""

import gzip
import logging
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura
from newspaper import Article as NewspaperArticle

from tests.bench.invented_pages import PageMaker
from transforms.articles.reader import read_document
from transforms.documents import Document

PAGES = 150
ROUNDS = 3
URL = "https://courier.example/news/1"


def with_dateline(pages: Sequence[bytes]) -> None:
    """Decode, recognise, read, complete: what `dateline parse` does of a page."""
    for page in pages:
        list(read_document(Document(id="page", content=page, url=URL)))


def with_trafilatura(pages: Sequence[bytes]) -> None:
    """`bare_extraction` with metadata."""
    for page in pages:
        trafilatura.bare_extraction(page, url=URL, with_metadata=True)


def with_newspaper(pages: Sequence[bytes]) -> None:
    """Parse, without the language tools that it would want for a summary."""
    for page in pages:
        article = NewspaperArticle(URL, fetch_images=False, language="en")
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()


def seconds(work: Callable[[Sequence[bytes]], None], pages: Sequence[bytes], rounds: int) -> float:
    """CPU seconds a page of the fastest of some rounds."""
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        work(pages)
        spent.append(time.process_time() - started)
    return min(spent) / len(pages)


def pages_of(folder: Path) -> list[bytes]:
    """The pages of a folder, in the order of their names."""
    files = sorted(file for file in folder.rglob("*") if file.name.endswith((".html", ".html.gz")))
    return [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]


def run(folder: Path | None = None) -> dict[str, float]:
    """Print and return pages a second of each reader on one core."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    pages = pages_of(folder) if folder else list(PageMaker(7).pages(PAGES))
    with_dateline(pages[:5])
    own = seconds(with_dateline, pages, ROUNDS)
    figures = {
        "dateline": own,
        "trafilatura bare_extraction": seconds(with_trafilatura, pages, ROUNDS),
        "newspaper4k": seconds(with_newspaper, pages[: max(len(pages) // 5, 1)], 1),
    }
    print(f"{len(pages)} pages of {sum(map(len, pages)) // len(pages) // 1000} kB, raw bytes to finished record, one core")
    for name, spent in figures.items():
        print(f"  {name:30} {1 / spent:8.1f} pages/s {spent * 1e3:8.1f} ms a page {spent / own:7.2f} ×")
    return {name: 1 / spent for name, spent in figures.items()}


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
