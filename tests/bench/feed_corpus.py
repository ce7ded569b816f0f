"""How much of feedparser's own test suite is read right: `python -m tests.bench.feed_corpus FOLDER`.

FOLDER is the `tests` folder of a checkout of feedparser. Each of its files states what a parser must
find; those statements that concern what Dateline keeps (title, link, id, dates) are judged on its records.
"""

import ast
import collections
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from transforms.feeds.feed_item import FeedReading
from transforms.feeds.reader import read_feed

FOLDERS = ("wellformed/rss", "wellformed/atom", "wellformed/atom10", "wellformed/cdf", "wellformed/rdf", "wellformed/base",
           "wellformed/lang", "wellformed/namespace", "wellformed/xml", "wellformed/feedburner",
           "wellformed/itunes", "wellformed/node_precedence", "illformed", "illformed/chardet", "encoding", "entities", "json")
EXPECTED = re.compile(r"entries\[0\]\[[u']+(title|link|id|published_parsed|updated_parsed)'?\] == (.+?)(?:\s*$| and )", re.M)


LENT = ((b"<item>", b"<guid isPermaLink='false'>lent</guid>"), (b"<entry>", b"<id>urn:lent</id>"))


def main(folder: Path) -> None:
    """Print the shares, and the files that were read wrongly."""
    shares: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    wrong = []
    for name in FOLDERS:
        for file in sorted((folder / name).glob("*.xml")) + sorted((folder / name).glob("*.json")):
            content = file.read_bytes()
            text = content.decode("utf-8", "replace")
            reading = read_feed(content, url="http://127.0.0.1:8097/" + str(file.relative_to(folder)))
            if isinstance(reading, FeedReading) and any(entry.reason == "no_address" for entry in reading.unusable):
                # Most of the suite's entries have neither link nor id, and are no items for us: lend them one.
                shares[name]["lent an id"] += 1
                for opening, key in LENT:
                    content = content.replace(opening, opening + key)
                reading = read_feed(content, url="http://127.0.0.1:8097/" + str(file.relative_to(folder)))
            is_read = isinstance(reading, FeedReading)
            shares[name]["files"] += 1
            shares[name]["read"] += is_read
            found = EXPECTED.search(text)
            if found is None:
                continue
            try:
                wanted: object = ast.literal_eval(found[2])
            except (SyntaxError, ValueError):
                continue
            shares[name]["statements"] += 1
            item = reading.items[0] if isinstance(reading, FeedReading) and reading.items else None
            got: object = None
            if item is not None:
                got = {"title": item.title, "link": item.url, "id": item.key,
                       "published_parsed": item.published_at, "updated_parsed": item.updated_at or item.published_at}[found[1]]
            if isinstance(wanted, tuple):
                wanted = datetime(*wanted[:6], tzinfo=UTC)
            if found[1] == "title" and isinstance(wanted, str):
                wanted = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", wanted)).strip() or None
            if got == wanted:
                shares[name]["right"] += 1
            else:
                wrong.append(f"{file.relative_to(folder)}: {found[1]}: wanted {wanted!r}, got {got!r} {'' if is_read else reading}")
    total: collections.Counter[str] = collections.Counter()
    for name, share in shares.items():
        total.update(share)
        print(f"{name:28} {dict(share)}")
    print("all", dict(total))
    print("\n".join(wrong))


main(Path(sys.argv[1]))
