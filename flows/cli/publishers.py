"""`dateline publishers`: who is read, what their files say, what would be discovered and read."""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from flows.cli import EXIT_FAILED
from flows.publishers.loading import load_publishers, publisher_of, read_publisher
from flows.publishers.looking import Looker, Offer, SeenFeed, code_of_host, document_of, draft, open_looker
from flows.reference.places import load_places
from flows.web.exchange import Exchange
from flows.web.settings import read_web_settings
from transforms.articles.parse_record import parse_record
from transforms.articles.reader import read_document
from transforms.failures import ConfigurationError
from transforms.feeds.feed_item import FeedRejection
from transforms.feeds.reader import read_feed
from transforms.publishers import Feed, Publisher


@click.group()
def command() -> None:
    """Publishers: one TOML file each, packaged or in the folder that DATELINE_PUBLISHERS names.

    \b
    dateline publishers check
    dateline publishers try kazinform
    dateline publishers new https://example.com/ --folder my-publishers
    """


@command.command()
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="One publisher a line, as JSON.")
def check(code: str | None, as_json: bool) -> None:
    """Check all files and say what is read how often; with CODE everything that its file says. Asks nobody.

    Exit code 5 with every fault of every file, each with its file and key.

    \b
    dateline publishers check kazinform
    """
    publishers = load_publishers()
    chosen = [_named(code, publishers)] if code else list(publishers.values())
    if as_json:
        for publisher in chosen:
            click.echo(json.dumps(_summary(publisher), ensure_ascii=False))
        return
    if code:
        for key, value in _summary(chosen[0]).items():
            click.echo(f"{key}: {json.dumps(value, ensure_ascii=False, indent=2)}")
        for remark in _remarks(chosen[0]):
            click.echo(f"- {remark}")
        return
    table = Table("code", "active", "feeds", "layouts", "pause", "remarks", box=None)
    for publisher in chosen:
        table.add_row(publisher.code, "yes" if publisher.is_active else "no", str(len(publisher.feeds)),
                      str(len(publisher.layouts)), f"{publisher.request_interval_seconds:g} s", "; ".join(_remarks(publisher)))
    Console().print(table)
    click.echo(f"{len(chosen)} files are right; {sum(one.is_active for one in chosen)} publishers are active.")


@command.command(name="try")
@click.argument("what", metavar="URL|CODE")
@click.option("--pages", "page_count", default=3, show_default=True, type=click.IntRange(0, 50), help="Pages to read of a feed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a feed or page.")
def try_(what: str, page_count: int, as_json: bool) -> None:
    """Show what would be discovered and read at a URL (a feed or a page), or of the publisher CODE. Keeps nothing.

    robots.txt and pauses are kept as in a run; DATELINE_CONTACT must be set.

    \b
    dateline publishers try kazinform --pages 1
    dateline publishers try https://example.com/feed.xml
    """
    settings = read_web_settings()
    publishers = load_publishers()
    is_url = "://" in what
    publisher = publisher_of(what, publishers) if is_url else _named(what, publishers)
    with open_looker(settings) as looker:
        if publisher is not None and not is_url:
            feeds = [feed for feed in publisher.feeds if feed.kind != "archive"]
            results = [_show_feed(looker, publisher, feed, page_count, as_json) for feed in feeds]
        else:
            results = [_try_url(looker, what, publisher, page_count, as_json)]
    if not any(results):
        sys.exit(EXIT_FAILED)


