"""Hammer the page reader for some minutes: `python -m tests.bench.fuzz_pages [MINUTES] [SEED]`.

Heaps of tags, mutilated invented pages and hostile JSON-LD; every outcome must come within seconds, be no
exception and hold no empty article. What it finds becomes a case in tests/transforms/articles/pages. Once a
minute it tells the memory that the process holds, which must not go on growing.
"""

import random
import resource
import sys
import time
import traceback
from pathlib import Path

from tests.bench.invented_pages import PageMaker
from transforms.articles.article import Article
from transforms.articles.reader import read_document
from transforms.documents import Document

SLOW_SECONDS = 8.0
TAGS = "html head body div p a span article section main h1 h2 h3 ul li table tr td th blockquote form figure figcaption aside header footer nav script style meta title time iframe svg template frameset frame textarea select option noscript br hr pre b i em base link".split()  # noqa: SIM905
ATTRIBUTES = ["class='article-body'", "class='comments'", "class='byline'", "class='date'", "itemprop='articleBody'", "itemprop=headline", "hidden", "style='display:none'", "rel=author", "property='og:title' content='x - y'", "name=author content='By '", "type='application/ld+json'", "datetime='2024-13-45T99'", "lang=xx", "role=dialog", "id='cookie-consent'", "href='http://[::1'", "aria-hidden=true"]
TEXTS = ["The ferry sailed again on Tuesday morning after two days in harbour, the operator said. ", "&#0;&#xD800;&nbsp;", "\u202e\ufeff\u200b", "，中文文本，", "نص عربي قصير. ", "{\"@type\":\"NewsArticle\",\"headline\":[{}],\"author\":{\"name\":{\"@value\":[]}},\"datePublished\":{},\"articleBody\":7}", "<![CDATA[", "-->", "<!--", "]]>", "\x00", "5 March 2024 99:99", "12/34/5678", "' \" > < =", "\\u003cp\\u003e"]


def heap(chance: random.Random) -> str:
    """Tags, attributes and texts in any order."""
    pieces = []
    for _ in range(chance.choice([5, 40, 300, 3000])):
        match chance.randrange(4):
            case 0:
                pieces.append(f"<{chance.choice(TAGS)} {' '.join(chance.sample(ATTRIBUTES, chance.randrange(4)))}>")
            case 1:
                pieces.append(f"</{chance.choice(TAGS)}>")
            case _:
                pieces.append(chance.choice(TEXTS) * chance.choice([1, 1, 3]))
    return "".join(pieces)


def mutilated(page: str, chance: random.Random) -> str:
    """An invented page with pieces cut out, doubled, moved and overwritten."""
    for _ in range(chance.randrange(1, 12)):
        first, second = sorted(chance.randrange(len(page) + 1) for _ in range(2))
        second = min(second, first + chance.choice([1, 20, 2_000, 60_000]))
        match chance.randrange(4):
            case 0:
                page = page[:first] + page[second:]
            case 1:
                page = page[:first] + page[first:second] * chance.choice([2, 20]) + page[second:]
            case 2:
                page = page[:first] + heap(chance)[:5_000] + page[second:]
            case _:
                page = page[:first] + chance.choice(TEXTS) + page[first:]
        page = page[:2_000_000] or "x"
    return page


def resident_megabytes() -> float:
    """The memory that this process holds now, where /proc tells it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main(minutes: float, seed: int) -> int:
    """Run for so long; the exit status is the number of findings, each written to `fuzz-N.html` in the folder."""
    chance = random.Random(seed)
    pages = [page.decode() for page in PageMaker(seed).pages(8)]
    begun = time.monotonic()
    count = findings = told = 0
    while (passed := time.monotonic() - begun) < 60 * minutes:
        if passed >= 60 * told:
            print(f"minute {told}: {count} pages, {resident_megabytes():.0f} MB", flush=True)
            told += 1
        markup = heap(chance) if chance.random() < 0.4 else mutilated(chance.choice(pages), chance)
        content = markup.encode(chance.choice(["utf-8", "utf-8", "utf-16-le", "cp1251"]), "replace")
        started = time.process_time()
        fault = None
        try:
            for outcome in read_document(Document(id="fuzz", content=content, url="https://courier.example/x")):
                if isinstance(outcome, Article) and not outcome.body.strip():
                    fault = "an empty article"
        except Exception:  # noqa: BLE001 (any exception is a finding)
            fault = traceback.format_exc()
        if time.process_time() - started > SLOW_SECONDS:
            fault = f"took {time.process_time() - started:.1f} s"
        count += 1
        if fault:
            findings += 1
            Path(f"fuzz-{findings}.html").write_bytes(content)
            print(f"finding {findings} after {count}: {fault}", flush=True)
            if findings >= 20:
                break
    print(f"{count} pages, {findings} findings, {resident_megabytes():.0f} MB")
    return findings


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
