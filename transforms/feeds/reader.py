"""Any feed: told apart by its bytes, whatever its address or its server call it."""

import re
import zlib
from datetime import datetime

from transforms.feeds.feed_item import FeedReading, FeedRejection
from transforms.feeds.json_feed import read_json_feed
from transforms.feeds.sections import read_section
from transforms.feeds.sitemaps import read_sitemap, read_text_sitemap
from transforms.feeds.syndication import read_syndication

FEED_BYTES_MAXIMUM = 20_000_000
BYTE_ORDER_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
                    (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})")
PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>)", re.S | re.I)
ALTERNATE = re.compile(r"<link\b[^>]{0,500}type=[\"']application/(?:rss|atom|feed)\+\w+[\"'][^>]{0,500}>", re.I)


def read_feed(content: bytes, *, url: str | None = None, content_type: str | None = None,
              link_selector: str | None = None, link_pattern: str | None = None, charset: str | None = None,
              time_zone: str | None = None, known_by: datetime | None = None) -> FeedReading | FeedRejection:
    """Read RSS, RDF, Atom, JSON Feed, a sitemap, a sitemap index or, with `link_selector`, a section page.

    `content` may itself be gzip (sitemaps often are). `time_zone` (IANA) is lent to times without one;
    dates later than two days after `known_by` (aware) are not believed. `link_pattern` filters all kinds.
    """
    if content[:2] == b"\x1f\x8b":
        unpacked = _unpacked(content)
        if isinstance(unpacked, FeedRejection):
            return unpacked
        content = unpacked
    if len(content) > FEED_BYTES_MAXIMUM:
        return FeedRejection(reason="too_large", detail=f"{len(content)} bytes")
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return FeedRejection(reason="empty", detail=f"{len(content)} bytes, none of them content")
    beginning = _beginning(content)
    root = _root(beginning)
    reading: FeedReading | FeedRejection
    if link_selector is not None and root not in ("rss", "rdf", "feed", "urlset", "sitemapindex"):
        reading = read_section(_decoded(content, charset), url=url, link_selector=link_selector,
                               link_pattern=link_pattern, time_zone=time_zone, known_by=known_by)
    elif root in ("urlset", "sitemapindex"):
        reading = read_sitemap(content, url=url, time_zone=time_zone, known_by=known_by)
    elif root in ("rss", "rdf", "feed", "channel", "entry"):
        reading = read_syndication(content, url=url, content_type=content_type, time_zone=time_zone,
                                   known_by=known_by, fallback="atom" if root in ("feed", "entry") else "rss")
    elif beginning.lstrip()[:1] in "{[":
        reading = read_json_feed(_decoded(content, "utf-8").encode("utf-8", "replace"), url=url,
                                 time_zone=time_zone, known_by=known_by)
    elif root in ("html", "body", "head", "div", "script", "meta", "title") or "<html" in beginning.lower():
        offered = ALTERNATE.findall(_decoded(content[:200_000], charset))
        return FeedRejection(reason="html", detail=f"an HTML page; feeds it names: {' '.join(offered)[:400] or 'none'}")
    elif re.match(r"\s*https?://\S+\s*(?:\n|$)", beginning):
        reading = read_text_sitemap(content, url=url)
    elif root is not None:
        return FeedRejection(reason="unknown_format", detail=f"XML with root element {root}")
    else:
        return FeedRejection(reason="unknown_format", detail=f"begins with {beginning[:60]!r}")
    if isinstance(reading, FeedRejection) or not link_pattern:
        return reading
    return _filtered(reading, link_pattern)


def _filtered(reading: FeedReading, link_pattern: str) -> FeedReading:
    kept = tuple(item for item in reading.items if item.url is None or re.search(link_pattern, item.url))
    return FeedReading(kind=reading.kind, title=reading.title, items=kept, children=reading.children,
                       unusable=reading.unusable, next_url=reading.next_url,
                       pause_seconds=reading.pause_seconds, is_complete=reading.is_complete)


def _unpacked(content: bytes) -> bytes | FeedRejection:
    decoder = zlib.decompressobj(31)
    try:
        unpacked = decoder.decompress(content, FEED_BYTES_MAXIMUM + 1)
    except zlib.error as error:
        return FeedRejection(reason="malformed", detail=f"not gzip: {error}")
    if len(unpacked) > FEED_BYTES_MAXIMUM:
        return FeedRejection(reason="too_large", detail=f"over {FEED_BYTES_MAXIMUM} bytes unpacked")
    return unpacked


def _decoded(content: bytes, charset: str | None) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if charset is None and (declared := re.search(rb"""charset=["']?\s*([\w-]{2,30})""", content[:4096], re.I)):
        charset = declared[1].decode("ascii", "replace")
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def _beginning(content: bytes) -> str:
    """The first characters, in any of the Unicode encodings; enough to tell formats apart."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[:32_768].decode(encoding, "replace").lstrip("\ufeff")
    for sign, encoding in ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"),
                           (b"\0<", "utf-16-be"), (b"\x4c\x6f\xa7\x94", "cp037")):
        if content.startswith(sign):
            return content[:32_768].decode(encoding, "replace")
    return content[:32_768].decode("utf-8", "replace")


def _root(beginning: str) -> str | None:
    """The name of the first element, in lower case and without prefix; None where no element comes first."""
    place = 0
    while found := PROLOGUE.match(beginning, place):
        place = found.end()
    rest = beginning[place:].lstrip(" \t\r\n\0\ufeff")
    if re.match(r"<!doctype\s+html", rest, re.I):
        return "html"
    match = ROOT.match(rest) or (ROOT.search(rest[:2000]) if rest[:1] not in ("{", "[") else None)
    return match[1].lower() if match else None