@command.command()
@click.argument("url")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where the file goes; the folder of DATELINE_PUBLISHERS, else this one.")
@click.option("--code", help="The publisher's code; made from the host if not given.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def new(url: str, folder: Path | None, code: str | None, force: bool) -> None:
    """Write a first draft of a publisher's file from its front page, robots.txt and the feeds that these name.

    \b
    dateline publishers new https://example.com/ --folder my-publishers
    """
    target = folder or Path(os.environ.get("DATELINE_PUBLISHERS") or ".")
    with open_looker(read_web_settings()) as looker:
        offer = looker.offer(url)
        if isinstance(offer, str):
            raise click.ClickException(f"{url}: {offer}")
        code = code or code_of_host(offer.host)
        file = target / f"{code}.toml"
        if file.exists() and not force:
            raise ConfigurationError(f"{file} exists: give another --code, or --force to replace it")
        seen = [_tried(looker, offer, feed_url) for feed_url in (*offer.feed_urls[:8], *offer.sitemap_urls[:4])]
    text = draft(offer, code, seen)
    faults = read_publisher(text, f"{code}.toml")
    target.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {file}: {sum(feed.reading is not None for feed in seen)} feeds answer. Complete it, then: dateline publishers try {code}")
    if isinstance(faults, list):
        raise ConfigurationError("the draft needs a hand:\n" + "\n".join(faults))


def _tried(looker: Looker, offer: Offer, feed_url: str) -> SeenFeed:
    publisher = Publisher(code="draft", name=offer.name, hosts=(offer.host,), request_interval_seconds=1.0)
    click.echo(f"Looking at {feed_url} ...", err=True)
    return looker.feed(publisher, Feed(url=feed_url))


def _try_url(looker: Looker, url: str, publisher: Publisher | None, page_count: int, as_json: bool) -> bool:
    known = next((feed for feed in publisher.feeds if feed.url == url), None) if publisher else None
    if known is not None and publisher is not None:
        return _show_feed(looker, publisher, known, page_count, as_json)
    exchanges = looker.ask(url)
    if exchanges and exchanges[-1].outcome == "ok" and not isinstance(read_feed(exchanges[-1].content, url=url), FeedRejection):
        host = exchanges[-1].url.split("/")[2].partition(":")[0].removeprefix("www.")
        return _show_feed(looker, publisher or Publisher(code="unknown", name=host, hosts=(host,), request_interval_seconds=2.0),
                          Feed(url=url), page_count, as_json)
    return _show_page(url, exchanges, publisher, as_json)


def _show_feed(looker: Looker, publisher: Publisher, feed: Feed, page_count: int, as_json: bool) -> bool:
    seen = looker.feed(publisher, feed)
    wanted = [item for item, reason in seen.items if reason is None and item.url]
    reasons = Counter(reason for _, reason in seen.items if reason)
    if seen.reading is not None:
        reasons.update(entry.reason for entry in seen.reading.unusable)
    if as_json:
        click.echo(json.dumps({
            "feed": feed.url, "kind": seen.reading.kind if seen.reading else None, "problem": seen.problem,
            "items": len(seen.items), "wanted": len(wanted), "left_out": dict(reasons),
            "hops": [[exchange.url, exchange.outcome] for exchange in seen.exchanges]}))
    elif seen.reading is None:
        click.echo(f"{feed.url}\n  {seen.problem}")
    else:
        click.echo(f"{feed.url}\n  {seen.reading.kind}: {len(seen.items)} items, {len(wanted)} would be fetched"
                   + "".join(f", {count} not ({reason})" for reason, count in sorted(reasons.items())))
        for item in wanted[:10]:
            click.echo(f"  {item.published_at or 'no date':%Y-%m-%d %H:%M}  {item.title or ''}  {item.url}" if item.published_at
                       else f"  (no date)  {item.title or ''}  {item.url}")
    for item in wanted[:page_count]:
        _show_page(item.url or "", looker.ask(item.url or "", pause=publisher.request_interval_seconds), publisher, as_json)
    return seen.reading is not None


def _show_page(url: str, exchanges: tuple[Exchange, ...], publisher: Publisher | None, as_json: bool) -> bool:
    document = document_of(exchanges, publisher)
    outcome = exchanges[-1].outcome if exchanges else "postponed"
    if document is None:
        detail = exchanges[-1].detail if exchanges else None
        click.echo(json.dumps({"page": url, "outcome": outcome, "detail": detail}) if as_json
                   else f"{url}\n  {'no article: an error, consent or challenge page' if outcome == 'ok' else outcome} {detail or ''}")
        return False
    for found in read_document(document, publisher=publisher, places=load_places()):
        record = parse_record(found)
        if as_json:
            click.echo(json.dumps({"page": url, "outcome": outcome, "record": record}, ensure_ascii=False))
            continue
        click.echo(f"{url}\n  {record['kind']}: {record.get('headline') or record.get('detail') or ''}")
        if record["kind"] == "article":
            click.echo(f"  {record['published_at']} ({record['published_at_source']}), {record['language']}, "
                       f"{len(record['body'])} characters, dateline {(record['dateline'] or {}).get('text')!r}")
    return True


def _named(code: str, publishers: dict[str, Publisher]) -> Publisher:
    if code not in publishers:
        raise ConfigurationError(f"There is no publisher {code!r}; there are {', '.join(publishers)}.")
    return publishers[code]


def _summary(publisher: Publisher) -> dict[str, Any]:
    return {
        "code": publisher.code, "name": publisher.name, "is_active": publisher.is_active, "agency": publisher.agency,
        "country_code": publisher.country_code, "language": publisher.language, "time_zone": publisher.time_zone,
        "hosts": list(publisher.hosts), "request_interval_seconds": publisher.request_interval_seconds,
        "retention_days": publisher.retention_days, "external_id_pattern": publisher.external_id_pattern,
        "feeds": [{"url": feed.url, "kind": feed.kind, "interval_seconds": feed.interval_seconds,
                   "verified_on": feed.verified_on.isoformat() if feed.verified_on else None} for feed in publisher.feeds],
        "layouts": [{"valid_from": layout.valid_from.isoformat() if layout.valid_from else None,
                     "valid_until": layout.valid_until.isoformat() if layout.valid_until else None,
                     "fields": [name for name, _ in layout.selectors]} for layout in publisher.layouts],
        "lookups": [{"field": lookup.field, "value": lookup.value, "replacement": lookup.replacement, "reason": lookup.reason}
                    for lookup in publisher.lookups],
        "expected": {one.measure: [one.minimum, one.maximum] for one in publisher.expected_ranges},
    }


def _remarks(publisher: Publisher) -> list[str]:
    """What a person should know before switching a publisher on."""
    remarks = []
    if not publisher.feeds:
        remarks.append("no feeds")
    if unverified := sum(feed.verified_on is None for feed in publisher.feeds):
        remarks.append(f"{unverified} of {len(publisher.feeds)} feeds never seen to answer")
    if publisher.time_zone is None:
        remarks.append("no time zone")
    if not publisher.layouts:
        remarks.append("no layouts")
    return remarks
