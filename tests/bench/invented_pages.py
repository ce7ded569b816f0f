"""Invented news pages of the weight and make of real ones, for measuring. The same on every machine."""

import json
from collections.abc import Iterator
from itertools import chain, islice, repeat

from tests.bench.invented_texts import TextMaker

MENU_LINKS = 120
TEASERS = 30
SCRIPT_BYTES = 60_000
METAS = 40


class PageMaker:
    """Makes pages of about 200 kB: head metadata, scripts, menus, an article of a dozen paragraphs, teasers, comments."""

    def __init__(self, seed: int) -> None:
        maker = TextMaker(seed)
        # By thousands: words are drawn for all texts of a call at once.
        self._texts = chain.from_iterable(maker.texts(1000) for _ in repeat(None))

    def pages(self, count: int) -> Iterator[bytes]:
        """`count` pages in UTF-8, in two makes by turns: one says what it is in JSON-LD, the other in `<meta>` alone."""
        for number in range(count):
            yield self._page(number).encode()

    def _sentences(self, words: int) -> str:
        text = next(self._texts)
        while len(text.split()) < words:
            text += " " + next(self._texts)
        chosen = text.split()[:words]
        return " ".join(" ".join(chosen[at : at + 18]).capitalize() + "." for at in range(0, words, 18))

    def _page(self, number: int) -> str:
        headline = self._sentences(9).rstrip(".")
        paragraphs = [self._sentences(45 + 9 * (at % 5)) for at in range(12 + number % 9)]
        published = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:30:00+02:00"
        head = "".join(f'<meta name="x-{at}" content="{self._sentences(6)}">' for at in range(METAS))
        head += f'<meta property="og:title" content="{headline}"><meta property="og:site_name" content="The Harbour Courier"><meta property="og:type" content="article">'
        head += f'<link rel="canonical" href="https://courier.example/news/{number}"><meta property="article:published_time" content="{published}">'
        if number % 2:
            node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": published, "author": [{"@type": "Person", "name": "Ana Velk"}]}
            head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
        script = "window.state=" + json.dumps([text[:200] for text in islice(self._texts, SCRIPT_BYTES // 220)])
        menu = "".join(f'<li class="menu-item"><a class="nav-link" href="/section/{at}"><span>Section number {at}</span></a></li>' for at in range(MENU_LINKS))
        teasers = "".join(
            f'<div class="card card--small"><a href="/news/{at}"><picture><source srcset="/i/{at}.webp"><img src="/i/{at}.jpg" alt=""></picture></a>'
            f'<div class="card__text"><h3 class="card__title"><a href="/news/{at}">{self._sentences(8)}</a></h3><p>{self._sentences(16)}</p>'
            f'<span class="card__date">5 March 2024</span></div></div>'
            for at in range(TEASERS)
        )
        text = "".join(
            f'<p class="css-at9mc1">{paragraph[:120]}<a href="/t/{at}">{paragraph[120:140]}</a>{paragraph[140:]}</p>'
            + ('<div class="ad-slot" data-slot="x"><span>Advertisement</span></div>' if at % 4 == 3 else "")
            + (f"<h2>{self._sentences(5)}</h2>" if at % 5 == 4 else "")
            for at, paragraph in enumerate(paragraphs)
        )
        comments = "".join(f'<div class="comment"><span class="name">Reader {at}</span><p>{self._sentences(30)}</p></div>' for at in range(10))
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline} | The Harbour Courier</title>{head}<script>{script}</script>'
            f"<style>{'.a{color:red}' * 800}</style></head><body class='article-page'><header class='site-header'><nav><ul>{menu}</ul></nav></header>"
            f"<main><div class='grid'><article class='story'><h1>{headline}</h1><div class='byline'>By <a rel='author' href='/ana'>Ana Velk</a></div>"
            f"<time datetime='{published}'>{published[:10]}</time><figure><img src='/a.jpg'><figcaption>{self._sentences(14)}</figcaption></figure>"
            f"<div class='story-body'>{text}</div></article><aside class='rail'>{teasers}</aside></div></main>"
            f"<section id='comments'>{comments}</section><footer><ul>{menu}</ul></footer><script>{script}</script></body></html>"
        )
