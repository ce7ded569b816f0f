"""Looking at a publisher without a warehouse: what its pages offer, what its feeds list, what would be read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from flows.capture_pages import media_type_of
from flows.feeds.polling import refusal_of
from flows.web.client import WebClient
from flows.web.courtesy import MemoryCourtesy
from flows.web.exchange import Exchange
from flows.web.fetcher import Fetcher
from flows.web.jobs import Job
from flows.web.settings import FEED_LIMITS, PAGE_LIMITS, PRODUCT, Limits, WebSettings
from transforms.documents import Document
from transforms.feeds.feed_item import FeedItem, FeedReading, FeedRejection
from transforms.feeds.impostors import impostor_kind
from transforms.feeds.links import absolute_link
from transforms.feeds.reader import read_feed
from transforms.feeds.robots import RobotsRules
from transforms.publishers import Feed, Publisher

FEED_TYPES = re.compile(r"application/(?:rss|atom|feed|rdf)\+(?:xml|json)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFeed:
    """One answer of a feed: its reading, or why there is none; each item with the reason for which it is left out."""

    url: str
    exchanges: tuple[Exchange, ...]
    reading: FeedReading | None = None
    problem: str | None = None
    items: tuple[tuple[FeedItem, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a front page and robots.txt say of a publisher."""

    url: str
    host: str
    name: str
    language: str | None
    feed_urls: tuple[str, ...] = ()
    sitemap_urls: tuple[str, ...] = ()


@dataclass(slots=True)
class Looker:
    """Asks politely, one thing after the other, and keeps nothing."""

    fetcher: Fetcher
    courtesy: MemoryCourtesy

    def ask(self, url: str, *, pause: float = 1.0, limits: Limits = PAGE_LIMITS, accept: str | None = None) -> tuple[Exchange, ...]:
        """The chain of exchanges that an address comes to, robots.txt obeyed."""
        headers = {"Accept": accept} if accept else {}
        job = Job(subject=None, url=url, pause_seconds=pause, limits=limits, headers=headers)
        for group in self.fetcher.run([job], seconds=180.0):
            for fetched in group:
                if fetched.exchanges:
                    return fetched.exchanges
        return ()

    def feed(self, publisher: Publisher, feed: Feed) -> SeenFeed:
        """What a feed lists now."""
        exchanges = self.ask(feed.url, pause=publisher.request_interval_seconds, limits=FEED_LIMITS)
        if not exchanges:
            return SeenFeed(url=feed.url, exchanges=(), problem="postponed: the host asks to be left alone")
        last = exchanges[-1]
        if last.outcome != "ok":
            return SeenFeed(url=feed.url, exchanges=exchanges, problem=_problem(last))
        _, charset = media_type_of(last.header("Content-Type"))
        reading = read_feed(last.content, url=last.url, content_type=last.header("Content-Type"), charset=charset,
                            link_selector=feed.link_selector, link_pattern=feed.link_pattern,
                            time_zone=publisher.time_zone, known_by=last.requested_at)
        if isinstance(reading, FeedRejection):
            return SeenFeed(url=feed.url, exchanges=exchanges, problem=f"{reading.reason}: {reading.detail}")
        items = tuple((item, refusal_of(item, publisher, reading, last.requested_at)) for item in reading.items)
        return SeenFeed(url=feed.url, exchanges=exchanges, reading=reading, items=items)

    def offer(self, url: str) -> Offer | str:
        """What the front page at `url` and its robots.txt offer, or why it could not be looked at."""
        exchanges = self.ask(url)
        if not exchanges or exchanges[-1].outcome != "ok":
            return _problem(exchanges[-1]) if exchanges else "postponed: the host asks to be left alone"
        last = exchanges[-1]
        host = (urlsplit(last.url).hostname or "").removeprefix("www.")
        origin = f"{urlsplit(last.url).scheme}://{urlsplit(last.url).netloc}"
        found = self.courtesy.find_robots([origin]).get(origin)
        sitemaps = RobotsRules(found, PRODUCT).sitemaps if found else ()
        reading = read_feed(last.content, url=last.url)
        if isinstance(reading, FeedReading):
            return Offer(url=last.url, host=host, name=reading.title or host, language=None, feed_urls=(last.url,), sitemap_urls=sitemaps)
        soup = BeautifulSoup(last.content, "lxml")
        links = [absolute_link(str(link.get("href") or ""), last.url) for link in soup.find_all("link", rel="alternate")
                 if FEED_TYPES.match(str(link.get("type") or ""))]
        site = soup.find("meta", property="og:site_name")
        name = str(site.get("content") or "") if isinstance(site, Tag) else ""
        root = soup.find("html")
        language = str(root.get("lang") or "")[:2].lower() if isinstance(root, Tag) else ""
        return Offer(
            url=last.url, host=host, language=language if re.fullmatch("[a-z]{2}", language) else None,
            name=(name or (soup.title.get_text() if soup.title else "") or host).strip()[:100],
            feed_urls=tuple(dict.fromkeys(link for link in links if isinstance(link, str))), sitemap_urls=sitemaps)


