"""Section pages: an HTML page that lists articles, read by the publisher's link selector."""

import re
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from transforms.feeds.dates import FeedDate, read_date
from transforms.feeds.feed_item import FeedItem, FeedReading, FeedRejection, Unusable
from transforms.feeds.links import absolute_link
from transforms.feeds.plain_text import plain_text

LINKS_MAXIMUM = 2000


def read_section(markup: str, *, url: str | None, link_selector: str, link_pattern: str | None,
                 time_zone: str | None, known_by: datetime | None) -> FeedReading | FeedRejection:
    """The links that `link_selector` finds, or that lie in what it finds, and that `link_pattern` lets through.

    The longest text of the links to one address is its title. The `datetime` of a time element in the
    same list entry, if there is just one, is its date.
    """
    soup = BeautifulSoup(markup, "lxml")
    base_tag = soup.find("base", href=True)
    base = absolute_link(str(base_tag["href"]), url) if isinstance(base_tag, Tag) else url
    items: dict[str, FeedItem] = {}
    unusable: list[Unusable] = []
    for found in soup.select(link_selector, limit=LINKS_MAXIMUM):
        for anchor in ([found] if found.get("href") else found.find_all("a", href=True)):
            if not isinstance(anchor, Tag):
                continue
            link = absolute_link(str(anchor["href"]), base if isinstance(base, str) else url)
            if isinstance(link, Unusable):
                unusable.append(link)
                continue
            if link == url or (link_pattern and not re.search(link_pattern, link)):
                continue
            title = plain_text(anchor.get_text(" "), 1000)
            known = items.get(link)
            if known is not None and len(known.title or "") >= len(title or ""):
                continue
            date = _date(anchor, time_zone, known_by)
            items[link] = FeedItem(
                key=link[:1000], url=link, title=title,
                published_at=date.moment if isinstance(date, FeedDate) else None,
                zone_assumed=date.zone_assumed if isinstance(date, FeedDate) else None,
                warnings=(f"published: {date}",) if isinstance(date, str) else (),
            )
    if not items and not unusable:
        return FeedRejection(reason="no_links", detail=f"nothing matches {link_selector}")
    following = soup.find(["a", "link"], attrs={"rel": "next", "href": True})
    older = absolute_link(str(following["href"]), url) if isinstance(following, Tag) else None
    return FeedReading(kind="section", title=plain_text(soup.title.get_text() if soup.title else None, 1000),
                       items=tuple(items.values()), unusable=tuple(unusable),
                       next_url=older if isinstance(older, str) else None)


def _date(anchor: Tag, time_zone: str | None, known_by: datetime | None) -> FeedDate | str | None:
    entry = anchor.find_parent(["article", "li", "tr"]) or anchor.parent
    times = entry.find_all("time", attrs={"datetime": True}, limit=2) if entry else []
    if len(times) != 1 or not isinstance(times[0], Tag):
        return None
    return read_date(str(times[0]["datetime"]), time_zone=time_zone, known_by=known_by)
