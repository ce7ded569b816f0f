"""When a document from disk was captured or published, as far as its surroundings tell: for cutting archives into windows."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flows.documents.sources import DocumentSource
from transforms.windows import day_start

# The first that is there counts: when it was captured, then when it was published.
KEYS = ("fetched_at", "datePublished", "published_at", "versioncreated", "dateCreated", "date")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def moment_of(source: DocumentSource, zone: ZoneInfo) -> datetime | None:
    """The moment of a document, in UTC; None where nothing tells.

    What its manifest or archive says, else a date key of its JSON line, else the last date in its path (read as
    that day in `zone`), else when the file was last written.
    """
    if source.fetched_at is not None:
        return source.fetched_at.astimezone(UTC)
    if source.content is not None and (moment := _moment_in_json(source.content, zone)) is not None:
        return moment
    for found in reversed(list(_DATE.finditer(source.id))):
        try:
            return day_start(date(*map(int, found.groups())), zone)
        except ValueError:
            continue
    if source.path is not None and source.path.exists():
        return datetime.fromtimestamp(source.path.stat().st_mtime, UTC)
    return None


def _moment_in_json(content: bytes, zone: ZoneInfo) -> datetime | None:
    try:
        line = json.loads(content)
    except ValueError:
        return None
    if not isinstance(line, Mapping):
        return None
    for key in KEYS:
        given = line.get(key)
        if not isinstance(given, str):
            continue
        try:
            if len(given) == 10:
                return day_start(date.fromisoformat(given), zone)
            moment = datetime.fromisoformat(given)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    return None
