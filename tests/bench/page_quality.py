"""Quality of pages read, beside trafilatura, newspaper4k and readability-lxml: `python -m tests.bench.page_quality MANIFEST`.

MANIFEST is that of `dateline parse` (JSON Lines of {id, path, url?, fetched_at?}), each line with some of the true
`headline`, `authors`, `published_at` and `body`. The measures are those of `page_agreement`; a true headline that no
element of a page prints, made for search engines or since rewritten, is listed and does not count as printed.
"""

import gzip
import json
import logging
import sys
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html
from newspaper import Article as NewspaperArticle
from readability import Document as ReadabilityDocument

from flows.documents.files import sources_of_manifest
from flows.documents.parsing import ParseOptions, parse_sources
from tests.bench.page_agreement import agreement, fold

COLUMNS = ("body", "precision", "recall", "headline", "printed", "minute", "day", "authors")
_Record = Mapping[str, Any]


def with_trafilatura(page: str, url: str | None) -> _Record:
    """`bare_extraction` with metadata."""
    found = trafilatura.bare_extraction(page, url=url, with_metadata=True)
    record = found.as_dict() if found is not None else {}
    authors = [name.strip() for name in (record.get("author") or "").split(";") if name.strip()]
    return {"headline": record.get("title"), "authors": authors, "published_at": record.get("date"), "body": record.get("text")}


def with_newspaper(page: str, url: str | None) -> _Record:
    """Parse in the page's language; as English where that wants a package which is not installed (ja, ko, ar)."""
    try:
        article = _newspaper_article(page, url)
    except ImportError:
        article = _newspaper_article(page, url, language="en")
    published = article.publish_date.isoformat() if isinstance(article.publish_date, datetime) else None
    return {"headline": article.title, "authors": article.authors, "published_at": published, "body": article.text}


def _newspaper_article(page: str, url: str | None, **options: str) -> NewspaperArticle:
    article = NewspaperArticle(url or "https://courier.example/", fetch_images=False, **options)
    article.download(input_html=page)
    article.parse()
    return article


def with_readability(page: str, url: str | None) -> _Record:
    """Title and the text of the summary; it reads neither authors nor dates."""
    document = ReadabilityDocument(page, url=url)
    summary = document.summary()
    return {"headline": document.title(), "body": html.fromstring(summary).text_content() if summary.strip() else ""}


def with_dateline(manifest: str, *, use_layouts: bool) -> dict[str, _Record]:
    """What `dateline parse` prints, by id."""
    lines = parse_sources(sources_of_manifest(manifest), ParseOptions(use_layouts=use_layouts))
    return {record["id"]: record for record in map(json.loads, lines)}


def with_peer(read: Callable[[str, str | None], _Record], manifest: Path, truth: list[_Record]) -> dict[str, _Record]:
    """What a peer reads of each page, by id; nothing where it fails."""
    found: dict[str, _Record] = {}
    for true in truth:
        try:
            found[true["id"]] = read(_page(manifest, true), true.get("url"))
        except Exception as error:  # noqa: BLE001 (whatever a peer raises is a page that it cannot read)
            print(f"{read.__name__} fails on {true['id']}: {type(error).__name__}", file=sys.stderr)
    return found


def _page(manifest: Path, true: _Record) -> str:
    content = (manifest.parent / true["path"]).read_bytes()
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8", "replace")


def is_printed(headline: str, page: str) -> bool:
    """Whether an element of the page's body prints a headline, alone or among other words."""
    root = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.xpath("//script|//style|//template|//noscript|//head"):
        element.drop_tree()
    words = fold(headline)
    return any(f" {words} " in f" {fold(text)} " for text in (root.text_content(), " ".join(root.itertext())))


def main(manifest: str) -> None:
    """Print the table; a field that a reader never gives stays blank."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    truth = [json.loads(line) for line in Path(manifest).read_text(encoding="utf-8").splitlines() if line.strip()]
    for true in truth:
        if true.get("headline"):
            true["is_headline_printed"] = is_printed(true["headline"], _page(Path(manifest), true))
            if not true["is_headline_printed"]:
                print(f"printed nowhere: {true['id']}: {true['headline']}")
    print(f"{len(truth)} pages{'':16}" + "".join(f"{column:>10}" for column in COLUMNS), flush=True)
    readers: dict[str, Callable[[], dict[str, _Record]]] = {
        "dateline": lambda: with_dateline(manifest, use_layouts=True),
        "dateline, no layouts": lambda: with_dateline(manifest, use_layouts=False),
        "trafilatura": lambda: with_peer(with_trafilatura, Path(manifest), truth),
        "newspaper4k": lambda: with_peer(with_newspaper, Path(manifest), truth),
        "readability-lxml": lambda: with_peer(with_readability, Path(manifest), truth),
    }
    for name, read in readers.items():
        records = read()
        read_fields = {field for record in records.values() for field in record}
        asked = [{field: value for field, value in true.items() if field in read_fields or field in ("id", "is_headline_printed")} for true in truth]
        figures = agreement((true, records.get(true["id"], {})) for true in asked)
        print(f"{name:26}" + "".join(f"{figures[column]:10.3f}" if column in figures else f"{'':10}" for column in COLUMNS), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