def document_of(exchanges: tuple[Exchange, ...], publisher: Publisher | None) -> Document | None:
    """The document that a chain of exchanges ended at; None where it is none, or surely no article."""
    if not exchanges or exchanges[-1].outcome != "ok":
        return None
    first, last = exchanges[0], exchanges[-1]
    if impostor_kind(last.content, asked_url=first.url, final_url=last.url) is not None:
        return None
    media_type, charset = media_type_of(last.header("Content-Type"))
    return Document(id=first.url, content=last.content, url=last.url, media_type=media_type, charset=charset,
                    fetched_at=last.requested_at, publisher_code=publisher.code if publisher else None)


@contextmanager
def open_looker(settings: WebSettings) -> Iterator[Looker]:
    """A looker with a client of its own."""
    client = WebClient(settings)
    courtesy = MemoryCourtesy()
    fetcher = Fetcher(client, courtesy, thread_count=2)
    try:
        yield Looker(fetcher=fetcher, courtesy=courtesy)
    finally:
        fetcher.close()
        client.close()


def draft(offer: Offer, code: str, seen: list[SeenFeed]) -> str:
    """The TOML of a first publisher file: what was found, and what a person has to settle."""
    quoted = [f'code = "{code}"', f"name = {_toml(offer.name)}", '# agency = "NAME AS ITS DATELINES PRINT IT"',
              '# country = "KAZ"        # ISO 3166-1 alpha-3', f"language = {_toml(offer.language)}" if offer.language
              else '# language = "en"       # ISO 639-1', '# time_zone = "Asia/Almaty"   # lent to times printed without one',
              f"hosts = [{_toml(offer.host)}]", f"homepage = {_toml(offer.url)}",
              "active = false            # nothing is fetched before this is true", "request_interval_seconds = 10", "",
              "[urls]", "# external_id = '_a(\\d+)'   # the agency's own id in an address", "# article = '/news/'",
              "# excluded = ['/video/']"]
    for feed in seen:
        found = feed.reading
        comment = (f"{found.kind}, {len(found.items)} items, {sum(reason is None for _, reason in feed.items)} of them on these hosts"
                   if found else feed.problem)
        kind = "sitemap" if found and "sitemap" in found.kind else "feed"
        lines = ["", f"# {comment}", "[[feeds]]", f"url = {_toml(feed.url)}", f'kind = "{kind}"']
        quoted += lines if found else ["# " + line if line and not line.startswith("#") else line for line in lines]
    return "\n".join(quoted) + "\n"


def code_of_host(host: str) -> str:
    """A code for a publisher on this host: `www.alder-press.co.uk` is `alder_press`."""
    labels = [label for label in host.split(".") if label not in ("www", "co", "com", "org", "net", "gov")]
    name = re.sub(r"[^a-z0-9]+", "_", (max(labels[:-1] or labels or ["publisher"], key=len)).lower()).strip("_")
    return name if name[:1].isalpha() else f"p_{name}"


def _problem(exchange: Exchange) -> str:
    status = f" (status {exchange.status_code})" if exchange.status_code else ""
    return f"{exchange.outcome}{status}{f': {exchange.detail}' if exchange.detail else ''}"


def _toml(text: str | None) -> str:
    cleaned = re.sub(r"[\x00-\x1f\x7f]", " ", text or "")
    return '"' + cleaned.replace("\\", "\\\\").replace('"', '\\"') + '"'
